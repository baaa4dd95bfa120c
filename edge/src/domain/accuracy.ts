/** How often something that was said of spaces turned out right when people looked. */
export interface Score {
  readonly right: number;
  readonly wrong: number;
  /** It said nothing of the space then. */
  readonly silent: number;
}

/** A share with the interval in which the true one lies. */
export interface Share {
  /** 0–1. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A camera is right in at least this share of spaces, or somebody must look at it. */
export const leastAccuracy = 0.97;

/** 95 % of the true shares lie within the interval. */
const usualZ = 1.96;
/** A fall is believed when chance would make one as large in fewer than 1 of 200 cases. */
const surelyZ = 2.576;
/** Of fewer spaces nothing can be said. */
const leastJudged = 20;
const leastPast = 50;

/**
 * The share of right words, with Wilson's score interval (E. B. Wilson, 1927): it stays within 0–1 and holds for
 * few words and for shares close to 1, where the usual ± fails.
 *
 * @returns undefined when nothing was judged
 */
export function shareOf({ right, wrong }: Score, z = usualZ): Share | undefined {
  const count = right + wrong;
  if (count === 0) return undefined;
  const value = right / count;
  const scale = 1 + (z * z) / count;
  const middle = (value + (z * z) / (2 * count)) / scale;
  const reach =
    (z / scale) * Math.sqrt((value * (1 - value)) / count + (z * z) / (4 * count * count));
  return { value, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** What has become of a camera: worse than is allowed, or worse than it was. */
export type Drift = "below-limit" | "below-past";

/**
 * Whether a camera's words have become worse than chance explains.
 *
 * @param recent since its drawing or calibration was changed last, some days at most
 * @param past the weeks before
 */
export function driftOf(recent: Score, past: Score): Drift | undefined {
  const now = shareOf(recent);
  const judged = recent.right + recent.wrong;
  if (now === undefined || judged < leastJudged) return undefined;
  if (now.high < leastAccuracy) return "below-limit";
  const before = past.right + past.wrong;
  if (before < leastPast) return undefined;
  const pooled = (recent.right + past.right) / (judged + before);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / judged + 1 / before));
  const fall = past.right / before - now.value;
  return spread > 0 && fall / spread > surelyZ ? "below-past" : undefined;
}

/** Both together. */
export const added = (a: Score, b: Score): Score => ({
  right: a.right + b.right,
  wrong: a.wrong + b.wrong,
  silent: a.silent + b.silent,
});

export const noScore: Score = { right: 0, wrong: 0, silent: 0 };
