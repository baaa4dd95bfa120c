import { hours, type Instant } from "@gatehouse/shared/time";
import { Temporal } from "temporal-polyfill";

/** The local day of a moment in a facility's zone, and the moment it began (right across DST). */
export function startOfDay(
  at: Instant,
  timezone: string,
): { readonly day: string; readonly start: Instant } {
  const local = localOf(at, timezone);
  return { day: local.toPlainDate().toString(), start: instantOf(local.startOfDay()) };
}

/** When the civil month of a moment began in a facility's zone. */
export const startOfMonth = (at: Instant, timezone: string): Instant =>
  instantOf(localOf(at, timezone).with({ day: 1 }).startOfDay());

/**
 * The same time of day one civil week, month or year later. A month that is too short ends at its last day, and what
 * began on the last day of one ends on the last day of the next: 31 January, 28 February, 31 March.
 */
export function addPeriod(
  at: Instant,
  period: "week" | "month" | "year",
  timezone: string,
): Instant {
  const start = localOf(at, timezone);
  const end = start.add({ week: { weeks: 1 }, month: { months: 1 }, year: { years: 1 } }[period]);
  const endsMonth = period !== "week" && start.day === start.daysInMonth;
  return instantOf(endsMonth ? end.with({ day: end.daysInMonth }) : end);
}

/** The end of a day so many civil days after that of a moment: whole days of 23, 24 or 25 hours. @param days 0: the same day */
export const endOfDay = (at: Instant, days: number, timezone: string): Instant =>
  instantOf(
    localOf(at, timezone)
      .toPlainDate()
      .add({ days: days + 1 })
      .toZonedDateTime(timezone),
  );

/** One hour on a facility's wall clock. The hour that the end of summer time repeats is two of them. */
export interface LocalHour {
  readonly start: Instant;
  readonly end: Instant;
  /** ISO date. */
  readonly day: string;
  /** 0–23, as the clock shows it. */
  readonly hour: number;
}

export function localHour(at: Instant, timezone: string): LocalHour {
  const local = localOf(at, timezone);
  const start = instantOf(local.round({ smallestUnit: "hour", roundingMode: "floor" }));
  return {
    start,
    end: (start + hours(1)) as Instant,
    day: local.toPlainDate().toString(),
    hour: local.hour,
  };
}

/**
 * From the first moment of one day to the last of another, which may be the same.
 *
 * @param from ISO date, as `to`
 * @returns undefined when a day is none of the calendar, or they stand the wrong way round
 */
export function daysFrom(
  from: string,
  to: string,
  timezone: string,
): { readonly start: Instant; readonly end: Instant } | undefined {
  const [first, last] = [dateOf(from), dateOf(to)];
  if (first === undefined || last === undefined || Temporal.PlainDate.compare(first, last) > 0)
    return undefined;
  return {
    start: instantOf(first.toZonedDateTime(timezone)),
    end: instantOf(last.add({ days: 1 }).toZonedDateTime(timezone)),
  };
}

/**
 * Reads ISO 8601 with or without an offset. Without one it is the facility's civil time; of the two moments that
 * an hour names when summer time ends it is the one nearer to `near`.
 *
 * @returns undefined when the text is no moment
 */
export function momentOf(text: string, timezone: string, near: Instant): Instant | undefined {
  const iso = text.replace(" ", "T").replace(",", ".");
  try {
    if (/(Z|[+-]\d\d:?\d\d)$/.test(iso))
      return Temporal.Instant.from(iso).epochMilliseconds as Instant;
    const civil = Temporal.PlainDateTime.from(iso);
    const [early, late] = (["earlier", "later"] as const).map((disambiguation) =>
      instantOf(civil.toZonedDateTime(timezone, { disambiguation })),
    );
    if (early === undefined || late === undefined) return undefined;
    return Math.abs(early - near) <= Math.abs(late - near) ? early : late;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A moment as the facility's clock shows it: "2026-06-01 18:00", whatever language is spoken there. */
export function wallClock(at: Instant, timezone: string): string {
  const local = localOf(at, timezone).toPlainDateTime();
  return local.toString({ smallestUnit: "minute" }).replace("T", " ");
}

const localOf = (at: Instant, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);

const instantOf = (local: Temporal.ZonedDateTime): Instant => local.epochMilliseconds as Instant;

function dateOf(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Reads ISO 8601 with or without an offset, as it is written: without one it is civil time of the zone, and of an hour
 * that the end of summer time repeats the first; a time that summer time skips is as much later.
 *
 * @returns undefined when the text is no moment
 */
export function writtenMoment(text: string, timezone: string): Instant | undefined {
  try {
    if (/(Z|[+-]\d\d:?\d\d)(\[.*\])?$/.test(text))
      return Temporal.Instant.from(text).epochMilliseconds as Instant;
    return instantOf(Temporal.PlainDateTime.from(text).toZonedDateTime(timezone));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
