import type { Arrival } from "../mqtt/inbox.ts";
import { parseJson } from "../mqtt/json-payload.ts";
import type { Reason } from "../mqtt/refusals.ts";
import { readMapped, type SensorMapping } from "./mapping.ts";
import { readBayState } from "./plain-json.ts";
import { messageOf, momentOf, type SensorMessage } from "./sensor-message.ts";
import type { SensorState } from "./sensor-state.ts";

/** A foreign sensor's JSON longer than this is not worth parsing. */
const longestBytes = 16 * 1024;

export type ReadMessage =
  | { readonly message: SensorMessage }
  | { readonly refused: Reason; readonly why: string };

/** Reads what a sensor published about its own space: our own JSON, or one that the site has mapped. */
export function readBayMessage(state: SensorState, arrival: Arrival): ReadMessage {
  const { reader, spaceId } = state.sensor;
  if (reader.kind === "mapping") return readForeign(state, reader.mapping, arrival);
  const read = readBayState(arrival, spaceId ?? "");
  if ("refused" in read) return { refused: read.refused, why: whys[read.refused] ?? read.refused };
  state.heard(read.word, arrival.at);
  return { message: { state, observation: read.message } };
}

const whys: Partial<Record<Reason, string>> = {
  not_json: "it is no JSON",
  schema: "it is not our JSON of a bay: { boot, seq, occupied }",
};

function readForeign(
  state: SensorState,
  mapping: SensorMapping,
  { payload, at }: Arrival,
): ReadMessage {
  if (payload.length > longestBytes) {
    return { refused: "schema", why: `it has ${payload.length} bytes of at most ${longestBytes}` };
  }
  const json = parseJson(payload);
  if (json === undefined) return { refused: "not_json", why: "it is no JSON" };
  const read = readMapped(mapping, json.value);
  if ("refused" in read) return { refused: "schema", why: read.refused };
  state.heard(read.word, at);
  const frame = { fCnt: read.word.counter, bytes: payload, at: read.at };
  const standing = state.frames.take({ ...frame, session: undefined, frameId: undefined }, at);
  return { message: messageOf(state, read.word, standing, momentOf(read.at, standing.heardAt)) };
}
