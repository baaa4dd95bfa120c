import { chainHash, genesisHash } from "@gatehouse/shared/canonical";
import type { Batch, SealedLine } from "@gatehouse/shared/contracts/batch";

/** How far head office holds the present epoch of a facility's ledger; epoch 0 when it holds nothing. */
export interface Watermark {
  readonly epoch: number;
  readonly ackedSeq: number;
  readonly lastHash: string;
  readonly spacesThrough: number;
}

export type Acceptance =
  /** `fresh` are the lines to store, the first at `firstSeq`; `from` is the watermark they continue. */
  | {
      readonly kind: "accept";
      readonly from: Watermark;
      readonly firstSeq: number;
      readonly fresh: readonly SealedLine[];
      readonly repeated: number;
      /** Epochs between the last one held and this one that never reached us. */
      readonly skippedEpochs: number;
    }
  /** Lines before these are missing: the edge goes on from `held`. */
  | { readonly kind: "hole"; readonly held: Watermark }
  /**
   * A restore has begun a later epoch; this one is closed. With `unheld` the batch tells a line there that head office
   * has never seen: whoever writes it lives beside the restored edge.
   */
  | { readonly kind: "old-epoch"; readonly held: Watermark; readonly unheld?: number }
  /** The same place holds another line here: two histories of one ledger. Nothing is overwritten. */
  | { readonly kind: "fork"; readonly held: Watermark; readonly seq: number }
  /** The line at `seq` does not continue the one before it. */
  | { readonly kind: "broken-chain"; readonly held: Watermark; readonly seq: number };

export const nothingHeld: Watermark = {
  epoch: 0,
  ackedSeq: 0,
  lastHash: genesisHash,
  spacesThrough: 0,
};

/**
 * What to do with a batch.
 *
 * @param held the watermark of the facility's latest epoch
 * @param heldHashes the hashes that head office holds at the batch's places, from its first line on; null where the
 *   line is archived: it counts as the same, and because hashes are chained a batch that reaches on is still caught
 */
export function decideBatch(
  batch: Pick<Batch, "epoch" | "first_seq" | "lines">,
  held: Watermark,
  heldHashes: readonly (string | null)[],
): Acceptance {
  if (batch.epoch < held.epoch) {
    const unheld = batch.lines.findIndex(({ hash }, index) => isOther(hash, heldHashes[index]));
    return { kind: "old-epoch", held, ...(unheld < 0 ? {} : { unheld: batch.first_seq + unheld }) };
  }
  const isNewEpoch = batch.epoch > held.epoch;
  const from = isNewEpoch ? { ...nothingHeld, epoch: batch.epoch } : held;
  if (batch.first_seq > from.ackedSeq + 1) return { kind: "hole", held: from };

  const known = batch.lines.slice(0, from.ackedSeq - batch.first_seq + 1);
  const fork = known.findIndex(({ hash }, index) => isOther(hash, heldHashes[index]));
  if (fork >= 0) return { kind: "fork", held: from, seq: batch.first_seq + fork };

  const fresh = batch.lines.slice(known.length);
  const firstSeq = from.ackedSeq + 1;
  const gap = chainBreak(from.lastHash, fresh);
  if (gap !== undefined) return { kind: "broken-chain", held: from, seq: firstSeq + gap };
  const skippedEpochs = isNewEpoch && held.epoch > 0 ? batch.epoch - held.epoch - 1 : 0;
  return { kind: "accept", from, firstSeq, fresh, repeated: known.length, skippedEpochs };
}

const isOther = (hash: string, held: string | null | undefined): boolean =>
  held !== null && hash !== held;

/** @returns the index of the first line whose hash does not fit, or undefined when the chain holds */
function chainBreak(before: string, lines: readonly SealedLine[]): number | undefined {
  let previous = before;
  for (const [index, { text, hash }] of lines.entries()) {
    if (chainHash(previous, text) !== hash) return index;
    previous = hash;
  }
  return undefined;
}
