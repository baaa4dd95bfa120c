import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";
import type { LaneTimer } from "../domain/lane-state.ts";

/** What a lane waits for: one wait of each kind at a time. */
export class LaneTimers {
  readonly #clock: Clock;
  readonly #over: (timer: LaneTimer) => void;
  readonly #cancels = new Map<LaneTimer, () => void>();

  /** @param over called when a wait has ended that was not cancelled */
  constructor(clock: Clock, over: (timer: LaneTimer) => void) {
    this.#clock = clock;
    this.#over = over;
  }

  /** Begins a wait; one of the same kind that is under way is forgotten. */
  begin(timer: LaneTimer, delay: Duration): void {
    this.cancel(timer);
    const cancel = this.#clock.after(delay, () => {
      this.#cancels.delete(timer);
      this.#over(timer);
    });
    this.#cancels.set(timer, cancel);
  }

  cancel(timer: LaneTimer): void {
    this.#cancels.get(timer)?.();
    this.#cancels.delete(timer);
  }

  cancelAll(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
