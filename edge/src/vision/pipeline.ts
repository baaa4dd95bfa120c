import { assign, type SpaceWord, type Thresholds } from "./assign.ts";
import type { Bay } from "./bays.ts";
import { thresholdsFrom } from "./calibrate.ts";
import { isSame, type Sketch, sketch } from "./change.ts";
import type { Detector } from "./detector.ts";
import type { Box } from "./geometry.ts";
import { openPicture, type Picture, type RefusedPicture } from "./picture.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { suppress } from "./suppress.ts";
import type { Fit } from "./tensor.ts";
import type { Detection } from "./vehicles.ts";
import { isCut, tilesFor } from "./view.ts";

/** What one picture shows: a word about each space, and the vehicles, whether or not they stand in one. */
export interface Seen {
  readonly words: readonly SpaceWord[];
  readonly size: { readonly width: number; readonly height: number };
  readonly vehicles: readonly Detection[];
}

/** What came of one picture. `unchanged`: nothing moved since the last one, whose words still hold. */
export type Outcome = { readonly kind: "seen" | "unchanged" } & Seen;

/** A picture at the size that the network sees. */
export interface Prepared {
  readonly picture: Picture;
  readonly size: Seen["size"];
  readonly bays: readonly Bay[];
  /** The whole picture as `fit` asks for it, three bytes a pixel. */
  readonly rgb: Uint8Array;
  readonly fit: Fit;
  /** Parts to look at besides, where spaces are small. */
  readonly tiles: readonly Box[];
}

/** A camera's bays for a picture of this size. */
export type BaysOf = (width: number, height: number) => readonly Bay[];

/** One camera's way from a picture file to a word about each space. */
export class Pipeline {
  readonly #detector: Detector;
  readonly #settings: Settings;
  readonly #thresholds: Thresholds;
  #last: { sketch: Sketch; bays: readonly Bay[]; seen: Seen } | undefined;

  /** @param settings where they differ from the default for the detector's family */
  constructor(
    detector: Detector,
    settings: Partial<Settings> = {},
    thresholds: Thresholds = new Map(),
  ) {
    this.#detector = detector;
    this.#settings = { ...defaultSettings(detector.family.kind), ...settings };
    this.#thresholds = thresholds;
  }

  /**
   * Decodes a picture and takes it to the network's size. This part leaves the thread free: while it goes on,
   * another picture can be looked at.
   */
  async prepare(bytes: Uint8Array, baysOf: BaysOf): Promise<Prepared | RefusedPicture> {
    const picture = openPicture(bytes);
    if ("kind" in picture) return picture;
    const { width, height } = picture;
    const bays = baysOf(width, height);
    const fit = this.#detector.fit(width, height);
    const scale = [1 / fit.scaleX, 1 / fit.scaleY] as const;
    const tiles = tilesFor(width, height, bays, scale, this.#settings.smallSpacePx);
    const pixels = tiles.length > 0 ? await picture.decode() : undefined;
    if (pixels !== undefined && "kind" in pixels) return pixels;
    const rgb = await picture.whole(fit.width, fit.height);
    if ("kind" in rgb) return rgb;
    return { picture, size: { width, height }, bays, rgb, fit, tiles };
  }

  /**
   * Looks at a camera's pictures in the order they were taken.
   *
   * @throws Fault `model-unusable` when the network fails
   */
  async look(prepared: Prepared): Promise<Outcome> {
    const { bays, size, rgb, fit } = prepared;
    const cells = sketch(rgb, fit.width, fit.height);
    if (this.#last?.bays === bays && isSame(this.#last.sketch, cells)) {
      return { kind: "unchanged", ...this.#last.seen };
    }
    const vehicles = await this.#vehicles(prepared);
    const words = assign(bays, vehicles, this.#settings, this.#thresholds);
    const seen = { words, size, vehicles };
    this.#last = { sketch: cells, bays, seen };
    return { kind: "seen", ...seen };
  }

  /**
   * Learns from a picture of the empty lot which spaces the detector mistakes for vehicles.
   *
   * @returns thresholds for a new pipeline of the same camera
   * @throws Fault `model-unusable` when the network fails
   */
  async calibrate(empty: Prepared): Promise<Thresholds> {
    return thresholdsFrom(empty.bays, await this.#vehicles(empty), this.#settings);
  }

  async #vehicles({ picture, rgb, fit, tiles }: Prepared): Promise<Detection[]> {
    const { width, height } = picture;
    const found = await this.#detector.detect(rgb, fit, { left: 0, top: 0 });
    for (const tile of tiles) {
      const tileFit = this.#detector.fit(tile.right - tile.left, tile.bottom - tile.top);
      const part = await picture.part(tile, tileFit.width, tileFit.height);
      const inTile = await this.#detector.detect(part, tileFit, tile);
      found.push(...inTile.filter((box) => !isCut(box, tile, width, height)));
    }
    return suppress(found, this.#settings.sameVehicleOverlap);
  }
}
