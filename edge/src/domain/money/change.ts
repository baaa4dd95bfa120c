/** What a driver lays down for something that costs so much. */
export interface CashScene {
  /** What is due, in whole minor units. */
  readonly due: number;
  readonly tendered: number;
  /** The smallest coin there is. */
  readonly step: number;
  /** What the till could give back; missing: all of it. */
  readonly given?: number | undefined;
  /** Whether less than what is due may be taken. */
  readonly partial: boolean;
}

export interface CashTake {
  /** What counts as paid. */
  readonly credited: number;
  /** What the drawer keeps above (or, below zero, under) that, because small coins are gone. */
  readonly rounding: number;
  /** What the driver gets now, and what the till owes. */
  readonly change: number;
  readonly changeOwed: number;
}

export type CashRefusal =
  | { readonly kind: "short"; readonly missing: number }
  /** More is to be given back than there is to give. */
  | { readonly kind: "change-too-much"; readonly most: number };

/** An amount as it can be paid in coins: to the nearest step, half up. */
export const inCoins = (minor: number, step: number): number =>
  Math.floor((2 * minor + step) / (2 * step)) * step;

/** Divides what is laid down into price, rounding and change: `credited + rounding + change + changeOwed = tendered`. */
export function takeCash({
  due,
  tendered,
  step,
  given,
  partial,
}: CashScene): CashTake | CashRefusal {
  const price = inCoins(due, step);
  if (tendered < price) {
    if (!partial) return { kind: "short", missing: price - tendered };
    return { credited: tendered, rounding: 0, change: 0, changeOwed: 0 };
  }
  const back = tendered - price;
  const change = given ?? back;
  if (change > back) return { kind: "change-too-much", most: back };
  return { credited: due, rounding: price - due, change, changeOwed: back - change };
}
