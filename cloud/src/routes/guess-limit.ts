import type { Clock } from "@gatehouse/shared/ports/clock";
import { minutes } from "@gatehouse/shared/time";

/** So many wrong tokens within `within` from one address, then it waits. */
const triesMax = 10;
const within = minutes(1);
/** Addresses remembered at once; the one that tried longest ago is forgotten first. */
const addressesMax = 10_000;

interface Tries {
  readonly count: number;
  /** On the clock's monotonic time. */
  readonly since: number;
}

/** Slows guessing down. A try counts from the moment it begins, so guesses sent side by side gain nothing. */
export class GuessLimit {
  readonly #clock: Clock;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a try. @returns whether it is allowed */
  begin(address: string): boolean {
    const now = this.#clock.monotonic();
    const known = this.#tries.get(address);
    const current =
      known !== undefined && now - known.since < within ? known : { count: 0, since: now };
    this.#tries.delete(address);
    this.#tries.set(address, { ...current, count: current.count + 1 });
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > addressesMax && oldest !== undefined) this.#tries.delete(oldest);
    return current.count < triesMax;
  }

  forgive(address: string): void {
    this.#tries.delete(address);
  }
}

/** What `Retry-After` says, in seconds. */
export const guessPauseS = within / 1000;
