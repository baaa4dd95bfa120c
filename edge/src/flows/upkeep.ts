import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import {
  type Duration,
  earlier,
  hours,
  type Instant,
  isoOf,
  minutes,
  seconds,
} from "@gatehouse/shared/time";
import { subjectsOfOpen } from "../store/alerts.ts";
import type { Book, Tx } from "../store/book.ts";
import { dropTransitionsBefore } from "../store/lanes.ts";
import { dropObservationsBefore } from "../store/observations.ts";
import { dropReadsBefore } from "../store/passages.ts";
import { dropSessionReadsBefore } from "../store/plates.ts";
import { findSession, listUnproven } from "../store/sessions.ts";
import { dropSpotCountsBefore } from "../store/spot-counts.ts";
import { dropTrackingBefore } from "../store/tracking.ts";
import { dropVehicleCountsBefore } from "../store/vehicle-counts.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import { lookAtGate } from "./gate-watch.ts";
import type { LaneFlow } from "./lane.ts";
import type { PaymentFlow } from "./money/payment.ts";
import { rollUp } from "./roll-up.ts";
import { assumeClosed } from "./session-end.ts";
import { cancelSession, isInside } from "./sessions.ts";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { SteadyTime } from "./steady-time.ts";

export interface UpkeepDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  readonly calendar: SiteCalendar;
  readonly currency: string;
  readonly payment: PaymentFlow;
  /** What money needs now and then. */
  readonly money: () => Promise<void>;
  /** A look at what breaks the facility's rules. */
  readonly violations: () => Promise<void>;
  readonly lanes: readonly LaneFlow[];
  readonly spaces: readonly SpaceSpec[];
  readonly observationsDays: number;
  /** What cameras follow is kept so long; its sums by hour and day longer. */
  readonly trackingDays: number;
}

const every = minutes(1);
/** When there was more to drop than one round may. */
const soon = seconds(1);
/** So many old rows go in one transaction; a gate waits no longer than that takes. */
const dropLimit = 2000;
/** Sums of what cameras saw are small; a year can be compared with the one before. */
const sumsDays = 400;
/** A session whose entry was only assumed and that nothing has shown since is closed as assumed. */
const assumedEntryFor = hours(48);
/** A session that was admitted and has never been seen passing is given up. */
const pendingFor = hours(1);

/** What must happen now and then: a look at the gates, hourly roll-ups, open charges, assumed ends, pruning. */
export class Upkeep implements Part {
  readonly name = "upkeep";
  readonly #deps: UpkeepDeps;
  #cancel: () => void = () => {};
  #stopped = true;
  #isAsking = false;

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#plan(every);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
  }

  #plan(delay: Duration): void {
    if (this.#stopped) return;
    this.#cancel = this.#deps.clock.after(delay, () => this.#round());
  }

  #round(): void {
    let hasMore = false;
    try {
      this.#tidy();
      for (const lane of this.#deps.lanes) lookAtGate(lane);
      hasMore = this.#prune();
    } catch (error) {
      this.#warn(error);
    }
    void this.#askAround();
    this.#plan(hasMore ? soon : every);
  }

  /** Terminals and gateways may be slow: the next look at the gates does not wait for them, and they are asked once. */
  async #askAround(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { payment, money, violations } = this.#deps;
    for (const ask of [() => payment.resolveAll(), money, violations]) {
      try {
        await ask();
      } catch (error) {
        this.#warn(error);
      }
      if (this.#stopped) break;
    }
    this.#isAsking = false;
  }

  #warn(error: unknown): void {
    if (!(error instanceof Fault)) throw error;
    this.#deps.log.warn("upkeep", { error: error.message });
  }

  #tidy(): void {
    const { book, clock, random, spaces } = this.#deps;
    const now = clock.now();
    const isRoomy = book.takeBallast();
    const about = { type: "disk-full", subject: "book" };
    // The alarm about the disk first, and alone: it must find room where the rest does not.
    book.write((tx) => {
      if (isRoomy) clearAlert(tx, now, about.type, about.subject);
      else raiseAlert(tx, random, now, { ...about, severity: "critical" });
    });
    book.write((tx) => {
      rollUp(tx, spaces, now);
      this.#endUnseenEntries(tx, now);
      this.#endUnseenExits(tx, now);
    }, "plain");
  }

  /** @returns whether there is more to drop */
  #prune(): boolean {
    const { book, clock, observationsDays, trackingDays } = this.#deps;
    const daysAgo = (days: number): Instant => earlier(clock.now(), hours(24 * days));
    const before = daysAgo(observationsDays);
    const sums = { before: daysAgo(sumsDays), beforeDay: isoOf(daysAgo(sumsDays)).slice(0, 10) };
    return book.write((tx) => {
      const hasMoreTracking = dropTrackingBefore(tx, daysAgo(trackingDays), sums, dropLimit);
      const observations = dropObservationsBefore(tx, before, dropLimit);
      const reads = dropReadsBefore(tx, before, dropLimit);
      const bound = dropSessionReadsBefore(tx, before, dropLimit);
      const counts = dropSpotCountsBefore(tx, sums.before, dropLimit);
      const vehicles = dropVehicleCountsBefore(tx, before, dropLimit);
      const transitions = dropTransitionsBefore(tx, before, dropLimit);
      const dropped = [observations, reads, bound, counts, vehicles, transitions];
      return hasMoreTracking || dropped.includes(dropLimit);
    }, "plain");
  }

  /** Entries that nobody saw and nothing has shown since. */
  #endUnseenEntries(tx: Tx, now: Instant): void {
    const { steady } = this.#deps;
    for (const session of listUnproven(tx)) {
      const age = steady.now() - session.entrySteady;
      if (session.status === "pending") {
        if (age > pendingFor) cancelSession(tx, this.#deps, session, now, "never-passed");
      } else if (session.status !== "exiting" && age > assumedEntryFor) {
        assumeClosed(tx, this.#deps, session.entryLane, session, now);
      }
    }
  }

  /** Exits that were commanded before a restart and never seen, once their grace is over. */
  #endUnseenExits(tx: Tx, now: Instant): void {
    for (const sessionId of subjectsOfOpen(tx, "exit-unconfirmed")) {
      const session = findSession(tx, sessionId);
      const isStillHere = session !== undefined && isInside(session);
      if (isStillHere) {
        const graceUntil = session.graceUntilSteady ?? session.entrySteady;
        if (session.status === "exiting" || graceUntil >= this.#deps.steady.now()) continue;
        // It has shown itself again, and may be paying just now.
        if (this.#deps.lanes.some(({ standing }) => standing?.sessionId === sessionId)) continue;
        assumeClosed(tx, this.#deps, session.entryLane, session, now);
      }
      clearAlert(tx, now, "exit-unconfirmed", sessionId);
    }
  }
}
