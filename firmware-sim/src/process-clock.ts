import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration, Instant } from "@gatehouse/shared/time";

/** The clock of one run of a process on a machine: when the run is killed, nothing it waited for ever happens. */
export class ProcessClock implements Clock {
  readonly #machine: Clock;
  readonly #onThrow: ((error: unknown) => void) | undefined;
  readonly #cancels = new Set<() => void>();
  #alive = true;

  /** @param onThrow hears what a timer's action throws, as a supervisor does; missing: whoever moves time does */
  constructor(machine: Clock, onThrow?: (error: unknown) => void) {
    this.#machine = machine;
    this.#onThrow = onThrow;
  }

  get alive(): boolean {
    return this.#alive;
  }

  get bootId(): string {
    return this.#machine.bootId;
  }

  /** Timers that are set and not yet due. */
  get waiting(): number {
    return this.#cancels.size;
  }

  now(): Instant {
    return this.#machine.now();
  }

  monotonic(): Duration {
    return this.#machine.monotonic();
  }

  after(delay: Duration, action: () => void): () => void {
    if (!this.#alive) return () => {};
    const cancelTimer = this.#machine.after(delay, () => {
      this.#cancels.delete(cancel);
      this.#run(action);
    });
    const cancel = (): void => {
      this.#cancels.delete(cancel);
      cancelTimer();
    };
    this.#cancels.add(cancel);
    return cancel;
  }

  sleep(delay: Duration): Promise<void> {
    return new Promise((resolve) => void this.after(delay, resolve));
  }

  /** The answer to something this run asked for: it never comes once the run is dead. */
  answer<T>(asked: () => Promise<T>): Promise<T> {
    if (!this.#alive) return never();
    return asked().then(
      (value) => (this.#alive ? value : never<T>()),
      (error: unknown) => {
        if (this.#alive) throw error;
        return never<T>();
      },
    );
  }

  #run(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (this.#onThrow === undefined) throw error;
      this.#onThrow(error);
    }
  }

  /** Ends the run as `kill -9` does. */
  kill(): void {
    this.#alive = false;
    for (const cancel of this.#cancels) cancel();
  }
}

const never = <T>(): Promise<T> => new Promise<T>(() => {});
