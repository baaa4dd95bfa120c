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

/**
 * What a gate may be told besides OPEN. `close`: the barrier's CLOSE, once; nobody looks whether a vehicle stands
 * there: who orders it has. `hold-open`: stay open until `let-go`, even after the board's own auto-close.
 * `lock`: the controller answers every OPEN with yes and does nothing until `unlock`.
 */
export type GateOrder = "close" | "hold-open" | "let-go" | "lock" | "unlock";

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

  /** What this gate can be told besides OPEN; the same as long as it runs. */
  readonly orders: ReadonlySet<GateOrder>;

  /**
   * Gives an order. It stands in one queue with `open`, and repeating the last `commandId` does nothing again. An
   * order that the gate does not know, and `close` while it is held open, is rejected. A stop lets go.
   *
   * @throws Fault `gate-unreachable`: not known whether it was done; a hold that is not known to stand is let go
   */
  order(order: GateOrder, commandId: string): Promise<GateAnswer>;
}
