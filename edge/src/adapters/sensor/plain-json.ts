import { BayState } from "@gatehouse/shared/contracts/topics";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { instantOf } from "@gatehouse/shared/time";
import type { Arrival } from "../mqtt/inbox.ts";
import { readJson } from "../mqtt/json-payload.ts";
import type { Reason } from "../mqtt/refusals.ts";
import type { SensorWord } from "./codec.ts";
import { momentOf } from "./sensor-message.ts";

/** Our own plain JSON of a bay sensor (`BayState`): about its space, and about itself. */
export interface PlainMessage {
  readonly message: SpaceObservation;
  readonly word: SensorWord;
}

/** Reads our own plain JSON of a bay sensor. */
export function readBayState(
  arrival: Arrival,
  spaceId: string,
): PlainMessage | { readonly refused: Reason } {
  const read = readJson(BayState, arrival.payload);
  if ("refused" in read) return read;
  const state = read.value;
  const said = state.at === undefined ? undefined : instantOf(state.at);
  const { battery_pct: batteryPercent, temperature_c: temperatureC } = state;
  const battery = batteryPercent === undefined ? {} : { batteryPercent };
  return {
    message: {
      spaceId,
      source: "sensor",
      sourceId: arrival.clientId,
      boot: state.boot,
      sequence: state.seq,
      occupied: state.occupied,
      confidence: state.confidence ?? 1,
      at: momentOf(said, arrival.at),
      ...battery,
    },
    word: { ...battery, ...(temperatureC !== undefined && { temperatureC }) },
  };
}
