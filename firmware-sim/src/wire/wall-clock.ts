import type { Instant } from "@gatehouse/shared/time";

/** What a clock of that zone shows, to the millisecond: `2026-11-20 14:22:33.123`. */
export function wallClock(at: Instant, timezone = "UTC"): string {
  const shown = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  const ms = ((at % 1000) + 1000) % 1000;
  return `${shown}.${String(ms).padStart(3, "0")}`;
}
