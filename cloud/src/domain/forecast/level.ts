/*
 * How busy days are against the mean week, followed by Holt's exponential smoothing with a damped trend (Gardner and
 * McKenzie 1985): new days count a little, a slope fades away instead of going on for ever.
 */

const levelGain = 0.12;
const slopeGain = 0.02;
const damping = 0.93;
/** One day says at most so much: a stuck sensor or a closed street is no new level. */
const ratioBounds = { least: 0.3, most: 3 } as const;

/** Where the level stands after the last known day: 1 is the mean week. */
export interface Level {
  readonly level: number;
  /** What the next day adds to it. */
  readonly slope: number;
}

export const evenLevel: Level = { level: 1, slope: 0 };

/** @param ratio what a day had against what its place in the week has on average */
export function nextLevel({ level, slope }: Level, ratio: number): Level {
  const told = Math.max(ratioBounds.least, Math.min(ratioBounds.most, ratio));
  const expected = level + damping * slope;
  const next = expected + levelGain * (told - expected);
  return { level: next, slope: damping * slope + slopeGain * (told - expected) };
}

/** The level so many days later; never below zero. */
export function levelAfter({ level, slope }: Level, days: number): number {
  const faded = (damping * (1 - damping ** days)) / (1 - damping);
  return Math.max(0, level + slope * faded);
}
