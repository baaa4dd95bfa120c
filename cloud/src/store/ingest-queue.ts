import type { FacilityStanding } from "./ingest-standing.ts";

/** Real time: a batch that has overtaken the one ahead of it waits so long for it. */
const patienceMs = 500;

/** A facility's batches under way in this process: written one after another. */
export class IngestQueue {
  /** How things stand once all of them are written, as far as one can tell beforehand. */
  expected: FacilityStanding | undefined;
  #last: Promise<void> = Promise.resolve();
  #writes = 0;
  readonly #waiting = new Set<() => void>();

  /** Does `work` when all that came before is done, however that went. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    const settled = (): void => {};
    this.#last = done.then(settled, settled);
    return done;
  }

  /** Something of the facility was written, here or by another process. */
  noteWrite(): void {
    this.#writes += 1;
    for (const wake of this.#waiting) wake();
  }

  /** Tries at once, and where that yields nothing with each write, for the last time when patience is over. */
  async patiently<T>(
    attempt: () => Promise<T | undefined>,
    lastAttempt: () => Promise<T>,
  ): Promise<T> {
    let writes = this.#writes;
    const first = await attempt();
    if (first !== undefined) return first;
    let isOver = false;
    let wake = (): void => {};
    const wakeUp = (): void => wake();
    this.#waiting.add(wakeUp);
    const timer = setTimeout(() => {
      isOver = true;
      wakeUp();
    }, patienceMs);
    try {
      for (;;) {
        if (this.#writes === writes && !isOver)
          await new Promise<void>((resolve) => (wake = resolve));
        if (isOver) return await lastAttempt();
        writes = this.#writes;
        const got = await attempt();
        if (got !== undefined) return got;
      }
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(wakeUp);
    }
  }
}
