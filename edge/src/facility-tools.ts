import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { Counters } from "./flows/counters.ts";
import type { SteadyTime } from "./flows/steady-time.ts";
import type { Book } from "./store/book.ts";

/** What every part of a facility is given. */
export interface FacilityTools {
  readonly book: Book;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  /** How the facility counts its days. */
  readonly calendar: SiteCalendar;
  /** ISO 4217; the whole facility has one. */
  readonly currency: string;
}
