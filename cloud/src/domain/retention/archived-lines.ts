import { chainHash } from "@gatehouse/shared/canonical";
import type { ArchivedLine } from "@gatehouse/shared/contracts/retention";

/** Where a chain stands: the number of its last line and that line's hash. */
export interface Place {
  readonly seq: number;
  readonly hash: string;
}

/** The exact text of a line, as its hash was made over it. */
export const lineText = ({ text, raw }: Pick<ArchivedLine, "text" | "raw">): string =>
  text ?? Buffer.from(raw ?? "", "base64").toString("utf8");

/**
 * The first line that does not follow from the one before it, by number or by hash; undefined where all do.
 *
 * @param lines of one epoch, in their order
 */
export function firstBroken(before: Place, lines: Iterable<ArchivedLine>): number | undefined {
  let { seq, hash } = before;
  for (const line of lines) {
    seq += 1;
    if (line.seq !== seq || chainHash(hash, lineText(line)) !== line.hash) return line.seq;
    ({ hash } = line);
  }
  return undefined;
}

const hidden = "…";

/**
 * The line's text without its plates, for whoever only wants to look: every value whose name speaks of a plate, and both
 * plates of a correction. A text that is no JSON is hidden whole.
 */
export function withoutPlates(text: string): string {
  try {
    const line: unknown = JSON.parse(text);
    const isCorrection = text.includes('"plate-corrected"');
    return JSON.stringify(line, (name, value: unknown) =>
      (/plate/.test(name) || (isCorrection && /^(from|to)$/.test(name))) && value !== null
        ? hidden
        : value,
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return hidden;
  }
}
