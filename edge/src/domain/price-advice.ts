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
