import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { minutes } from "@gatehouse/shared/time";
import type { OfficeKey } from "../domain/people/office-key.ts";
import { codeOf, type Database } from "../store/database.ts";
import { ArchiveFolder } from "../store/retention/archive-folder.ts";
import { retentionRound } from "../store/retention/round.ts";
import { Rounds } from "./rounds.ts";

export interface RetentionJobPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly key: OfficeKey;
  readonly log: Log;
  readonly archiveFolder?: string | undefined;
}

/**
 * Every six hours: what is past its term goes into files, loses its plate or is deleted; of several processes one does
 * it. A stop waits for the step that is under way, not for the whole round.
 */
export function retentionJob(ports: RetentionJobPorts): Rounds {
  const { database, clock, key, log, archiveFolder } = ports;
  const rounds: Rounds = new Rounds("retention", {
    clock,
    first: minutes(11),
    every: minutes(6 * 60),
    round: async () => {
      try {
        const rows = await retentionRound({
          database,
          key,
          folder: archiveFolder === undefined ? undefined : new ArchiveFolder(archiveFolder),
          now: clock.now(),
          isOver: () => rounds.isStopped,
        });
        if (rows !== undefined && rows > 0) log.info("retention-gone-through", { rows });
      } catch (error) {
        // The database is away: the next round tries again.
        log.warn("retention-not-gone-through", { code: codeOf(error) });
      }
    },
  });
  return rounds;
}
