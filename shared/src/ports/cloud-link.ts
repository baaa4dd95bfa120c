import type { Ack, Batch } from "../contracts/batch.ts";
import type { DirectivePage } from "../contracts/directive.ts";

/** The way to head office and back. */
export interface CloudLink {
  /** @throws Fault `cloud-unreachable` (the batch may or may not have arrived) or `cloud-refused` */
  send(batch: Batch): Promise<Ack>;
  /** Directives with numbers above `after`, in order. @throws Fault as `send` */
  pull(after: number): Promise<DirectivePage>;
}
