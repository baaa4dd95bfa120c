import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";

/** Holds a barrier open that closes by itself and whose OPEN cannot be latched: it is told again before it would. */
export class RepeatedOpening {
  readonly #clock: Clock;
  readonly #every: Duration;
  readonly #open: () => Promise<unknown>;
  #cancel: (() => void) | undefined;

  /** @param open tells the barrier once more; a Fault of it is left to the next time */
  constructor(clock: Clock, every: Duration, open: () => Promise<unknown>) {
    this.#clock = clock;
    this.#every = every;
    this.#open = open;
  }

  get isOn(): boolean {
    return this.#cancel !== undefined;
  }

  /** The first repeat comes after one interval. */
  begin(): void {
    if (this.isOn) return;
    this.#cancel = this.#clock.after(this.#every, () => void this.#again());
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #again(): Promise<void> {
    this.#cancel = this.#clock.after(this.#every, () => void this.#again());
    await this.#open().catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
    });
  }
}
