import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { FreeSign } from "@gatehouse/shared/ports/sign";
import { seconds } from "@gatehouse/shared/time";
import { freeSign } from "./entry-words.ts";
import type { LaneRoute } from "./lane-route.ts";

/** Free counts change often; a display is told at most this often. */
const atMostEvery = seconds(1);

/** Keeps the free count on the displays of entry lanes where no vehicle is being served, and on those of zones. */
export class Signage implements Part {
  readonly name = "signage";
  readonly #clock: Clock;
  readonly #lanes: readonly LaneRoute[];
  readonly #free: () => number;
  readonly #zones: ZoneSigns;
  /** What the displays of zones show. */
  readonly #shownOf = new Map<FreeSign, number>();
  #shown: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(
    clock: Clock,
    lanes: readonly LaneRoute[],
    free: () => number,
    zones: ZoneSigns = noZones,
  ) {
    this.#clock = clock;
    this.#lanes = lanes;
    this.#free = free;
    this.#zones = zones;
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
    for (const each of this.#zones.signs) this.#showZone(each, free);
    if (free === this.#shown) return;
    this.#shown = free;
    for (const { lane } of this.#lanes) {
      if (lane.state.phase !== "idle" || lane.deps.direction() !== "entry") continue;
      lane.show(freeSign(free));
    }
  }

  #showZone(each: FreeSign, free: number): void {
    const count = each.zoneId === undefined ? free : this.#zones.freeIn(each.zoneId);
    if (this.#shownOf.get(each) === count) return;
    this.#shownOf.set(each, count);
    // A display that is out of reach says so in its report, and shows it when it is back.
    each.sign.show(freeSign(count)).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
    });
  }
}

/** Displays that stand at no lane, and how many spaces of a zone are free. */
export interface ZoneSigns {
  readonly signs: readonly FreeSign[];
  readonly freeIn: (zoneId: string) => number;
}

const noZones: ZoneSigns = { signs: [], freeIn: () => 0 };
