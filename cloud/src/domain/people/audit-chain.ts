import { type Json, canonicalJson, chainHash, genesisHash } from "@gatehouse/shared/canonical";

/** One line as it is kept: the text is the truth, its hash ties it to all before it. */
export interface ChainedLine {
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
}

/** How far a chain reaches; of an empty one `seq` is 0 and the hash all zeros. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export const emptyChain: ChainEnd = { seq: 0, hash: genesisHash };

/** The line that follows; its number stands in its text, so that no line can take another's place. */
export function nextLine(
  end: ChainEnd,
  facts: { readonly [key: string]: Json | undefined },
): ChainedLine {
  const seq = end.seq + 1;
  const text = canonicalJson({ ...facts, seq });
  return { seq, text, hash: chainHash(end.hash, text) };
}

/** The first line that is missing, out of order or not what was written; undefined when all of them hold. */
export function brokenAt(from: ChainEnd, lines: readonly ChainedLine[]): number | undefined {
  let end = from;
  for (const { seq, text, hash } of lines) {
    if (seq !== end.seq + 1 || hash !== chainHash(end.hash, text)) return end.seq + 1;
    end = { seq, hash };
  }
  return undefined;
}
