import { BayState } from "@gatehouse/shared/contracts/topics";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { elapsed, hours, type Instant, instantOf } from "@gatehouse/shared/time";
import type { Arrival } from "../mqtt/inbox.ts";
import { readJson } from "../mqtt/json-payload.ts";
import type { Reason } from "../mqtt/refusals.ts";

/** Reads our own plain JSON of a bay sensor (`BayState`). */
export function readBayState(
  arrival: Arrival,
  spaceId: string,
): { readonly message: SpaceObservation } | { readonly refused: Reason } {
  const read = readJson(BayState, arrival.payload);
  if ("refused" in read) return read;
  const state = read.value;
  return {
    message: {
      spaceId,
      source: "sensor",
      sourceId: arrival.clientId,
      boot: state.boot,
      sequence: state.seq,
      occupied: state.occupied,
      confidence: state.confidence ?? 1,
      at: momentOf(state, arrival.at),
      ...(state.battery_pct === undefined ? {} : { batteryPercent: state.battery_pct }),
    },
  };
}

/** A sensor that has lost its clock says 1970, or next year: then the arrival counts. */
function momentOf(state: BayState, arrivedAt: Instant): Instant {
  const said = state.at === undefined ? undefined : instantOf(state.at);
  if (said === undefined || said > arrivedAt) return arrivedAt;
  return elapsed(said, arrivedAt) > longestDelay ? arrivedAt : said;
}

/** How long a message may have waited in a sensor that was out of reach. */
const longestDelay = hours(7 * 24);
