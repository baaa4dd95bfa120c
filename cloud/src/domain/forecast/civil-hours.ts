import { localClock } from "@gatehouse/shared/local-clock";
import type { Instant } from "@gatehouse/shared/time";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const minuteMs = 60_000;

/** Hours of a week, Monday's first hour is 0. */
export const hoursOfWeek = 168;
/** Where Sunday begins among them. */
const sunday = 6 * 24;

/** An hour as clocks at the facility show it; the end of summer time has two of one name. */
export interface CivilHour {
  readonly start: Instant;
  /** The day there, as `2026-11-20`. */
  readonly day: string;
  /** Its place in the week, from 0 (Monday, midnight) to 167. */
  readonly slot: number;
}

/** The hour of civil time that begins at this moment. @param timezone an IANA zone */
export function civilHour(start: Instant, timezone: string): CivilHour {
  const local = start + localClock(timezone).at(start).offset;
  const days = Math.floor(local / dayMs);
  const hourOfDay = Math.floor((local - days * dayMs) / hourMs);
  // 1 January 1970 was a Thursday.
  const weekday = (((days + 3) % 7) + 7) % 7;
  const day = new Date(days * dayMs).toISOString().slice(0, 10);
  return { start, day, slot: weekday * 24 + hourOfDay };
}

/**
 * The hours that follow a moment, the one first in which it lies. A day has 23, 24 or 25 of them.
 *
 * @param count how many, at least 0
 */
export function hoursFrom(at: Instant, count: number, timezone: string): CivilHour[] {
  const hours: CivilHour[] = [];
  for (let start = hourStart(at, timezone); hours.length < count;) {
    hours.push(civilHour(start, timezone));
    // Where clocks are set by half an hour (Lord Howe) an hour of civil time may last half an hour longer.
    const next = hourStart((start + hourMs) as Instant, timezone);
    start = next > start ? next : hourStart((start + 1.5 * hourMs) as Instant, timezone);
  }
  return hours;
}

/** When the hour of civil time began in which a moment lies; in some zones at half past, seen from UTC. */
function hourStart(at: Instant, timezone: string): Instant {
  const { offset } = localClock(timezone).at(at);
  const local = Math.floor((at + offset) / minuteMs) * minuteMs;
  return (local - (((local % hourMs) + hourMs) % hourMs) - offset) as Instant;
}

/** The hour of the day of a place in the week, 0–23. */
export const hourOfDay = (slot: number): number => slot % 24;

/** The same hour on a Sunday: how a public holiday begins to be thought of. */
export const onSunday = (slot: number): number => sunday + hourOfDay(slot);
