import { type PlateCosts, swapsBetween, usualCosts } from "./plate-distance.ts";

/** How often people found that a camera had read one character where another stood. */
export interface Confusion {
  readonly read: string;
  readonly truth: string;
  readonly count: number;
}

/** Cheaper than this no difference becomes, however often it was seen: two plates stay two. */
const leastCost = 0.15;
/** After so many corrections the cost has come half the way down. */
const halfWay = 5;
/** What was seen the other way round counts for so much: glyphs are alike both ways, readers not quite. */
const otherWay = 0.5;
/** A correction that changes more characters is about another plate, not about how one was read. */
const mostSwaps = 3;

/**
 * What it costs this camera to take one character for another: the usual cost `c` comes down towards 0.15 with the
 * corrections `n` seen, as 0.15 + (c − 0.15)·5/(5 + n). `n` counts both ways, so that the distance stays symmetric:
 * the commoner way whole, the other half.
 */
export function learntCosts(confusions: readonly Confusion[]): PlateCosts {
  if (confusions.length === 0) return usualCosts;
  const counts = new Map(confusions.map(({ read, truth, count }) => [read + truth, count]));
  const seen = (a: string, b: string): number => {
    const [one, other] = [counts.get(a + b) ?? 0, counts.get(b + a) ?? 0];
    return Math.max(one, other) + otherWay * Math.min(one, other);
  };
  return {
    swap: (a, b) => {
      const usual = usualCosts.swap(a, b);
      if (usual <= leastCost) return usual;
      const n = seen(a, b);
      return n === 0 ? usual : leastCost + ((usual - leastCost) * halfWay) / (halfWay + n);
    },
  };
}

/**
 * What a correction teaches about a camera: the characters that it took for others.
 *
 * @returns nothing for another plate altogether, and for plates of two lengths
 */
export function lessonOf(read: string, truth: string): [read: string, truth: string][] {
  const swaps = swapsBetween(read, truth);
  return swaps.length > mostSwaps || 2 * swaps.length > truth.length ? [] : swaps;
}
