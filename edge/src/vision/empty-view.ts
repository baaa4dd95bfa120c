import { type Sketch, sketch } from "./change.ts";
import { Anchor } from "./drift.ts";
import type { Prepared } from "./judges.ts";
import { type References, referencesOf } from "./patches.ts";
import type { Pixels } from "./picture.ts";

/** Pictures after which the camera is held against the empty one again, whatever it shows. */
const mostPictures = 64;

/** Mean levels by which the light has changed so much, or the view, that it is held against it at once. */
const muchChanged = 3;

/** The picture of the empty car park, of which spaces' patches are cut where the camera sees them now. */
export class EmptyView {
  readonly #empty: Prepared;
  readonly #pixels: Pixels;
  readonly #anchor: Anchor;
  #held: { readonly cells: Sketch; pictures: number } | undefined;
  #drift = { right: 0, down: 0 };
  #references: References | undefined;

  constructor(empty: Prepared, pixels: Pixels) {
    this.#empty = empty;
    this.#pixels = pixels;
    this.#anchor = new Anchor(pixels);
  }

  /**
   * The references for a camera's next picture.
   *
   * @returns the same map until the camera has drifted by a pixel or more
   */
  next(prepared: Prepared): References {
    const { rgb, fit } = prepared;
    const cells = sketch(rgb, fit.width, fit.height);
    const held = this.#held;
    if (held !== undefined && this.#references !== undefined) {
      held.pictures += 1;
      if (held.pictures < mostPictures && differenceOf(held.cells, cells) < muchChanged) {
        return this.#references;
      }
    }
    this.#held = { cells, pictures: 0 };
    const { right, down, likeness } = this.#driftOf(prepared);
    // Fog or snow tells nothing of where the camera looks: it has hardly moved since it last did.
    const isKnown = likeness > 0 || this.#references === undefined;
    const hasMoved = right !== this.#drift.right || down !== this.#drift.down;
    if (this.#references === undefined || (isKnown && hasMoved)) {
      this.#drift = { right, down };
      this.#references = this.#cut(this.#drift);
    }
    return this.#references;
  }

  /** The references for a picture by itself. */
  of(prepared: Prepared): References {
    return this.#cut(this.#driftOf(prepared));
  }

  #driftOf({ pixels }: Prepared) {
    return pixels === undefined ? { right: 0, down: 0, likeness: 0 } : this.#anchor.driftOf(pixels);
  }

  #cut({ right, down }: { readonly right: number; readonly down: number }): References {
    const { size, bays } = this.#empty;
    const [across, below] = [size.width / this.#pixels.width, size.height / this.#pixels.height];
    const moved = bays.map(({ id, polygon }) => ({
      id,
      polygon: polygon.map(([x, y]) => [x - right * across, y - down * below] as const),
    }));
    return referencesOf(moved, this.#pixels, across, below);
  }
}

function differenceOf(a: Sketch, b: Sketch): number {
  if (a.length !== b.length) return Infinity;
  const sum = a.reduce((total, mean, cell) => total + Math.abs(mean - (b[cell] ?? 0)), 0);
  return sum / Math.max(1, a.length);
}
