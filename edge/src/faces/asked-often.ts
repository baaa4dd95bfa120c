import type { Clock } from "@gatehouse/shared/ports/clock";
import { minutes } from "@gatehouse/shared/time";

const window = minutes(1);
/** Whoever asks is remembered up to this many at once; the one who has asked least lately is forgotten first. */
const keysMax = 10_000;

export interface AskedOftenOptions {
  readonly clock: Clock;
  /** Virtual seconds a real second. */
  readonly rate: number;
  /** What one may ask in a real minute. */
  readonly most: number;
}

/** Keeps one merchant, place or person from asking without end. */
export class AskedOften {
  readonly #asks = new Map<string, readonly number[]>();
  readonly #options: AskedOftenOptions;

  constructor(options: AskedOftenOptions) {
    this.#options = options;
  }

  /** @returns whether this one may be asked for; refused ones count too, so that pressing on gains nothing */
  admit(key: string): boolean {
    const { clock, rate, most } = this.#options;
    const now = clock.monotonic();
    const recent = (this.#asks.get(key) ?? []).filter((at) => now - at < window * rate);
    this.#asks.delete(key);
    this.#asks.set(key, [...recent, now].slice(-most));
    const [oldest] = this.#asks.keys();
    if (this.#asks.size > keysMax && oldest !== undefined) this.#asks.delete(oldest);
    return recent.length < most;
  }
}
