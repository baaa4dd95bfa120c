import type { Bay } from "./bays.ts";
import type { Classifier } from "./classifier.ts";
import { type Cut, cutOf, cutPatch, patchLength, patchPx } from "./patch.ts";
import type { Pixels } from "./picture.ts";

/** Spaces' patches from the picture of the empty car park, by bay. */
export type References = ReadonlyMap<string, Float32Array>;

/** Side of a block of a patch's cells whose mean tells whether the patch has changed. */
const blockPx = 8;
const blocksAside = patchPx / blockPx;
const blocks = 3 * blocksAside * blocksAside;

/** In standard deviations of the patch: noise moves a block's mean by a fifth of it, a vehicle by all of it. */
const sameWithin = 0.25;

/** Where a picture's spaces are. */
export interface SpacesView {
  /** In pixels of a picture `across` times wider and `down` times higher than the decoded one. */
  readonly bays: readonly Bay[];
  readonly across: number;
  readonly down: number;
  /** Empty where they are not known. */
  readonly references: References;
}

/** What of a camera's last picture spares work in its next. */
interface Plan {
  readonly bays: readonly Bay[];
  readonly references: References;
  readonly width: number;
  readonly height: number;
  readonly cuts: readonly Cut[];
  readonly sketches: Float32Array;
  readonly logits: (number | undefined)[];
}

/** Asks a classifier about all spaces of a picture at once, leaving out those that look as when it was last asked. */
export class Patches {
  readonly #classifier: Classifier;
  #plan: Plan | undefined;
  #patches = new Float32Array(0);
  #empty = new Float32Array(0);

  constructor(classifier: Classifier) {
    this.#classifier = classifier;
  }

  /**
   * @param view where the spaces are in the picture, and what they look like when they are empty
   * @returns one logit for each of `bays`, in their order
   * @throws Fault `model-unusable` when the network fails
   */
  async judge(view: SpacesView, pixels: Pixels): Promise<number[]> {
    const plan = this.#planFor(view, pixels);
    const asked = this.#cutChanged(plan, pixels);
    const patches = this.#patches.subarray(0, asked.length * patchLength);
    const empty = this.#empty.subarray(0, patches.length);
    const logits = await this.#classifier.judge(patches, empty);
    for (const [index, space] of asked.entries()) plan.logits[space] = logits[index];
    return plan.logits.map((logit) => logit ?? 0);
  }

  #planFor({ bays, references, across, down }: SpacesView, pixels: Pixels): Plan {
    const { width, height } = pixels;
    const known = this.#plan;
    const isSamePlace = known?.bays === bays && known.references === references;
    if (isSamePlace && known.width === width && known.height === height) return known;
    const plan = {
      bays,
      references,
      width,
      height,
      cuts: cutsOf(bays, pixels, across, down),
      sketches: new Float32Array(bays.length * blocks),
      logits: bays.map(() => undefined),
    };
    if (this.#patches.length < bays.length * patchLength) {
      this.#patches = new Float32Array(bays.length * patchLength);
      this.#empty = new Float32Array(bays.length * patchLength);
    }
    this.#plan = plan;
    return plan;
  }

  /** Cuts every space's patch and leaves the changed ones in `#patches`. @returns which they are */
  #cutChanged({ bays, references, cuts, sketches, logits }: Plan, pixels: Pixels): number[] {
    const asked: number[] = [];
    for (const [space, cut] of cuts.entries()) {
      const at = asked.length * patchLength;
      const patch = this.#patches.subarray(at, at + patchLength);
      cutPatch(pixels, cut, patch);
      const before = sketches.subarray(space * blocks, (space + 1) * blocks);
      const now = sketchOf(patch);
      if (logits[space] !== undefined && isSame(before, now)) continue;
      before.set(now);
      const reference = references.get(bays[space]?.id ?? "");
      if (reference === undefined) this.#empty.fill(0, at, at + patchLength);
      else this.#empty.set(reference, at);
      asked.push(space);
    }
    return asked;
  }
}

/** The patches of all spaces of a picture, by bay; parameters as in `SpacesView`. */
export function referencesOf(
  bays: readonly Bay[],
  pixels: Pixels,
  across: number,
  down: number,
): References {
  const cuts = cutsOf(bays, pixels, across, down);
  return new Map(
    bays.map(({ id }, space) => {
      const patch = new Float32Array(patchLength);
      const cut = cuts[space];
      if (cut !== undefined) cutPatch(pixels, cut, patch);
      return [id, patch] as const;
    }),
  );
}

function cutsOf(bays: readonly Bay[], pixels: Pixels, across: number, down: number): Cut[] {
  return bays.map(({ polygon }) =>
    cutOf(
      polygon.map(([x, y]) => [x / across, y / down] as const),
      pixels.width,
      pixels.height,
    ),
  );
}

function sketchOf(patch: Float32Array): Float32Array {
  const means = new Float32Array(blocks);
  for (let cell = 0; cell < blocks * blockPx * blockPx; cell += 1) {
    const row = Math.floor(cell / patchPx);
    const block = Math.floor(row / blockPx) * blocksAside + Math.floor((cell % patchPx) / blockPx);
    means[block] = (means[block] ?? 0) + (patch[cell] ?? 0) / (blockPx * blockPx);
  }
  return means;
}

const isSame = (a: Float32Array, b: Float32Array): boolean =>
  a.every((mean, block) => Math.abs(mean - (b[block] ?? 0)) < sameWithin);
