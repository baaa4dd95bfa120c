import type { Clock } from "@gatehouse/shared/ports/clock";
import { minutes } from "@gatehouse/shared/time";

/** Hand openings of one operator in one real minute, at however many pages; a repeat of the same request is not another one. */
const openingsMax = 20;
const window = minutes(1);

/** Keeps one person from opening gates without end. */
export class HandOpenings {
  readonly #asked = new Map<string, { readonly requestId: string; readonly at: number }[]>();
  readonly #clock: Clock;
  readonly #rate: number;

  constructor(options: { clock: Clock; rate: number }) {
    this.#clock = options.clock;
    this.#rate = options.rate;
  }

  /** @returns whether this opening may be asked for */
  admit(operator: string, requestId: string): boolean {
    const now = this.#clock.monotonic();
    this.#forgetOld(now);
    const asked = this.#asked.get(operator) ?? [];
    if (asked.some((opening) => opening.requestId === requestId)) return true;
    if (asked.length >= openingsMax) return false;
    this.#asked.set(operator, [...asked, { requestId, at: now }]);
    return true;
  }

  #forgetOld(now: number): void {
    for (const [operator, asked] of this.#asked) {
      const recent = asked.filter(({ at }) => now - at < window * this.#rate);
      if (recent.length === 0) this.#asked.delete(operator);
      else this.#asked.set(operator, recent);
    }
  }
}
