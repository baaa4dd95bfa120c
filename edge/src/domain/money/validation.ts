import type { ValidationKind } from "@gatehouse/shared/contracts/money-terms";

/** What a stay costs at the moment when a validation is used. */
export interface ValidationScene {
  /** The whole price, and what of it is still due. */
  readonly total: number;
  readonly due: number;
  /** The price had the stay been so many minutes shorter. */
  readonly totalWithout: (minutes: number) => number;
  /** What the merchant may still give for this stay, and in this month; undefined: no limit. */
  readonly stayLeft: number | undefined;
  readonly monthLeft: number | undefined;
}

/**
 * What a validation pays: never more than is due, never more than its merchant's limits, never below nothing.
 *
 * @param value minutes, minor units or percent; of `all` nothing
 * @returns whole minor units; a part of one is the driver's (rounded up)
 */
export function validationWorth(
  kind: ValidationKind,
  value: number,
  { total, due, totalWithout, stayLeft, monthLeft }: ValidationScene,
): number {
  const worth = {
    minutes: () => total - totalWithout(value),
    amount: () => value,
    percent: () => Math.ceil((total * Math.min(100, value)) / 100),
    all: () => due,
  }[kind]();
  return Math.max(0, Math.min(worth, due, stayLeft ?? due, monthLeft ?? due));
}
