import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Instant } from "@gatehouse/shared/time";
import type { Presence } from "../mqtt/presences.ts";
import type { Envelope } from "./uplink.ts";

/** A LoRaWAN network server as it has been heard: ChirpStack, The Things Stack, a Milesight gateway. */
export class NetworkServer {
  readonly id: string;
  readonly #counts = { uplink: 0, join: 0, status: 0, other: 0, refused: 0, complaints: 0 };
  #presence: Presence | undefined;
  #lastSeen: Instant | undefined;
  #lastComplaint: string | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** What was wrong with the last message that was refused. */
  get lastComplaint(): string | undefined {
    return this.#lastComplaint;
  }

  heard(kind: Envelope["kind"], at: Instant): void {
    this.#counts[kind] += 1;
    this.#lastSeen = at;
  }

  complain(why: string): void {
    this.#counts.complaints += 1;
    this.#lastComplaint = why;
  }

  setPresence(presence: Presence): void {
    this.#presence = presence;
  }

  report(): DeviceReport {
    const heard = this.#lastSeen === undefined ? "unknown" : "online";
    const complaint = this.#lastComplaint;
    return {
      id: this.id,
      kind: "network-server",
      make: "LoRaWAN network server",
      // One that only uses the webhook is no client of the broker.
      state:
        this.#presence === undefined ? heard : this.#presence === "here" ? "online" : "offline",
      ...(this.#lastSeen !== undefined && { lastSeen: this.#lastSeen }),
      ...(complaint !== undefined && { detail: `last refused: ${complaint}` }),
      counters: { ...this.#counts },
    };
  }
}
