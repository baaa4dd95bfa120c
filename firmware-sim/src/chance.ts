import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, milliseconds } from "@gatehouse/shared/time";

export const happens = (random: Random, share: number): boolean => random.fraction() < share;

export const between = (random: Random, low: number, high: number): number =>
  low + random.fraction() * (high - low);

/** A wait from `low` to `high` seconds. */
export const wait = (random: Random, low: number, high: number): Duration =>
  milliseconds(between(random, low, high) * 1000);

/** One of `choices`, each as likely; `choices` is never empty. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[Math.floor(random.fraction() * choices.length)];
  if (chosen === undefined) throw new RangeError("nothing to pick from");
  return chosen;
}

/** Log-normal around its median: most values near it, a long tail above. */
export function around(random: Random, median: number, sigma: number): number {
  const normal =
    Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
  return median * Math.exp(sigma * normal);
}
