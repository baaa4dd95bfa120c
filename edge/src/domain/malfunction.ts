import type { RegistryRules } from "@gatehouse/shared/contracts/registry";

/** What is wrong with a sensor that speaks, or that does not. */
export type Malfunction = "sensor-stuck" | "sensor-flapping" | "sensor-silent";

/** What was seen of one sensor. Times are milliseconds ago. */
export interface SensorCourse {
  readonly lastChangeAgo: number;
  /** Undefined: it has not spoken yet. */
  readonly lastMessageAgo: number | undefined;
  readonly usualInterval: number | undefined;
  readonly changesLastHour: number;
  /** Stays of other spaces of its zone that ended within the rule's days. */
  readonly zoneStays: number;
}

const dayMs = 24 * 3_600_000;
/** Even a sensor that speaks each minute may be out of reach for so long. */
const shortestSilence = 3_600_000;

/** Everything that is wrong with a sensor, by the site's rules. */
export function malfunctionsOf(course: SensorCourse, rules: RegistryRules): Malfunction[] {
  const found: Malfunction[] = [];
  if (isSilent(course, rules)) return ["sensor-silent"];
  if (course.changesLastHour > rules.flapping_changes) found.push("sensor-flapping");
  if (isStuck(course, rules)) found.push("sensor-stuck");
  return found;
}

function isSilent({ lastMessageAgo, usualInterval }: SensorCourse, rules: RegistryRules): boolean {
  if (lastMessageAgo === undefined || usualInterval === undefined) return false;
  return lastMessageAgo > Math.max(shortestSilence, usualInterval * rules.silent_intervals);
}

const isStuck = ({ lastChangeAgo, zoneStays }: SensorCourse, rules: RegistryRules): boolean =>
  lastChangeAgo > rules.stuck_days * dayMs && zoneStays >= rules.stuck_zone_stays;

/** Whether the arm went up each time, and nobody was ever seen passing or driving back. */
export const isBlindLoop = (
  passages: readonly { readonly movedAt: number | null; readonly outcome: string | null }[],
): boolean =>
  passages.every(({ movedAt, outcome }) => movedAt !== null && outcome === "nobody-passed");
