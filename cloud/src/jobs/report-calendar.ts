import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, minutes } from "@gatehouse/shared/time";
import { codeOf, type Database } from "../store/database.ts";
import { makeDueReports } from "../store/reports/due.ts";

const first = minutes(2);
const every = minutes(60);

export interface CalendarPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Every hour: the reports of the calendar, and the metrics of each facility; of several processes one does it. */
export class ReportCalendar implements Part {
  readonly name = "report-calendar";
  readonly #ports: CalendarPorts;
  #cancel: () => void = () => {};
  #round: Promise<void> = Promise.resolve();
  #isStopped = true;

  constructor(ports: CalendarPorts) {
    this.#ports = ports;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    this.#plan(first);
  }

  /** Waits for a round that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#round;
  }

  #plan(delay: Duration): void {
    if (this.#isStopped) return;
    this.#cancel = this.#ports.clock.after(delay, () => {
      this.#round = this.#make();
    });
  }

  async #make(): Promise<void> {
    const { database, clock, random, log } = this.#ports;
    try {
      const made = await makeDueReports(database, clock.now(), () => random.id());
      if (made !== undefined && made > 0) log.info("reports-made", { count: made });
    } catch (error) {
      // The database is away, or one report breaks: the next round tries again.
      log.warn("reports-not-made", { code: codeOf(error) });
    }
    this.#plan(every);
  }
}
