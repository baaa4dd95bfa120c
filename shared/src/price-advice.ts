export interface Utilisation {
  readonly spaceId: string;
  readonly spaceName: string;
  /** Occupied share of the observed time, 0–1. */
  readonly rate: number;
}

export interface Advice extends Utilisation {
  readonly change: "increase_price" | "decrease_price";
  readonly suggested: "+20%" | "-20%";
  readonly reason: string;
}

const highest = 0.9;
const lowest = 0.3;

/** Advice to a person, who decides (requirements T30): strictly above 90 % dearer, strictly below 30 % cheaper. */
export function advise(spaces: readonly Utilisation[]): Advice[] {
  return spaces.flatMap((space): Advice[] => {
    if (space.rate > highest) {
      const reason = "High demand (>90% utilization)";
      return [{ ...space, change: "increase_price", suggested: "+20%", reason }];
    }
    if (space.rate < lowest) {
      const reason = "Low demand (<30% utilization)";
      return [{ ...space, change: "decrease_price", suggested: "-20%", reason }];
    }
    return [];
  });
}

/**
 * By how much an hour should become dearer (below zero: cheaper), in hundredths of the currency's main unit: the bands
 * of SFpark, San Francisco's demand-responsive parking (SFMTA 2011): from 80 % up, from 60 %, from 30 %, below.
 *
 * @param rate occupied share of the time, 0–1
 */
export function sfparkChange(rate: number): number {
  if (rate >= 0.8) return 25;
  if (rate >= 0.6) return 0;
  return rate >= 0.3 ? -25 : -50;
}
