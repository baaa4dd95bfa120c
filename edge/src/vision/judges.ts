import { check } from "@gatehouse/shared/check";
import { assign, type Stand } from "./assign.ts";
import type { Bay } from "./bays.ts";
import type { Classifier } from "./classifier.ts";
import type { Detector } from "./detector.ts";
import { EmptyView } from "./empty-view.ts";
import type { Evidence } from "./fuse.ts";
import type { Box } from "./geometry.ts";
import { Patches, type References } from "./patches.ts";
import { openPicture, type Picture, type Pixels, type RefusedPicture } from "./picture.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { suppress } from "./suppress.ts";
import type { Fit } from "./tensor.ts";
import type { Detection } from "./vehicles.ts";
import { isCut, shrinkFor, tilesFor } from "./view.ts";

/** A picture at the sizes that the networks see. */
export interface Prepared {
  readonly picture: Picture;
  readonly size: { readonly width: number; readonly height: number };
  readonly bays: readonly Bay[];
  /** The picture decoded once for all who cut from it; undefined where nobody does. */
  readonly pixels: Pixels | undefined;
  /** The whole picture as `fit` asks for it, three bytes a pixel. */
  readonly rgb: Uint8Array;
  readonly fit: Fit;
  /** Parts to look at besides, where spaces are small. */
  readonly tiles: readonly Box[];
  readonly stages: Stages;
}

/** Milliseconds by stage. */
export type Stages = Readonly<Record<string, number>>;

/** A camera's bays for a picture of this size. */
export type BaysOf = (width: number, height: number) => readonly Bay[];

/** What both judges found in one picture. */
export interface Findings {
  readonly vehicles: readonly Detection[];
  /** Which vehicle stands in each bay, in the bays' order. */
  readonly stands: readonly Stand[];
  /** What the judges say of each bay, in the bays' order. */
  readonly evidence: readonly Evidence[];
  readonly stages: Stages;
}

/** What is known of single spaces, by bay. */
export interface OwnFacts {
  /** Score from which a vehicle fills the space, where it is not the camera's. */
  readonly borders: ReadonlyMap<string, number>;
  /** The classifier's logit when it is free. */
  readonly freeLogits: ReadonlyMap<string, number>;
}

/** The two who look at a camera's pictures: a detector at the whole, a classifier at each space alone. */
export class Judges {
  readonly detector: Detector | undefined;
  readonly classifier: Classifier | undefined;
  readonly settings: Settings;

  /** @param settings where they differ from the default for the detector's family */
  constructor(
    detector: Detector | undefined,
    classifier: Classifier | undefined,
    settings: Partial<Settings> = {},
  ) {
    check(detector !== undefined || classifier !== undefined, "somebody looks at the pictures");
    this.detector = detector;
    this.classifier = classifier;
    this.settings = { ...defaultSettings(detector?.family.kind ?? "detr"), ...settings };
  }

  /**
   * Decodes a picture and takes it to the networks' sizes. This part leaves the thread free: while it goes on,
   * another picture can be looked at.
   */
  async prepare(bytes: Uint8Array, baysOf: BaysOf): Promise<Prepared | RefusedPicture> {
    const from = performance.now();
    const picture = openPicture(bytes);
    if ("kind" in picture) return picture;
    const { width, height } = picture;
    const bays = baysOf(width, height);
    const fit = this.detector?.fit(width, height) ?? fitOfNone(width, height);
    const scale = [1 / fit.scaleX, 1 / fit.scaleY] as const;
    const tiles =
      this.detector === undefined
        ? []
        : tilesFor(width, height, bays, scale, this.settings.smallSpacePx);
    const isCutFrom = tiles.length > 0 || (this.classifier !== undefined && bays.length > 0);
    const pixels = isCutFrom
      ? await picture.decode(shrinkFor(bays, scale, tiles.length > 0))
      : undefined;
    if (pixels !== undefined && "kind" in pixels) return pixels;
    const decoded = performance.now();
    const rgb = await picture.whole(fit.width, fit.height);
    if ("kind" in rgb) return rgb;
    const stages = { decode: decoded - from, resize: performance.now() - decoded };
    return { picture, size: { width, height }, bays, pixels, rgb, fit, tiles, stages };
  }

  /**
   * @param references what spaces look like when they are empty, where that is known
   * @param patches remembers the course of pictures that this one belongs to
   * @throws Fault `model-unusable` when a network fails
   */
  async find(
    prepared: Prepared,
    own: OwnFacts,
    references: References,
    patches: Patches | undefined,
  ): Promise<Findings> {
    const { bays } = prepared;
    const from = performance.now();
    const vehicles = await this.#vehicles(prepared);
    const detected = performance.now();
    const stands = assign(bays, vehicles, this.settings, own.borders);
    const assigned = performance.now();
    const logits = await this.#logits(prepared, references, patches);
    const evidence = bays.map(({ id }, index) => ({
      bay: id,
      score: this.detector === undefined ? undefined : (stands[index]?.score ?? 0),
      border: own.borders.get(id) ?? this.settings.confidenceMin,
      usualBorder: this.settings.confidenceMin,
      logit: logits?.[index],
      isCompared: references.has(id),
      ownFreeLogit: own.freeLogits.get(id),
    }));
    const stages = {
      ...prepared.stages,
      detect: detected - from,
      assign: assigned - detected,
      classify: performance.now() - assigned,
    };
    return { vehicles, stands, evidence, stages };
  }

  /**
   * What a picture of the empty car park is worth to a classifier that compares.
   *
   * @returns undefined where none does
   */
  emptyView(empty: Prepared): EmptyView | undefined {
    const { pixels } = empty;
    if (pixels === undefined || this.classifier?.compares !== true) return undefined;
    return new EmptyView(empty, pixels);
  }

  /** A memory of one course of pictures; undefined without a classifier. */
  patches(): Patches | undefined {
    return this.classifier === undefined ? undefined : new Patches(this.classifier);
  }

  async #vehicles({ picture, rgb, fit, tiles }: Prepared): Promise<readonly Detection[]> {
    const { detector } = this;
    if (detector === undefined) return [];
    const { width, height } = picture;
    const found = await detector.detect(rgb, fit, { left: 0, top: 0 });
    for (const tile of tiles) {
      const tileFit = detector.fit(tile.right - tile.left, tile.bottom - tile.top);
      const part = await picture.part(tile, tileFit.width, tileFit.height);
      const inTile = await detector.detect(part, tileFit, tile);
      found.push(...inTile.filter((box) => !isCut(box, tile, width, height)));
    }
    return suppress(found, this.settings.sameVehicleOverlap);
  }

  async #logits(
    { bays, pixels, size }: Prepared,
    references: References,
    patches: Patches | undefined,
  ): Promise<readonly number[] | undefined> {
    if (patches === undefined || pixels === undefined) return undefined;
    const [across, down] = [size.width / pixels.width, size.height / pixels.height];
    return patches.judge({ bays, across, down, references }, pixels);
  }
}

/** Without a detector the whole picture is only watched for changes. */
const watchedPx = 320;

const fitOfNone = (width: number, height: number): Fit => ({
  width: watchedPx,
  height: watchedPx,
  padX: 0,
  padY: 0,
  scaleX: width / watchedPx,
  scaleY: height / watchedPx,
});
