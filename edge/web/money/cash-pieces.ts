/** Coins and notes of a currency as a drawer holds them: face values in minor units, the largest first. */
interface Pieces {
  readonly notes: readonly number[];
  readonly coins: readonly number[];
}

/** From the central banks' lists of what circulates. */
const known: Readonly<Record<string, Pieces>> = {
  EUR: {
    notes: [20_000, 10_000, 5000, 2000, 1000, 500],
    coins: [200, 100, 50, 20, 10, 5, 2, 1],
  },
  GBP: { notes: [5000, 2000, 1000, 500], coins: [200, 100, 50, 20, 10, 5, 2, 1] },
  CHF: { notes: [20_000, 10_000, 5000, 2000, 1000], coins: [500, 200, 100, 50, 20, 10, 5] },
  USD: { notes: [10_000, 5000, 2000, 1000, 500, 100], coins: [100, 50, 25, 10, 5, 1] },
  SEK: { notes: [50_000, 20_000, 10_000, 5000, 2000], coins: [1000, 500, 200, 100] },
  JPY: { notes: [10_000, 5000, 2000, 1000], coins: [500, 100, 50, 10, 5, 1] },
};

/** Of a currency that is not listed: what most have. */
const usual: Pieces = {
  notes: [20_000, 10_000, 5000, 2000, 1000, 500],
  coins: [200, 100, 50, 20, 10, 5, 2, 1],
};

/** Every face value once, the largest first. */
export function facesOf(currency: string): number[] {
  const { notes, coins } = known[currency] ?? usual;
  return [...new Set([...notes, ...coins])];
}

/**
 * What a driver is likely to hand over for an amount: the least sum in each note that covers it.
 *
 * @returns whole minor units, smallest first, all above `due`; at most `most` of them
 */
export function likelyTendered(due: number, currency: string, most: number): number[] {
  const { notes } = known[currency] ?? usual;
  const sums = notes.map((face) => Math.ceil(due / face) * face).filter((sum) => sum > due);
  return [...new Set(sums)].toSorted((a, b) => a - b).slice(0, most);
}
