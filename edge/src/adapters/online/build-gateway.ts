import type {
  OnlineGatewayConfig,
  OnlineGatewaySecret,
} from "@gatehouse/shared/contracts/online-config";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import { MollieGateway } from "./mollie.ts";
import { StripeGateway } from "./stripe.ts";

/** Stripe's library repeats a request so often by itself, under its key, before the flow hears of trouble. */
const stripeRetries = 1;

/** The gateway that the configuration names. Opens no connection. */
export function buildGateway(
  { id, make, url, timeout_s: timeoutS }: OnlineGatewayConfig,
  secret: OnlineGatewaySecret,
  facilityId: string,
): OnlineGateway {
  const options = {
    id,
    facilityId,
    apiKey: secret.api_key,
    callbackSecrets: secret.callback_secrets,
    timeoutMs: timeoutS * 1000,
    ...(url === undefined ? {} : { url }),
  };
  return make === "stripe"
    ? new StripeGateway({ ...options, retries: stripeRetries })
    : new MollieGateway(options);
}
