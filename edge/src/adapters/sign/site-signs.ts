import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { SignConfig } from "@gatehouse/shared/contracts/sign-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { FreeSign, PageSign, Sign } from "@gatehouse/shared/ports/sign";
import { DeviceConfigError } from "../device-config-error.ts";
import type { Broker } from "../mqtt/broker.ts";
import { ProfileError } from "../profiles.ts";
import { serialEndpoint, tcpEndpoint } from "../wire/endpoints.ts";
import { BrowserSign } from "./browser-sign.ts";
import { MqttSign } from "./mqtt-sign.ts";
import { loadSignProfile, type SignProfile } from "./sign-profile.ts";
import { TextSign } from "./text-sign.ts";

export interface SiteSigns {
  /** By lane id. */
  readonly ofLane: ReadonlyMap<string, Sign>;
  /** Those that stand at no lane. */
  readonly free: readonly FreeSign[];
  readonly pages: readonly PageSign[];
}

export interface SignTools {
  readonly broker: Broker;
  /** The site's own profiles. */
  readonly ownProfiles: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Every display of a site; nothing is opened yet.
 *
 * @throws DeviceConfigError with every complaint about profiles at once
 */
export function buildSigns(
  { lanes, signs }: Pick<FacilityConfig, "lanes" | "signs">,
  tools: SignTools,
): SiteSigns {
  const laneOf = new Map(lanes.map(({ id, sign }) => [sign, id]));
  const complaints: { path: string; message: string }[] = [];
  const built = signs.flatMap((config, index) => {
    const laneId = config.lane ?? laneOf.get(config.id);
    try {
      return [{ config, laneId, sign: makeSign(config, laneId, tools) }];
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      complaints.push({ path: `signs[${index}].profile`, message: error.message });
      return [];
    }
  });
  if (complaints.length > 0) throw new DeviceConfigError(complaints);
  const named = new Set(signs.map(({ id }) => id));
  const plain = lanes.flatMap(({ id, sign }) =>
    sign === undefined || named.has(sign)
      ? []
      : [[id, makeSign({ kind: "mqtt", id: sign }, id, tools)] as const],
  );
  return {
    ofLane: new Map([
      ...plain,
      ...built.flatMap(({ laneId, sign }) =>
        laneId === undefined ? [] : [[laneId, sign] as const],
      ),
    ]),
    free: built.flatMap(({ config, laneId, sign }) =>
      laneId === undefined ? [{ sign, zoneId: config.zone }] : [],
    ),
    pages: built.flatMap(({ sign }) => (sign instanceof BrowserSign ? [sign] : [])),
  };
}

/** @throws ProfileError */
function makeSign(config: SignConfig, laneId: string | undefined, tools: SignTools): Sign {
  const { broker, ownProfiles, clock, log } = tools;
  const place = { signId: config.id, ...(laneId === undefined ? {} : { laneId }) };
  const text = (profile: SignProfile) => ({ ...place, profile, clock, log });
  switch (config.kind) {
    case "mqtt":
      return new MqttSign({ ...place, broker, clock });
    case "browser":
      return new BrowserSign({ ...place, clock });
    case "serial": {
      const endpoint = serialEndpoint(config.path, config.baud);
      return new TextSign({ ...text(loadSignProfile(config.profile, ownProfiles)), endpoint });
    }
    case "tcp": {
      const endpoint = tcpEndpoint(config.host, config.port);
      return new TextSign({ ...text(loadSignProfile(config.profile, ownProfiles)), endpoint });
    }
  }
}
