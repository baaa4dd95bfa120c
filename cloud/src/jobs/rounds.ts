import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration } from "@gatehouse/shared/time";

export interface RoundsPorts {
  readonly clock: Clock;
  /** Until the first round; left out: as long as between the others. */
  readonly first?: Duration;
  /** Between the end of a round and the next one. */
  readonly every: Duration;
  /** One round. What may break in it it catches itself: a job that throws ends the process, as any bug. */
  readonly round: () => Promise<void>;
}

/** Work that is done again and again, one round after the other, for as long as the part runs. */
export class Rounds implements Part {
  readonly name: string;
  readonly #ports: RoundsPorts;
  #cancel: () => void = () => {};
  #round: Promise<void> = Promise.resolve();
  #isStopped = true;

  constructor(name: string, ports: RoundsPorts) {
    this.name = name;
    this.#ports = ports;
  }

  /** Whether a round that is under way should end at its next step. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    this.#plan(this.#ports.first ?? this.#ports.every);
  }

  /** Waits for a round that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#round;
  }

  #plan(delay: Duration): void {
    if (this.#isStopped) return;
    const { clock, every, round } = this.#ports;
    this.#cancel = clock.after(delay, () => {
      this.#round = round().then(() => this.#plan(every));
    });
  }
}
