import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { Book, Tx } from "../../store/book.ts";
import type { Counters } from "../counters.ts";

export interface TrackingWritesDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
}

/** What happened is durable at most this late, in one transaction for all cameras. */
const flushEvery = milliseconds(500);
/** After a full disk. */
const retryAfter = seconds(5);
/** So many rows go in one transaction; a gate waits no longer than that takes. */
const flushLimit = 1000;
/** Rows that wait for room; above it the oldest is lost and counted. */
const waitingMost = 20_000;

/**
 * What cameras saw, on its way into the book: written in groups, in order. Money and gates come first: it never
 * takes the room that is kept for them.
 */
export class TrackingWrites {
  readonly #deps: TrackingWritesDeps;
  #waiting: ((tx: Tx) => void)[] = [];
  #cancel: (() => void) | undefined;
  #isFull = false;

  constructor(deps: TrackingWritesDeps) {
    this.#deps = deps;
  }

  /** The disk had no room at the last try. */
  get isFull(): boolean {
    return this.#isFull;
  }

  add(write: (tx: Tx) => void): void {
    this.#waiting.push(write);
    if (this.#waiting.length > waitingMost) {
      this.#waiting.shift();
      this.#deps.counters.count("facts_lost_total", { route: "tracking" });
    }
    this.#plan(flushEvery);
  }

  /** Writes what waits now, as far as one transaction reaches. */
  flush(): void {
    const group = this.#waiting.slice(0, flushLimit);
    if (group.length === 0) return;
    const { book, counters, log } = this.#deps;
    this.#cancel?.();
    this.#cancel = undefined;
    try {
      book.write((tx) => {
        for (const write of group) write(tx);
      }, "plain");
      this.#waiting = this.#waiting.slice(group.length);
      this.#isFull = false;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route: "tracking" });
      if (!this.#isFull) log.error("not-written", { route: "tracking", error: error.message });
      this.#isFull = true;
    }
    if (this.#waiting.length > 0) this.#plan(this.#isFull ? retryAfter : flushEvery);
  }

  /** Writes what waits, whole, as far as there is room. */
  stop(): void {
    this.#isFull = false;
    while (this.#waiting.length > 0 && !this.#isFull) this.flush();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #plan(delay: Duration): void {
    this.#cancel ??= this.#deps.clock.after(delay, () => {
      this.#cancel = undefined;
      this.flush();
    });
  }
}
