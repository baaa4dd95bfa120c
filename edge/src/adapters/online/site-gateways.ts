import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import { DeviceConfigError } from "../device-config-error.ts";
import { buildGateway } from "./build-gateway.ts";

/**
 * The gateways of a site, each with its own keys. Opens no connection.
 *
 * @throws DeviceConfigError naming those without keys in `secrets.json`
 */
export function buildGateways(
  { gateways, facility }: Pick<FacilityConfig, "gateways" | "facility">,
  secrets: Secrets["gateways"],
): NonNullable<FacilityPorts["gateways"]> {
  const missing = gateways.flatMap(({ id }, index) =>
    Object.hasOwn(secrets, id)
      ? []
      : [
          {
            path: `gateways[${index}].id`,
            message: `secrets.json has no keys for "${id}" under gateways; write api_key and callback_secrets there`,
          },
        ],
  );
  if (missing.length > 0) throw new DeviceConfigError(missing);
  return gateways.flatMap((config) => {
    const secret = secrets[config.id];
    return secret === undefined
      ? []
      : [{ gateway: buildGateway(config, secret, facility.id), returnUrl: config.return_url }];
  });
}
