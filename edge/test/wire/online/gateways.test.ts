import { MollieDouble } from "@gatehouse/firmware-sim/wire/mollie-double";
import { StripeDouble } from "@gatehouse/firmware-sim/wire/stripe-double";
import { MollieGateway } from "../../../src/adapters/online/mollie.ts";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";
import { apiKey, facilityId, gatewayContract, secret } from "./gateway-contract.ts";

/** An answer that is not there by then is lost. */
const timeoutMs = 250;

gatewayContract({
  make: "Stripe, through its own library",
  double: (clock) => new StripeDouble({ clock, apiKey, secret }),
  gateway: (url, { secrets = [secret], apiKey: key = apiKey } = {}) =>
    new StripeGateway({
      id: "stripe",
      facilityId,
      apiKey: key,
      callbackSecrets: secrets,
      url,
      timeoutMs,
      retries: 0,
    }),
  means: { good: "pm_1", declined: "pm_declined", confirm: "pm_confirm" },
  signsTime: true,
});

gatewayContract({
  make: "Mollie",
  double: (clock) => new MollieDouble({ clock, apiKey, secret }),
  gateway: (url, { secrets = [secret], apiKey: key = apiKey } = {}) =>
    new MollieGateway({
      id: "mollie",
      facilityId,
      apiKey: key,
      callbackSecrets: secrets,
      url,
      timeoutMs,
    }),
  means: { good: "mdt_1", declined: "mdt_declined", confirm: "mdt_revoked" },
  signsTime: false,
});
