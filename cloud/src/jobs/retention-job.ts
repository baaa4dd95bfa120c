import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, minutes } from "@gatehouse/shared/time";
import type { OfficeKey } from "../domain/people/office-key.ts";
import { codeOf, type Database } from "../store/database.ts";
import { ArchiveFolder } from "../store/retention/archive-folder.ts";
import { retentionRound } from "../store/retention/round.ts";

const first = minutes(11);
const every = minutes(6 * 60);

export interface RetentionJobPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly key: OfficeKey;
  readonly log: Log;
  readonly archiveFolder?: string | undefined;
}

/** Every six hours: what is past its term goes into files, loses its plate or is deleted; of several processes one does it. */
export class RetentionJob implements Part {
  readonly name = "retention";
  readonly #ports: RetentionJobPorts;
  #cancel: () => void = () => {};
  #round: Promise<void> = Promise.resolve();
  #isStopped = true;

  constructor(ports: RetentionJobPorts) {
    this.#ports = ports;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    this.#plan(first);
  }

  /** Waits for the step that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#round;
  }

  #plan(delay: Duration): void {
    if (this.#isStopped) return;
    this.#cancel = this.#ports.clock.after(delay, () => {
      this.#round = this.#go();
    });
  }

  async #go(): Promise<void> {
    const { database, clock, key, log, archiveFolder } = this.#ports;
    try {
      const rows = await retentionRound({
        database,
        key,
        folder: archiveFolder === undefined ? undefined : new ArchiveFolder(archiveFolder),
        now: clock.now(),
        isOver: () => this.#isStopped,
      });
      if (rows !== undefined && rows > 0) log.info("retention-gone-through", { rows });
    } catch (error) {
      // The database is away: the next round tries again.
      log.warn("retention-not-gone-through", { code: codeOf(error) });
    }
    this.#plan(every);
  }
}
