import { readChirpStack } from "./chirpstack-envelope.ts";
import { readThingsStack } from "./things-stack-envelope.ts";
import { type Envelope, refusedEnvelope } from "./uplink.ts";

/**
 * Reads what a network server sent, of whatever make: ChirpStack 3 and 4, The Things Stack 3, a Milesight gateway.
 *
 * @param event the kind that a ChirpStack topic names; undefined where nothing names it
 */
export function readEnvelope(value: unknown, event?: string): Envelope {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refusedEnvelope("it is no JSON object");
  }
  return "end_device_ids" in value ? readThingsStack(value) : readChirpStack(value, event);
}
