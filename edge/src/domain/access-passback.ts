import type { AntiPassback } from "@gatehouse/shared/contracts/access-terms";
import { elapsed, type Instant, minutes } from "@gatehouse/shared/time";

/**
 * Where a vehicle of a permit is, by its confirmed passages: `in`, `out`, or `neutral` when nobody knows, because its
 * passage was not seen or somebody has set it back after the gate stood open.
 */
export interface Presence {
  readonly plate: string;
  readonly state: "in" | "out" | "neutral";
  readonly since: Instant;
  readonly laneId: string;
}

/** `flag`: the rule is broken and nothing but that is noted. */
export type PassbackVerdict = "clear" | "flag" | "refuse";

/** What anti-passback looks at. */
export interface PassbackFacts {
  readonly passback: AntiPassback;
  /** Of every vehicle of the permit. */
  readonly presences: readonly Presence[];
  /** Its vehicles that were told to pass at another lane and have not been seen yet. */
  readonly coming: number;
}

/**
 * Whether a vehicle of a permit may leave that nobody saw coming in. It may not where it was seen leaving and has not
 * come in since, nor where another vehicle has the permit in use: its entry would have been refused.
 */
export function judgeLeaving(
  { passback, presences, coming }: PassbackFacts,
  plate: string,
  at: Instant,
): PassbackVerdict {
  // Its own two states are the other way round: who leaves must be in.
  const asEntering = presences.flatMap((each): Presence[] => {
    if (each.plate !== plate) return [each];
    return each.state === "out" ? [{ ...each, state: "in" }] : [];
  });
  return judgePassback(passback, asEntering, coming, at);
}

/**
 * Whether a permit may be used to come in once more.
 *
 * @param presences of every vehicle of the permit
 * @param coming its vehicles that were told to pass at another lane and have not been seen yet
 */
export function judgePassback(
  rule: AntiPassback,
  presences: readonly Presence[],
  coming: number,
  at: Instant,
): PassbackVerdict {
  if (rule.mode === "off") return "clear";
  const blocks = ({ state, since }: Presence): boolean =>
    state === "in" && (rule.mode !== "timed" || elapsed(since, at) < minutes(rule.minutes));
  if (coming === 0 && !presences.some(blocks)) return "clear";
  return rule.mode === "soft" ? "flag" : "refuse";
}
