import { check } from "@gatehouse/shared/check";
import { defaultTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import { mayHaveOpened } from "../domain/lane-rest.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  type Passage,
  findCommand,
  listUnanswered,
  listUnended,
  saveCommand,
  savePassage,
} from "../store/passages.ts";
import { keepTariff } from "../store/rights.ts";
import { findSession, listInside } from "../store/sessions.ts";
import { isOrphan } from "./admission.ts";
import { raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import { endedLine } from "./passage-facts.ts";
import { assumeClosed } from "./session-end.ts";
import { openSession, returnFromExit } from "./sessions.ts";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { SteadyTime } from "./steady-time.ts";

export interface RecoveryDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly steady: SteadyTime;
  readonly calendar: SiteCalendar;
  readonly version: string;
  readonly currency: string;
}

/**
 * Tidies what the last run left in the middle. No barrier command is ever sent again: what was asked and not
 * answered is unknown, what was opened and not seen passing is unconfirmed, and both are written down.
 */
export class Recovery implements Part {
  readonly name = "recovery";
  readonly #deps: RecoveryDeps;

  constructor(deps: RecoveryDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { book, clock, steady, version, log } = this.#deps;
    check(book.integrity() === "ok", "the book is whole");
    const now = clock.now();
    book.write((tx) => {
      keepTariff(tx, this.#firstTariff());
      tx.append(now, {
        type: "edge-started",
        body: { boot_id: clock.bootId, version, clock_suspect: steady.suspect },
      });
      this.#endCommands(tx, now);
      for (const passage of listUnended(tx)) this.#endPassage(tx, passage, now);
      this.#endExits(tx, now);
    });
    log.info("recovered", { written: book.written, epoch: book.epoch });
  }

  async stop(): Promise<void> {}

  #firstTariff(): Tariff {
    return { ...defaultTariff, currency: this.#deps.currency };
  }

  #endCommands(tx: Tx, now: Instant): void {
    for (const command of listUnanswered(tx)) {
      saveCommand(tx, { ...command, result: "unknown", evidence: "restart", answeredAt: now });
      tx.append(now, {
        type: "gate-answered",
        body: {
          command_id: command.commandId,
          lane_id: command.laneId,
          result: "unknown",
          evidence: "restart",
        },
      });
    }
  }

  #endPassage(tx: Tx, passage: Passage, now: Instant): void {
    const ended = { ...passage, outcome: passage.passedAt === null ? "unconfirmed" : "passed" };
    savePassage(tx, ended);
    tx.append(now, endedLine(ended));
    if (passage.passedAt !== null || passage.sessionId === null) return;
    const session = findSession(tx, passage.sessionId);
    if (session === undefined) return;
    const result = findCommand(tx, passage.commandId)?.result;
    if (!mayHaveOpened(passage.movedAt !== null, result === "asked" ? "unknown" : result)) return;
    // The vehicle may be inside: it keeps its session, and shows itself at an exit or at this lane again.
    if (session.status === "pending") openSession(tx, this.#deps, session, now, true);
    if (passage.direction !== "exit" || session.status !== "exiting" || isOrphan(session)) return;
    raiseAlert(tx, this.#deps.random, now, {
      type: "exit-unconfirmed",
      subject: session.sessionId,
      severity: "warning",
      details: { lane_id: passage.laneId },
    });
  }

  /** Sessions that were leaving are where they were before; if they did leave, upkeep closes them as assumed. */
  #endExits(tx: Tx, now: Instant): void {
    for (const session of listInside(tx)) {
      if (session.status !== "exiting") continue;
      if (!isOrphan(session)) returnFromExit(tx, session);
      else assumeClosed(tx, this.#deps, session.exitLane ?? session.entryLane, session, now);
    }
  }
}
