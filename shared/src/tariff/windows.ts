import { daysIn, minuteOf, weekdays } from "../contracts/tariff-values.ts";
import type { When } from "../contracts/tariff-rates.ts";
import type { Instant } from "../time.ts";
import type { SiteCalendar } from "../site-calendar.ts";
import { localClock, type LocalClock } from "../local-clock.ts";

export const dayMs = 86_400_000;

/** A window as numbers. */
export interface Window {
  /** Milliseconds since midnight; both or neither. */
  readonly from: number | undefined;
  readonly until: number | undefined;
  /** Bits of `weekdays`, then holiday and the day before one; undefined: every day. */
  readonly days: number | undefined;
  readonly seasons: readonly Season[] | undefined;
}

/** Days since 1970-01-01, or month × 100 + day of every year; both ends included. */
interface Season {
  readonly everyYear: boolean;
  readonly from: number;
  readonly until: number;
}

const holidayBit = 1 << weekdays.length;
const dayBeforeBit = holidayBit << 1;

/** The window of a tariff's words; worked out once. */
export function compileWindow(when: When): Window {
  let window = compiled.get(when);
  if (window === undefined) compiled.set(when, (window = compile(when)));
  return window;
}

const compiled = new WeakMap<When, Window>();

function compile({ days, from, until, dates }: When): Window {
  return {
    from: from === undefined ? undefined : minuteOf(from) * 60_000,
    until: until === undefined ? undefined : minuteOf(until) * 60_000,
    days: days?.flatMap(daysIn).reduce((bits, day) => bits | bitOf(day), 0),
    seasons: dates?.map((season) => ({
      everyYear: season.from.length === 5,
      from: seasonDay(season.from),
      until: seasonDay(season.until),
    })),
  };
}

function bitOf(day: string): number {
  if (day === "holiday") return holidayBit;
  if (day === "day_before_holiday") return dayBeforeBit;
  return 1 << weekdays.indexOf(day as (typeof weekdays)[number]);
}

const seasonDay = (text: string): number =>
  text.length === 5
    ? Number(text.slice(0, 2)) * 100 + Number(text.slice(3))
    : Date.parse(`${text}T00:00:00Z`) / dayMs;

/** The times of day at which a window may open or close. */
export function edgesOf({ from, until, days, seasons }: Window): number[] {
  const edges = from === undefined || until === undefined ? [] : [from, until % dayMs];
  return days === undefined && seasons === undefined ? edges : [0, ...edges];
}

/** A moment on the wall clock. */
export interface LocalMoment {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Milliseconds since midnight, as the clock shows them. */
  readonly ms: number;
}

/** How a facility counts its days, with the holidays of a tariff. */
export class Site {
  readonly #clock: LocalClock;
  readonly #holidays: ReadonlySet<number>;

  constructor({ timezone, holidays }: SiteCalendar, more: readonly string[] = []) {
    this.#clock = localClock(timezone);
    this.#holidays = new Set([...holidays, ...more].map(seasonDay));
  }

  momentOf(at: Instant): LocalMoment {
    const local = at + this.#clock.at(at).offset;
    const day = Math.floor(local / dayMs);
    return { day, ms: local - day * dayMs };
  }

  /**
   * Which occurrence of a window a moment lies in: the day on which it began, or 0 of a window that does not begin
   * and end by the clock.
   *
   * @returns undefined outside of it
   */
  occurrence(window: Window, { day, ms }: LocalMoment): number | undefined {
    const { from, until } = window;
    if (from === undefined || until === undefined) {
      if (!this.#isOn(window, day)) return undefined;
      return window.days === undefined ? 0 : day;
    }
    if (from < until) return ms >= from && ms < until && this.#isOn(window, day) ? day : undefined;
    if (ms >= from) return this.#isOn(window, day) ? day : undefined;
    return ms < until && this.#isOn(window, day - 1) ? day - 1 : undefined;
  }

  /** The first moment after `at` at which the wall clock shows one of the times, or may jump. */
  nextEdge(at: Instant, edges: readonly number[]): Instant {
    if (edges.length === 0) return Number.POSITIVE_INFINITY as Instant;
    const { offset, until } = this.#clock.at(at);
    const local = at + offset;
    const ms = local - Math.floor(local / dayMs) * dayMs;
    const next = edges.find((edge) => edge > ms) ?? (edges[0] ?? 0) + dayMs;
    return Math.min(at + next - ms, until) as Instant;
  }

  /** The last moment, this one included, at which the clock showed a time of day. */
  lastTime(at: Instant, ms: number): Instant {
    const { day, ms: now } = this.momentOf(at);
    const midnight = (now >= ms ? day : day - 1) * dayMs;
    const wanted = midnight + ms;
    const guess = (wanted - this.#clock.at(at).offset) as Instant;
    const exact = (wanted - this.#clock.at(guess).offset) as Instant;
    return Math.min(exact, at) as Instant;
  }

  #isOn({ days, seasons }: Window, day: number): boolean {
    if (days !== undefined && (days & this.#kindsOf(day)) === 0) return false;
    return seasons === undefined || seasons.some((season) => isInSeason(season, day));
  }

  #kindsOf(day: number): number {
    const weekday = 1 << ((((day + 3) % 7) + 7) % 7);
    const own = this.#holidays.has(day) ? holidayBit : weekday;
    return this.#holidays.has(day + 1) ? own | dayBeforeBit : own;
  }
}

function isInSeason({ everyYear, from, until }: Season, day: number): boolean {
  const date = new Date(day * dayMs);
  const at = everyYear ? (date.getUTCMonth() + 1) * 100 + date.getUTCDate() : day;
  return from <= until ? at >= from && at <= until : at >= from || at <= until;
}
