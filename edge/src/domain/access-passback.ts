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
): "clear" | "flag" | "refuse" {
  if (rule.mode === "off") return "clear";
  const blocks = ({ state, since }: Presence): boolean =>
    state === "in" && (rule.mode !== "timed" || elapsed(since, at) < minutes(rule.minutes));
  if (coming === 0 && !presences.some(blocks)) return "clear";
  return rule.mode === "soft" ? "flag" : "refuse";
}
