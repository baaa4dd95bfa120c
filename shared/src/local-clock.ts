import type { Instant } from "./time.ts";

const dayMs = 86_400_000;
/** About twenty years of days; more is forgotten and asked for again. */
const daysKept = 8000;

/** A stretch of time in which a zone keeps one offset from UTC; it ends no later than the day in UTC. */
export interface Offset {
  /** Local time minus UTC in milliseconds. */
  readonly offset: number;
  /** The next moment that may have another offset. */
  readonly until: Instant;
}

/** A day of UTC; one without a change of offset is twice the same. */
interface Day {
  readonly first: Offset;
  readonly second: Offset;
}

/**
 * The wall clock of an IANA zone as plain arithmetic. `Intl` is asked twice for each day and answers are kept, so
 * that what walks through a stay window by window stays fast.
 */
export class LocalClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #days = new Map<number, Day>();

  /** @throws RangeError for a zone that does not exist */
  constructor(timezone: string) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  at(instant: Instant): Offset {
    const { first, second } = this.#day(Math.floor(instant / dayMs));
    return first.until > instant ? first : second;
  }

  #day(day: number): Day {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const made = this.#lookUp(day * dayMs, (day + 1) * dayMs);
    if (this.#days.size >= daysKept) this.#days.clear();
    this.#days.set(day, made);
    return made;
  }

  /** At most one change in a day of UTC: no zone has ever had two. */
  #lookUp(start: number, end: number): Day {
    const [before, after] = [this.#offset(start), this.#offset(end)];
    const whole: Offset = { offset: before, until: end as Instant };
    if (before === after) return { first: whole, second: whole };
    let [low, high] = [start, end];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (this.#offset(middle) === before) low = middle;
      else high = middle;
    }
    return {
      first: { offset: before, until: high as Instant },
      second: { offset: after, until: end as Instant },
    };
  }

  #offset(at: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  }
}

/** The clock of a zone; made once. @throws RangeError for a zone that does not exist */
export function localClock(timezone: string): LocalClock {
  const known = clocks.get(timezone);
  if (known !== undefined) return known;
  const made = new LocalClock(timezone);
  clocks.set(timezone, made);
  return made;
}

/** As many as there are zones, and no more. */
const clocks = new Map<string, LocalClock>();
