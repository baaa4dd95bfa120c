import { dayKinds, type DayKind, type TimeWindow } from "@gatehouse/shared/contracts/access-terms";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { Instant } from "@gatehouse/shared/time";
import { Temporal } from "temporal-polyfill";

/**
 * Whether one of the windows is open now, by the wall clock of the facility: an hour that summer time skips opens
 * nothing, one that it repeats opens twice. No windows at all are always open.
 */
export function isWithin(
  windows: readonly TimeWindow[],
  at: Instant,
  calendar: SiteCalendar,
): boolean {
  if (windows.length === 0) return true;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timezone);
  const minute = local.hour * 60 + local.minute;
  const today = dayKindOf(local.toPlainDate(), calendar);
  const yesterday = dayKindOf(local.toPlainDate().subtract({ days: 1 }), calendar);
  return windows.some(({ days, from, until }) => {
    const [opens, closes] = [minuteOf(from), minuteOf(until)];
    if (opens < closes) return days.includes(today) && minute >= opens && minute < closes;
    return (
      (days.includes(today) && minute >= opens) || (days.includes(yesterday) && minute < closes)
    );
  });
}

function dayKindOf(date: Temporal.PlainDate, { holidays }: SiteCalendar): DayKind {
  if (holidays.includes(date.toString())) return "holiday";
  return dayKinds[date.dayOfWeek - 1] ?? "holiday";
}

function minuteOf(text: string): number {
  const [hour = "", minute = ""] = text.split(":");
  return Number(hour) * 60 + Number(minute);
}
