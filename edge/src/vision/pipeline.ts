import { assign, type SpaceWord, type Thresholds } from "./assign.ts";
import type { Bay } from "./bays.ts";
import { thresholdsFrom } from "./calibrate.ts";
import { isBlind, isSame, type Sketch, sketch } from "./change.ts";
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
export type Outcome = ({ readonly kind: "seen" | "unchanged" } & Seen) | RefusedPicture;

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

  /** @throws Fault `model-unusable` when the network fails */
  async look(bytes: Uint8Array, baysOf: BaysOf): Promise<Outcome> {
    const glance = await this.#glance(bytes, baysOf);
    if ("kind" in glance) return glance;
    const { bays } = glance;
    if (this.#last?.bays === bays && isSame(this.#last.sketch, glance.sketch)) {
      return { kind: "unchanged", ...this.#last.seen };
    }
    const vehicles = await glance.vehicles();
    const words = assign(bays, vehicles, this.#settings, this.#thresholds);
    const seen = { words, size: glance.size, vehicles };
    this.#last = { sketch: glance.sketch, bays, seen };
    return { kind: "seen", ...seen };
  }

  /**
   * Learns from a picture of the empty lot which spaces the detector mistakes for vehicles.
   *
   * @returns thresholds for a new pipeline of the same camera
   * @throws Fault `model-unusable` when the network fails
   */
  async calibrate(empty: Uint8Array, baysOf: BaysOf): Promise<Thresholds | RefusedPicture> {
    const glance = await this.#glance(empty, baysOf);
    if ("kind" in glance) return glance;
    return thresholdsFrom(glance.bays, await glance.vehicles(), this.#settings);
  }

  /** Takes the whole picture at the network's size: enough to see whether anything changed. */
  async #glance(bytes: Uint8Array, baysOf: BaysOf): Promise<Glance | RefusedPicture> {
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
    const cells = sketch(rgb, fit.width, fit.height);
    if (isBlind(cells)) return blind;
    const size = { width, height };
    return { size, bays, sketch: cells, vehicles: () => this.#vehicles(picture, rgb, fit, tiles) };
  }

  async #vehicles(
    picture: Picture,
    whole: Uint8Array,
    fit: Fit,
    tiles: readonly Box[],
  ): Promise<Detection[]> {
    const { width, height } = picture;
    const found = await this.#detector.detect(whole, fit, { left: 0, top: 0 });
    for (const tile of tiles) {
      const tileFit = this.#detector.fit(tile.right - tile.left, tile.bottom - tile.top);
      const part = await picture.part(tile, tileFit.width, tileFit.height);
      const inTile = await this.#detector.detect(part, tileFit, tile);
      found.push(...inTile.filter((box) => !isCut(box, tile, width, height)));
    }
    return suppress(found, this.#settings.sameVehicleOverlap);
  }
}

interface Glance {
  readonly size: Seen["size"];
  readonly bays: readonly Bay[];
  readonly sketch: Sketch;
  /** Runs the detector: the costly part. */
  readonly vehicles: () => Promise<Detection[]>;
}

const blind: RefusedPicture = {
  kind: "refused",
  reason: "covered",
  detail: "the picture shows nothing: is the lens covered?",
};
