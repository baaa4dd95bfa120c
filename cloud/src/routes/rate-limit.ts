import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";

/** Addresses remembered at once; the one that asked longest ago is forgotten first. */
const addressesMax = 10_000;

interface Asked {
  readonly count: number;
  /** On the clock's monotonic time. */
  readonly since: number;
}

/** So many requests within a time from one address, then it waits. A request counts from the moment it begins. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #within: Duration;
  readonly #asked = new Map<string, Asked>();

  constructor(clock: Clock, max: number, within: Duration) {
    this.#clock = clock;
    this.#max = max;
    this.#within = within;
  }

  /** Counts a request. @returns whether it is allowed */
  begin(address: string): boolean {
    const now = this.#clock.monotonic();
    const known = this.#asked.get(address);
    const current =
      known !== undefined && now - known.since < this.#within ? known : { count: 0, since: now };
    this.#asked.delete(address);
    this.#asked.set(address, { ...current, count: current.count + 1 });
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > addressesMax && oldest !== undefined) this.#asked.delete(oldest);
    return current.count < this.#max;
  }

  /** Whether one more would be allowed; it is not counted. */
  allows(address: string): boolean {
    const known = this.#asked.get(address);
    const isOver = known === undefined || this.#clock.monotonic() - known.since >= this.#within;
    return isOver || known.count < this.#max;
  }

  /** How many more are allowed now, and in how many seconds the count begins anew. */
  standing(address: string): { readonly left: number; readonly resetS: number } {
    const known = this.#asked.get(address);
    const over = known === undefined ? 0 : this.#within - (this.#clock.monotonic() - known.since);
    const count = over > 0 && known !== undefined ? known.count : 0;
    return { left: Math.max(0, this.#max - count), resetS: Math.max(1, Math.ceil(over / 1000)) };
  }

  /** Whoever has shown that they may is not counted. */
  forgive(address: string): void {
    this.#asked.delete(address);
  }
}
