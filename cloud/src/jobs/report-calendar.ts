import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { minutes } from "@gatehouse/shared/time";
import { codeOf, type Database } from "../store/database.ts";
import { makeDueReports } from "../store/reports/due.ts";
import { Rounds } from "./rounds.ts";

export interface CalendarPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Every hour: the reports of the calendar, and the metrics of each facility; of several processes one does it. */
export const reportCalendar = ({ database, clock, random, log }: CalendarPorts): Rounds =>
  new Rounds("report-calendar", {
    clock,
    first: minutes(2),
    every: minutes(60),
    round: async () => {
      try {
        const made = await makeDueReports(database, clock.now(), () => random.id());
        if (made !== undefined && made > 0) log.info("reports-made", { count: made });
      } catch (error) {
        // The database is away, or one report breaks: the next round tries again.
        log.warn("reports-not-made", { code: codeOf(error) });
      }
    },
  });
