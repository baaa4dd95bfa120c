import { elapsed, type Duration, type Instant } from "@gatehouse/shared/time";

/** One source's last word about a space. */
export interface Word {
  readonly occupied: boolean;
  /** 0–1. */
  readonly confidence: number;
  readonly at: Instant;
}

export type SpaceAnswer = "free" | "occupied" | "unknown";

/** What is published of a space, and the doubt that has not yet become an answer. */
export interface FusedSpace {
  readonly answer: SpaceAnswer;
  readonly since: Instant;
  /** Since when the sources have said otherwise; undefined while they agree with the answer. */
  readonly doubtedSince: Instant | undefined;
  readonly doubt: SpaceAnswer | undefined;
}

const surest = 0.99;

/**
 * What the sources say together: their log-odds are summed, so one sure sensor outweighs one unsure camera,
 * and two that agree are surer than each. No source, or a draw: unknown.
 */
export function fuse(words: readonly Word[]): SpaceAnswer {
  const sum = words.reduce((total, word) => {
    const sure = Math.min(surest, Math.max(0.5, word.confidence));
    return total + (word.occupied ? 1 : -1) * Math.log(sure / (1 - sure));
  }, 0);
  return sum > 0 ? "occupied" : sum < 0 ? "free" : "unknown";
}

/**
 * Moves a space towards what its sources say. An answer flips only after they have contradicted it for
 * `hold` without a break, so a person walking past takes no space; an unknown space takes its first word at once.
 *
 * @returns the same object when nothing changed, so callers may compare by identity
 */
export function settle(
  space: FusedSpace,
  says: SpaceAnswer,
  at: Instant,
  hold: Duration,
): FusedSpace {
  if (says === space.answer) {
    return space.doubtedSince === undefined
      ? space
      : { ...space, doubtedSince: undefined, doubt: undefined };
  }
  if (space.answer === "unknown") return answered(says, at);
  if (space.doubtedSince === undefined || space.doubt !== says) {
    return { ...space, doubtedSince: at, doubt: says };
  }
  return elapsed(space.doubtedSince, at) < hold ? space : answered(says, at);
}

const answered = (answer: SpaceAnswer, since: Instant): FusedSpace => ({
  answer,
  since,
  doubtedSince: undefined,
  doubt: undefined,
});
