/** Letters and digits that plate readers take for one another (requirements D, plate match). */
const confusable: readonly string[] = ["O0QDUGB", "I1T", "B8", "S5", "Z2", "G6"];

const swapCost = 0.4;
const otherCost = 1;
/** A dropped or inserted character. */
const gapCost = 0.8;

/** Upper case, A–Z and 0–9 only; marks and gaps go, Ä Ö Ü become A O U. */
export const normalisePlate = (raw: string): string =>
  raw
    .normalize("NFD")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "");

/**
 * How unlike two normalised plates are: 0 equal, 0.4 for each look-alike, 0.8 for each dropped or inserted
 * character, 1 for each other difference (a weighted edit distance).
 */
export function plateDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column * gapCost);
  for (let i = 1; i <= a.length; i++) {
    const next = [i * gapCost];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + characterCost(a.charAt(i - 1), b.charAt(j - 1));
      const gap = Math.min(row[j] ?? 0, next[j - 1] ?? 0) + gapCost;
      next.push(Math.min(swap, gap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const characterCost = (a: string, b: string): number =>
  a === b
    ? 0
    : confusable.some((group) => group.includes(a) && group.includes(b))
      ? swapCost
      : otherCost;

export interface PlateMatch<T> {
  readonly kind: "exact" | "candidate" | "close" | "several" | "none";
  /** Best first; one alone unless `kind` is `several`. */
  readonly found: readonly T[];
}

/** Farther than this is another car. */
const farthest = 0.9;
/** The best must be better than the second by this much to be taken without asking. */
const margin = 0.4;

/**
 * Finds whose plate was read: exactly, then among the camera's own candidates, then by likeness.
 * Several alike, or two vehicles under one plate, are for a person to choose from. A vehicle whose plate
 * nobody could read (`""`) is like no other.
 *
 * @param read the normalised plate; @param candidates normalised, best first
 */
export function matchPlate<T>(
  read: string,
  candidates: readonly string[],
  all: readonly T[],
  plateOf: (item: T) => string,
): PlateMatch<T> {
  const known = read === "" ? [] : all.filter((item) => plateOf(item) !== "");
  const exact = known.filter((item) => plateOf(item) === read);
  if (exact.length > 0) return { kind: exact.length === 1 ? "exact" : "several", found: exact };
  const named = known.filter((item) => candidates.includes(plateOf(item)));
  if (named.length > 0) return { kind: named.length === 1 ? "candidate" : "several", found: named };
  const alike = known
    .map((item) => ({ item, distance: plateDistance(read, plateOf(item)) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((a, b) => a.distance - b.distance);
  const [best, second] = alike;
  if (best === undefined) return { kind: "none", found: [] };
  if (second === undefined || second.distance - best.distance >= margin) {
    return { kind: "close", found: [best.item] };
  }
  return { kind: "several", found: alike.map(({ item }) => item) };
}
