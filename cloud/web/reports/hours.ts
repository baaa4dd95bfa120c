import type { Period, ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { locale } from "../frame/language.ts";
import { shiftDay } from "../frame/period.ts";

const formats = new Map<string, Intl.DateTimeFormat>();
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make: one for each zone. */
function kept(
  known: Map<string, Intl.DateTimeFormat>,
  timeZone: string,
  shape: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const format = known.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...shape, timeZone });
  known.set(timeZone, format);
  return format;
}

/** The time at which an hour begins at the facility, "14:00"; the hour that comes twice has one name. */
export const hourText = (start: string, timezone: string): string =>
  kept(formats, timezone, { hour: "2-digit", minute: "2-digit" }).format(Date.parse(start));

const clock = new Intl.DateTimeFormat(locale, {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** An hour of the day as clocks show it, "14:00". @param hour 0 to 23 */
export const hourOfDayText = (hour: number): string => clock.format(Date.UTC(2026, 0, 1, hour));

const shortDay = new Intl.DateTimeFormat(locale, {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** A day without its year, "20 Nov", where many stand beside each other. */
export const shortDayText = (day: string): string => shortDay.format(Date.parse(day));

/** The day of a moment at the facility, without its year. @param at ISO 8601 */
export const shortDayAt = (at: string, timezone: string): string =>
  kept(dayFormats, timezone, { day: "numeric", month: "short" }).format(Date.parse(at));

/** Every day of a period. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = shiftDay(day, 1)) days.push(day);
  return days;
}

/**
 * A count of an hour; null where the hour began after the newest facts: nobody has told of it, which is not nothing.
 *
 * @param start when the hour began, ISO 8601
 */
export function countTold(
  { as_of, lag_s }: Pick<ReportAbout, "as_of" | "lag_s">,
  start: string,
  count: number,
): number | null {
  const until = lag_s === null ? -Infinity : Date.parse(as_of) - lag_s * 1000;
  return Date.parse(start) < until ? count : null;
}
