import type { Instant } from "@gatehouse/shared/time";
import type { ReadMessage } from "./bay-message.ts";
import { BadPayload, type SensorWord } from "./codec.ts";
import { readMapped } from "./mapping.ts";
import { messageOf, momentOf } from "./sensor-message.ts";
import type { SensorState } from "./sensor-state.ts";
import type { Uplink } from "./uplink.ts";

/** Reads one radio frame of a sensor that we know. A frame without data proves that it lives, and no more. */
export function readUplink(state: SensorState, uplink: Uplink, arrivedAt: Instant): ReadMessage {
  const { rssi, snr } = uplink;
  const read = wordOf(state, uplink);
  // A frame that nobody can read has its place in the count all the same: it was not lost.
  const standing = state.frames.take(uplink, arrivedAt);
  if ("why" in read) return { refused: "schema", why: read.why };
  state.heard(read.word, arrivedAt, { rssi, snr });
  const message = messageOf(state, read.word, standing, momentOf(uplink.at, standing.heardAt));
  if (message.count !== undefined && !standing.again) {
    state.counted(message.count.into, message.count.out);
  }
  return { message };
}

function wordOf(
  { sensor }: SensorState,
  { fPort, bytes, decoded }: Uplink,
): { readonly word: SensorWord } | { readonly why: string } {
  const { reader } = sensor;
  if (reader.kind === "plain") return { why: "it is set up as a sensor with our own JSON" };
  if (reader.kind === "mapping") {
    if (decoded === undefined && bytes.length === 0) return { word: {} };
    const read = readMapped(reader.mapping, decoded);
    return "refused" in read ? { why: read.refused } : { word: read.word };
  }
  if (bytes.length === 0) return { word: {} };
  try {
    return reader.codec.read({ fPort, bytes });
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    return { why: error.message };
  }
}
