import { type Ack, type Batch, batchesUnderWay } from "@gatehouse/shared/contracts/batch";

/** Then head office's directives have their turn. */
const batchesInARow = 16;

export interface Upload {
  /** The batch behind one that is under way, or the first one; undefined where there is nothing to send. */
  readonly next: (after: Batch | undefined) => Batch | undefined;
  /** @throws whatever becomes of the line */
  readonly send: (batch: Batch) => Promise<Ack>;
  /** Keeps what head office holds now. @returns whether it holds what the batch brought */
  readonly keep: (batch: Batch, ack: Ack) => boolean;
}

/**
 * How an upload ended: everything was taken; a batch was not; or one was not that had been sent before the one ahead
 * of it was acknowledged, perhaps because it was overtaking on its way, or came to another process of head office.
 */
export type UploadEnd = "taken" | "not-taken" | "overtaken";

/**
 * Sends batches in their order. The next one travels, is read and checked while head office writes the one ahead of
 * it: that is nearly twice as fast as waiting for each acknowledgement. The first one goes alone, for nobody knows
 * whether the line is there.
 *
 * @param underWay how many are on their way at a time
 * @throws whatever `send` throws; then no batch is under way any more
 */
export async function upload(
  { next, send, keep }: Upload,
  underWay = batchesUnderWay,
): Promise<UploadEnd> {
  const sent: Sent[] = [];
  let last: Batch | undefined;
  let begun = 0;
  const begin = (most: number): void => {
    while (sent.length < most && begun < batchesInARow) {
      const batch = next(last);
      if (batch === undefined) return;
      const ack = send(batch);
      // Whatever becomes of it is told when its turn comes.
      ack.catch(() => {});
      sent.push({ batch, ack, isAhead: sent.length > 0 });
      last = batch;
      begun += 1;
    }
  };
  try {
    begin(1);
    for (;;) {
      const [first] = sent;
      if (first === undefined) return "taken";
      const ack = await first.ack;
      sent.shift();
      if (!keep(first.batch, ack)) return first.isAhead ? "overtaken" : "not-taken";
      begin(underWay);
    }
  } finally {
    await Promise.allSettled(sent.map(({ ack }) => ack));
  }
}

interface Sent {
  readonly batch: Batch;
  readonly ack: Promise<Ack>;
  /** It left before the one ahead of it was acknowledged. */
  readonly isAhead: boolean;
}
