import type { Instant } from "@gatehouse/shared/time";
import { Temporal } from "temporal-polyfill";

/** The local day of a moment in a facility's zone, and the moment it began (right across DST). */
export function startOfDay(
  at: Instant,
  timezone: string,
): { readonly day: string; readonly start: Instant } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return {
    day: local.toPlainDate().toString(),
    start: local.startOfDay().epochMilliseconds as Instant,
  };
}
