import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { Book, Tx } from "../store/book.ts";
import type { Counters } from "./counters.ts";

export interface UnwrittenFactsDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
  /** Whose facts these are, for the log. */
  readonly route: string;
}

/** The next try after a full disk. */
const retryAfter = seconds(5);
/** What nobody waits for is written with the next fact, or after this. */
const soonAfter = milliseconds(250);
/** A full disk admits no vehicle, so few facts wait; above this the oldest is lost, counted and logged. */
const waitingLimit = 1000;

/**
 * Facts on their way into the book, in order. What the world has done cannot be refused: when the disk is full
 * they wait in memory and are written with the next that find room.
 */
export class UnwrittenFacts {
  readonly #deps: UnwrittenFactsDeps;
  readonly #waiting: ((tx: Tx) => void)[] = [];
  #cancelRetry: (() => void) | undefined;
  #cancelSoon: (() => void) | undefined;
  #isUrgent = false;

  constructor(deps: UnwrittenFactsDeps) {
    this.#deps = deps;
  }

  add(write: (tx: Tx) => void): void {
    this.#isUrgent = true;
    this.#keep(write);
  }

  /** For what no gate and no money rests on: it shares the next transaction, and asks for its own a little later. */
  addSoon(write: (tx: Tx) => void): void {
    this.#keep(write);
    this.#cancelSoon ??= this.#deps.clock.after(soonAfter, () => {
      this.#cancelSoon = undefined;
      this.#isUrgent = true;
      this.flush();
    });
  }

  #keep(write: (tx: Tx) => void): void {
    this.#waiting.push(write);
    if (this.#waiting.length <= waitingLimit) return;
    const { log, counters, route } = this.#deps;
    this.#waiting.shift();
    counters.count("facts_lost_total", { route });
    log.error("fact-lost", { route });
  }

  /** Writes everything that waits, in one transaction, when something waits that must not. */
  flush(): void {
    if (this.#waiting.length === 0 || !this.#isUrgent) return;
    const { book, clock, log, counters, route } = this.#deps;
    try {
      book.write((tx) => this.drain(tx));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route });
      log.error("not-written", { route, waiting: this.#waiting.length, error: error.message });
      this.#cancelRetry ??= clock.after(retryAfter, () => {
        this.#cancelRetry = undefined;
        this.flush();
      });
    }
  }

  /** Writes everything that waits into a transaction that is about something else: the order stays. */
  drain(tx: Tx): void {
    const writes = [...this.#waiting];
    for (const write of writes) write(tx);
    tx.afterCommit(() => {
      this.#waiting.splice(0, writes.length);
      this.#isUrgent = this.#waiting.length > 0 && this.#isUrgent;
    });
  }

  /** Writes what waits, and gives up what finds no room. */
  stop(): void {
    this.#isUrgent = true;
    this.flush();
    this.#cancelRetry?.();
    this.#cancelSoon?.();
    this.#cancelRetry = undefined;
    this.#cancelSoon = undefined;
  }
}
