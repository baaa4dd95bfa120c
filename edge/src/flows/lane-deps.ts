import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { Book, Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import type { LaneMoney } from "./money/lane-money.ts";
import type { Counters } from "./counters.ts";
import type { SteadyTime } from "./steady-time.ts";

/** What every lane's route needs. */
export interface LaneDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
  readonly steady: SteadyTime;
  /** How prices count the facility's days. */
  readonly calendar: SiteCalendar;
  readonly counters: Counters;
  /** ISO 4217; the whole facility has one. */
  readonly currency: string;
  /** Missing: nothing is paid but at the lane. */
  readonly money?: LaneMoney | undefined;
  readonly lane: LaneConfig;
  /** Which way the lane is used now; a reversible one is turned by people. */
  readonly direction: () => "entry" | "exit";
  /** Somebody has locked the lane, perhaps before the last restart. */
  readonly isLocked: () => boolean;
  readonly ports: LanePorts;
  /** Something to show has changed. */
  readonly changed: () => void;
}

/** What an entry or an exit makes of a passage. The calls with a `Tx` run in the transaction that writes the fact. */
export interface LaneOwner {
  passed(tx: Tx, passage: Passage, at: Instant): void;
  /** The passage ended and nobody was seen passing. */
  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void;
  /** After the commit: a vehicle stands before the gate that has not been decided about, or none stands there. */
  vehicle(present: boolean): void;
}
