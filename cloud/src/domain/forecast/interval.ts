import { hourOfDay } from "./civil-hours.ts";
import { type Backtest, horizonOf, type Miss } from "./backtest.ts";

/** So much of the past errors an interval holds: a tenth lay below it, a tenth above. */
export const intervalShare = 0.8;
const tail = (1 - intervalShare) / 2;
/** Fewer errors say nothing of their own; then those of all horizons, and of all hours, are asked. */
const leastErrors = 20;

/** By how much what came differed from what was said: the lower and the upper bound. */
export interface Spread {
  readonly low: number;
  readonly high: number;
}

/**
 * How far off forecasts of the past were, by the hour of the day and how far ahead.
 *
 * @param said which of the two ways is shown
 */
export function spreads(
  { misses }: Backtest,
  said: (miss: Miss) => number,
): (slot: number, daysAhead: number) => Spread {
  const errors = new Map<string, number[]>();
  const add = (key: string, error: number): void => {
    const list = errors.get(key);
    if (list === undefined) errors.set(key, [error]);
    else list.push(error);
  };
  for (const miss of misses) {
    const error = miss.actual - said(miss);
    const hour = hourOfDay(miss.slot);
    add(`${miss.horizon} ${hour}`, error);
    add(`${hour}`, error);
    add("", error);
  }
  const known = new Map([...errors].map(([key, list]) => [key, spreadOf(list)] as const));
  return (slot, daysAhead) => {
    const hour = hourOfDay(slot);
    const keys = [`${horizonOf(daysAhead)} ${hour}`, `${hour}`, ""];
    const enough = keys.find((key) => (errors.get(key)?.length ?? 0) >= leastErrors) ?? "";
    return known.get(enough) ?? { low: 0, high: 0 };
  };
}

function spreadOf(errors: readonly number[]): Spread {
  const sorted = errors.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(share * sorted.length)))] ?? 0;
  // What is said itself always lies within.
  return { low: Math.min(0, at(tail)), high: Math.max(0, at(1 - tail)) };
}
