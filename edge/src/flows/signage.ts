import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";
import { type EntryFlow, freeSign } from "./entry.ts";

/** Free counts change often; a display is told at most this often. */
const atMostEvery = seconds(1);

/** Keeps the free count on the displays of entry lanes where no vehicle is being served. */
export class Signage implements Part {
  readonly name = "signage";
  readonly #clock: Clock;
  readonly #entries: readonly EntryFlow[];
  readonly #free: () => number;
  #shown: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, entries: readonly EntryFlow[], free: () => number) {
    this.#clock = clock;
    this.#entries = entries;
    this.#free = free;
  }

  async start(): Promise<void> {
    this.changed();
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Something that the free count depends on has changed. */
  changed(): void {
    this.#cancel ??= this.#clock.after(atMostEvery, () => {
      this.#cancel = undefined;
      this.#show();
    });
  }

  #show(): void {
    const free = Math.max(0, this.#free());
    if (free === this.#shown) return;
    this.#shown = free;
    for (const entry of this.#entries) {
      if (entry.lane.state.phase !== "idle") continue;
      entry.lane.show(freeSign(free));
    }
  }
}
