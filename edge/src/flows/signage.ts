import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";
import { freeSign } from "./entry.ts";
import type { LaneRoute } from "./lane-route.ts";

/** Free counts change often; a display is told at most this often. */
const atMostEvery = seconds(1);

/** Keeps the free count on the displays of entry lanes where no vehicle is being served. */
export class Signage implements Part {
  readonly name = "signage";
  readonly #clock: Clock;
  readonly #lanes: readonly LaneRoute[];
  readonly #free: () => number;
  #shown: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, lanes: readonly LaneRoute[], free: () => number) {
    this.#clock = clock;
    this.#lanes = lanes;
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
    for (const { lane } of this.#lanes) {
      if (lane.state.phase !== "idle" || lane.deps.direction() !== "entry") continue;
      lane.show(freeSign(free));
    }
  }
}
