import type { Instant } from "@gatehouse/shared/time";

const formats = new Map<string, Intl.DateTimeFormat>();
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The hour of the day (0–23) and the day of the week (0: Sunday) that clocks show there. */
export function civilTime(at: Instant, timezone: string): { hour: number; weekday: number } {
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat("en-US", {
      weekday: "short",
      hour: "numeric",
      hourCycle: "h23",
      timeZone: timezone,
    });
  formats.set(timezone, format);
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return { hour: Number(parts["hour"]), weekday: days.indexOf(parts["weekday"] ?? "Sun") };
}
