import type { Clock } from "@gatehouse/shared/ports/clock";
import { hours, milliseconds, minutes, seconds, type Duration } from "@gatehouse/shared/time";

const firstWait = seconds(10);
const longestWait = minutes(15);
const forgottenAfter = hours(1);
/** Names or addresses remembered at once; the one tried longest ago is forgotten first. */
const keysMax = 10_000;

interface Tries {
  failures: number;
  /** On the clock's monotonic time. */
  blockedUntil: number;
  lastAt: number;
}

/**
 * Slows guessing down: after some free failures each further one doubles the wait, up to 15 minutes.
 *
 * A try counts as failed from the moment it begins, so guesses sent side by side gain nothing.
 * Waits are real time: on a paced clock they are stretched by its rate.
 */
export class Lockout {
  readonly #tries = new Map<string, Tries>();
  readonly #clock: Clock;
  readonly #rate: number;
  readonly #freeFailures: number;

  constructor(options: { clock: Clock; rate: number; freeFailures: number }) {
    this.#clock = options.clock;
    this.#rate = options.rate;
    this.#freeFailures = options.freeFailures;
  }

  /** @returns how long this key must wait, in real time; 0 when a try is allowed */
  wait(key: string): Duration {
    const tries = this.#tries.get(key);
    const left = (tries?.blockedUntil ?? 0) - this.#clock.monotonic();
    return milliseconds(Math.max(0, left) / this.#rate);
  }

  /** Counts a try as failed until `forgive`. */
  begin(key: string): void {
    const now = this.#clock.monotonic();
    const known = this.#tries.get(key);
    const isForgotten = known !== undefined && now - known.lastAt > forgottenAfter * this.#rate;
    const failures = (known === undefined || isForgotten ? 0 : known.failures) + 1;
    const wait = this.#waitAfter(failures) * this.#rate;
    this.#tries.delete(key);
    this.#tries.set(key, { failures, blockedUntil: now + wait, lastAt: now });
    this.#forgetOldest();
  }

  forgive(key: string): void {
    this.#tries.delete(key);
  }

  #waitAfter(failures: number): number {
    if (failures <= this.#freeFailures) return 0;
    return Math.min(longestWait, firstWait * 2 ** (failures - this.#freeFailures - 1));
  }

  #forgetOldest(): void {
    if (this.#tries.size <= keysMax) return;
    const [oldest] = this.#tries.keys();
    if (oldest !== undefined) this.#tries.delete(oldest);
  }
}
