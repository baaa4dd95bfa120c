import type { Part } from "../part.ts";
import type { Reporting } from "./device.ts";

/**
 * What the controller said to an OPEN. Never "opened": that is another fact, with its own evidence.
 * `readback`: the output was read back on and off; `echo`: the controller echoed the command;
 * `sent`: the wire has no way to answer.
 */
export type GateAnswer =
  | { readonly kind: "accepted"; readonly evidence: "readback" | "echo" | "sent" }
  | { readonly kind: "rejected"; readonly detail: string };

/** A barrier at a lane: one OPEN contact. Anti-crush and auto-close stay in the barrier's own board. */
export interface Gate extends Part, Reporting {
  /**
   * Pulses OPEN once (hardware-timed where the board can) and sees the contact released.
   * Repeating the last `commandId` does not pulse again; calls are served one at a time.
   *
   * @param handed called with no argument in the moment the first byte of the command is handed to the wire
   * @throws Fault `gate-unreachable`: nothing is known to have moved; the caller never retries by itself
   */
  open(commandId: string, handed?: () => void): Promise<GateAnswer>;
}
