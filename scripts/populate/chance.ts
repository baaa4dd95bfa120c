import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";

/** A whole number from 0 up to, not with, `limit`. */
export const below = (random: SeededRandom, limit: number): number =>
  Math.floor(random.fraction() * limit);

/** Whether something happens that happens so often (0–1). */
export const happens = (random: SeededRandom, share: number): boolean => random.fraction() < share;

/** One of them, each as often as the others. */
export function oneOf<T>(random: SeededRandom, choices: readonly T[]): T {
  const choice = choices[below(random, choices.length)];
  if (choice === undefined) throw new RangeError("nothing to choose from");
  return choice;
}

/** One of them, as often as its weight says. */
export function pick<T>(
  random: SeededRandom,
  choices: readonly (readonly [choice: T, weight: number])[],
): T {
  let left = random.fraction() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  throw new RangeError("nothing to choose from");
}

/** A number of happenings with this average (Knuth's method; averages here are small). */
export function poisson(random: SeededRandom, average: number): number {
  const limit = Math.exp(-average);
  let count = 0;
  for (let product = random.fraction(); product > limit; product *= random.fraction()) count += 1;
  return count;
}
