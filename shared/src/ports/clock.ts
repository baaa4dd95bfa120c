import type { Duration, Instant } from "../time.ts";

/**
 * The only source of time. `now` is wall time and may step; `monotonic` never does.
 * A paced clock runs all four at the same rate, so travel, dwell and prices keep their numbers.
 */
export interface Clock {
  /** Wall time, UTC. */
  now(): Instant;
  /** Time since the machine started (`bootId` names that start); it survives a restart of the process. */
  monotonic(): Duration;
  readonly bootId: string;
  /** Calls `action` once after `delay` of monotonic time; the returned function cancels it. */
  after(delay: Duration, action: () => void): () => void;
  /** Resolves after `delay` of monotonic time. */
  sleep(delay: Duration): Promise<void>;
}

/** Real elapsed time, for measuring ourselves: never paced, never used for a decision. */
export interface Stopwatch {
  /** Milliseconds with fractions, from an arbitrary start. */
  read(): number;
}
