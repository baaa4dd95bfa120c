import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { earlier, hours, type Instant, isoOf, minutes } from "@gatehouse/shared/time";
import type { Book, Tx } from "../store/book.ts";
import { findOpenAlert } from "../store/alerts.ts";
import { readCursor, saveNote } from "../store/notes.ts";
import { dropObservationsBefore } from "../store/observations.ts";
import { dropReadsBefore } from "../store/passages.ts";
import { listInside } from "../store/sessions.ts";
import { staysDuring } from "../store/stays.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import type { PaymentFlow } from "./payment.ts";
import { assumeClosed } from "./sessions.ts";
import type { SteadyTime } from "./steady-time.ts";

export interface UpkeepDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  readonly payment: PaymentFlow;
  readonly spaces: readonly SpaceSpec[];
  readonly observationsDays: number;
}

const every = minutes(1);
const hour = hours(1);
/** After a long silence no more than this many hours are rolled up at once. */
const hourLimit = 48;
/** A session whose entry was only assumed and that nothing has shown since is closed as assumed. */
const assumedEntryFor = hours(48);

/** What must happen now and then: hourly roll-ups, open charges, assumed ends, pruning. */
export class Upkeep implements Part {
  readonly name = "upkeep";
  readonly #deps: UpkeepDeps;
  #cancel: () => void = () => {};
  #stopped = true;

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#plan();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
  }

  #plan(): void {
    if (this.#stopped) return;
    this.#cancel = this.#deps.clock.after(every, () => void this.#round());
  }

  async #round(): Promise<void> {
    const { payment, log } = this.#deps;
    try {
      this.#tidy();
      await payment.resolveAll();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.warn("upkeep", { error: error.message });
    }
    this.#plan();
  }

  #tidy(): void {
    const { book, clock, random, observationsDays } = this.#deps;
    const now = clock.now();
    const roomy = book.takeBallast();
    book.write((tx) => {
      if (roomy) clearAlert(tx, now, "disk-full", "book");
      else
        raiseAlert(tx, random, now, { type: "disk-full", subject: "book", severity: "critical" });
      this.#rollUp(tx, now);
      this.#endAssumed(tx, now);
      dropObservationsBefore(tx, earlier(now, hours(24 * observationsDays)));
      dropReadsBefore(tx, earlier(now, hours(24 * observationsDays)));
    });
  }

  /** One ledger line for each full hour since the last: seconds occupied by space and zone. */
  #rollUp(tx: Tx, now: Instant): void {
    const current = Math.floor(now / hour) * hour;
    const done = readCursor(tx, "rolled-up");
    if (done === 0) return saveNote(tx, "rolled-up", current);
    const from = Math.max(done, current - hourLimit * hour);
    for (let start = from; start < current; start += hour) this.#rollUpHour(tx, start, now);
    if (current > done) saveNote(tx, "rolled-up", current);
  }

  #rollUpHour(tx: Tx, start: number, now: Instant): void {
    const spaces: Record<string, number> = {};
    for (const stay of staysDuring(tx, start, start + hour)) {
      const occupied =
        Math.min(stay.exitTime ?? now, start + hour) - Math.max(stay.entryTime, start);
      if (occupied > 0)
        spaces[stay.spaceId] = (spaces[stay.spaceId] ?? 0) + Math.round(occupied / 1000);
    }
    const zones: Record<string, { spaces: number; occupied_s: number }> = {};
    for (const { zoneId, spaceId } of this.#deps.spaces) {
      const zone = (zones[zoneId] ??= { spaces: 0, occupied_s: 0 });
      zone.spaces++;
      zone.occupied_s += spaces[spaceId] ?? 0;
    }
    tx.append(now, {
      type: "occupancy-hour",
      body: { hour: isoOf(start as Instant), zones, spaces },
    });
  }

  /** Ends sessions whose exit was commanded before a restart and never seen, once their grace is over. */
  #endAssumed(tx: Tx, now: Instant): void {
    const { steady } = this.#deps;
    for (const session of listInside(tx)) {
      const unseenExit = findOpenAlert(tx, "exit-unconfirmed", session.sessionId) !== undefined;
      const graceOver = (session.graceUntilSteady ?? session.entrySteady) < steady.now();
      const assumed =
        session.sessionMetadata["assumed"] === true &&
        steady.now() - session.entrySteady > assumedEntryFor;
      if (!(unseenExit && graceOver && session.status !== "exiting") && !assumed) continue;
      if (session.status === "exiting") continue;
      assumeClosed(tx, this.#deps, session.entryLane, session, now);
      clearAlert(tx, now, "exit-unconfirmed", session.sessionId);
    }
  }
}
