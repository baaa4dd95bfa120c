/** Letters and digits that plate readers take for one another (requirements D, plate match). */
const confusable: readonly string[] = ["O0QDUGB", "I1T", "B8", "S5", "Z2", "G6"];

/** What it costs to take one character for another. */
export interface PlateCosts {
  /** Above 0 for two different characters, 0 for the same; the same both ways. */
  swap(a: string, b: string): number;
}

const swapCost = 0.4;
const otherCost = 1;
/** A dropped or inserted character; readers drop thin ones, and those at the ends, more than others. */
const gapCost = 1;
const easyGapCost = 0.7;
const thin = "1IJLT";

export const isLookAlike = (a: string, b: string): boolean =>
  confusable.some((group) => group.includes(a) && group.includes(b));

/** What nobody has learnt anything about: 0.4 for each look-alike, 1 for any other character. */
export const usualCosts: PlateCosts = {
  swap: (a, b) => (a === b ? 0 : isLookAlike(a, b) ? swapCost : otherCost),
};

/**
 * How unlike two normalised plates are (a weighted edit distance): 0 equal, the cost of each swapped character,
 * 0.7 for each dropped or inserted one that is thin or stands at an end, 1 for any other.
 *
 * @param most beyond this nobody asks how far: then the answer is only known to be more
 */
export function plateDistance(
  a: string,
  b: string,
  costs: PlateCosts = usualCosts,
  most = Infinity,
): number {
  let row = [0];
  for (let j = 1; j <= b.length; j++) row.push((row[j - 1] ?? 0) + gap(b, j - 1));
  for (let i = 1; i <= a.length; i++) {
    const dropped = gap(a, i - 1);
    const next = [(row[0] ?? 0) + dropped];
    let least = next[0] ?? 0;
    for (let j = 1; j <= b.length; j++) {
      const cost = Math.min(
        (row[j - 1] ?? 0) + costs.swap(a.charAt(i - 1), b.charAt(j - 1)),
        (row[j] ?? 0) + dropped,
        (next[j - 1] ?? 0) + gap(b, j - 1),
      );
      if (cost < least) least = cost;
      next.push(cost);
    }
    if (least > most) return least;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What it costs that the character of a plate is missing in the other. */
const gap = (plate: string, at: number): number =>
  at === 0 || at === plate.length - 1 || thin.includes(plate.charAt(at)) ? easyGapCost : gapCost;

/**
 * The characters in which two plates of one length differ, place by place: what was read, what it was. Plates of
 * different lengths tell nothing about single characters.
 */
export const swapsBetween = (read: string, truth: string): [read: string, truth: string][] =>
  read.length === truth.length
    ? read
        .split("")
        .map((sign, at): [string, string] => [sign, truth.charAt(at)])
        .filter(([sign, meant]) => sign !== meant)
    : [];
