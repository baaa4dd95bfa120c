import type { Duration, Instant } from "@gatehouse/shared/time";

/** One source's last word about a space. Times are monotonic, milliseconds. */
export interface Word {
  readonly source: "sensor" | "camera";
  readonly occupied: boolean;
  /** 0–1. */
  readonly confidence: number;
  /** The moment it speaks of: of a camera, when the picture was taken. */
  readonly at: number;
  /** When the source was first heard to say so after it had said otherwise; undefined where nobody heard that. */
  readonly changedAt: number | undefined;
}

export type SpaceAnswer = "free" | "occupied" | "unknown";

/** What is published of a space, and the doubt that has not yet become an answer. */
export interface FusedSpace {
  readonly answer: SpaceAnswer;
  readonly since: Instant;
  /** Since when (monotonic time) the sources have said otherwise; undefined while they agree with the answer. */
  readonly doubtedSince: Duration | undefined;
  readonly doubt: SpaceAnswer | undefined;
}

const surest = 0.99;
/** Sums of logarithms that ought to cancel out differ by less than this. */
const draw = 1e-9;

/**
 * What is left of a camera's log-odds when a sensor has changed since. A sensor of 0.9 then outweighs the surest
 * camera; one of 0.8, which a person may fool, still waits for it to look.
 */
const outdated = 1 / 3;

/**
 * What the sources say together: their log-odds are summed, so one sure sensor outweighs one unsure camera,
 * and two that agree are surer than each. No source, or a draw: unknown.
 *
 * A sensor speaks when its space changes, a camera when it has looked. So what a camera saw before a sensor came
 * to say the opposite tells of the time before that: it counts less until the camera tells of a later picture.
 */
export function fuse(words: readonly Word[]): SpaceAnswer {
  const sum = words.reduce((total, word) => {
    const sure = Math.min(surest, Math.max(0.5, word.confidence));
    const weight = isOutdated(word, words) ? outdated : 1;
    return total + (word.occupied ? weight : -weight) * Math.log(sure / (1 - sure));
  }, 0);
  if (Math.abs(sum) < draw) return "unknown";
  return sum > 0 ? "occupied" : "free";
}

const isOutdated = (word: Word, words: readonly Word[]): boolean =>
  word.source === "camera" &&
  words.some(
    ({ source, occupied, changedAt }) =>
      source === "sensor" &&
      occupied !== word.occupied &&
      changedAt !== undefined &&
      changedAt > word.at,
  );

/** A source's word as it arrived. */
export interface Said {
  readonly boot: string;
  readonly sequence: number;
  /** The source's own time of it. */
  readonly at: number;
  readonly receivedAt: number;
}

/**
 * Whether a word came after a newer one of the same source. Within a boot the sequence tells; between two boots
 * the source's own time does, unless the wall clock has gone back since the last word: then arrival counts.
 *
 * @param last the newest word so far
 */
export function isLate(last: Said | undefined, word: Said): boolean {
  if (last === undefined) return false;
  if (last.boot === word.boot) return word.sequence <= last.sequence;
  return word.at < last.at && word.receivedAt >= last.receivedAt;
}

/**
 * Moves a space towards what its sources say. An answer flips only after they have contradicted it for
 * `hold` without a break, so a person walking past takes no space; an unknown space takes its first word at once.
 *
 * @param now the moment on the wall, for the page, and in monotonic time, which alone measures the hold
 * @returns the same object when nothing changed, so callers may compare by identity
 */
export function settle(
  space: FusedSpace,
  says: SpaceAnswer,
  now: { readonly at: Instant; readonly monotonic: Duration },
  hold: Duration,
): FusedSpace {
  if (says === space.answer) {
    return space.doubtedSince === undefined
      ? space
      : { ...space, doubtedSince: undefined, doubt: undefined };
  }
  if (space.answer === "unknown") return answered(says, now.at);
  if (hold > 0 && (space.doubtedSince === undefined || space.doubt !== says)) {
    return { ...space, doubtedSince: now.monotonic, doubt: says };
  }
  const doubtedFor = now.monotonic - (space.doubtedSince ?? now.monotonic);
  return doubtedFor < hold ? space : answered(says, now.at);
}

const answered = (answer: SpaceAnswer, since: Instant): FusedSpace => ({
  answer,
  since,
  doubtedSince: undefined,
  doubt: undefined,
});
