import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { SpaceWord } from "../../edge/src/vision/assign.ts";

/** Shares, 0–1, null where the set has none of it; `occupied` and `free` are the recall of that class. */
export interface SpacesScore {
  readonly accuracy: number | null;
  readonly occupied: number | null;
  readonly free: number | null;
  /** Labelled spaces judged, counted once a photograph. */
  readonly spaces: number;
}

/** Right and wrong answers by what the label says. A space without a label counts nowhere. */
export class SpacesTally {
  readonly #right = { occupied: 0, free: 0 };
  readonly #all = { occupied: 0, free: 0 };

  add({ spaces }: CameraView["frames"][number], words: readonly SpaceWord[]): void {
    const said = new Map(words.map(({ bay, occupied }) => [bay, occupied]));
    for (const { id, occupied } of spaces) {
      if (occupied === undefined) continue;
      const label = occupied ? "occupied" : "free";
      this.#all[label] += 1;
      if (said.get(id) === occupied) this.#right[label] += 1;
    }
  }

  score(): SpacesScore {
    const spaces = this.#all.occupied + this.#all.free;
    return {
      accuracy: share(this.#right.occupied + this.#right.free, spaces),
      occupied: share(this.#right.occupied, this.#all.occupied),
      free: share(this.#right.free, this.#all.free),
      spaces,
    };
  }
}

const share = (right: number, all: number): number | null =>
  all === 0 ? null : rounded(right / all);

export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
