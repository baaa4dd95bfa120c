import type { Ack, Batch, HeldPlace } from "../contracts/batch.ts";
import type { DirectivePage } from "../contracts/directive.ts";

/** The way to head office and back. */
export interface CloudLink {
  /** @throws Fault `cloud-unreachable` (the batch may or may not have arrived) or `cloud-refused` */
  send(batch: Batch): Promise<Ack>;
  /**
   * What head office holds at a place of our ledger; undefined where it is too old to say.
   *
   * @throws Fault as `send`
   */
  heldAt(epoch: number, seq: number): Promise<HeldPlace | undefined>;
  /** Directives with numbers above `after`, in order. @throws Fault as `send` */
  pull(after: number): Promise<DirectivePage>;
}
