import { Fault } from "@gatehouse/shared/fault";
import { Tensor } from "onnxruntime-node";
import { type Box, boundsOf, overlapOf } from "../geometry.ts";
import type { Picture, Pixels } from "../picture.ts";
import { cellStride, decodeCells } from "./corner-cells.ts";
import { PlateFit, shippedFit } from "./fit.ts";
import { type LocatedPlate, type Placing, surestPlates } from "./located.ts";
import { type LocatorFamily, locatorFamilyOf } from "./locator-family.ts";
import { Network } from "../network.ts";
import { sizeOf } from "./quad.ts";
import { decodeY5fu } from "./y5fu.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where something may be a plate, so that it is worth a second look. */
const worthALook = 0.1;
/** Where the first look found nothing so sure, it looks at quarters of the picture, which shows smaller plates. */
const sureEnough = 0.5;
/** A quarter is this share of the picture each way, so that no plate lies across all of them. */
const quarterShare = 0.6;

/** So many pixels of the input at the first look, about 736 x 416; and at the second, 256 x 160. */
const firstLookPixels = 306_176;
const secondLookPixels = 40_960;
/** So many plates of a picture are looked at a second time. */
const secondLooks = 4;
/** A plate takes this share of the second look's width. */
const secondLookShare = 0.42;
/** A plate this wide in the input of the first look is placed as exactly as it can be. */
const wideEnough = 150;

/** Where the fit has moved a plate so far that this little overlaps, it saw little of it and is done again. */
const nearlyRight = 0.6;
const mostFits = 3;

/** The sides of an input of our own localiser are multiples of its coarsest cell. */
const coarsest = 32;
/** Grey bars around a picture of another shape than the input. */
const barLevel = 114;

/**
 * Finds plates in a picture, with all four corners. It looks twice: at the whole picture, and again, nearer, at
 * each place where there may be one; a small plate's corners are exact only then. Those of our own localiser are
 * then laid on the plate's edges by a network of their own.
 *
 * It serves one picture at a time.
 */
export class PlateLocator {
  readonly family: LocatorFamily;
  readonly #network: Network;
  readonly #fit: PlateFit | undefined;

  private constructor(network: Network, family: LocatorFamily, fit: PlateFit | undefined) {
    this.#network = network;
    this.family = family;
    this.#fit = fit;
  }

  /** @throws Fault `model-unusable` saying what was seen, for a file that is no plate detector we can read */
  static async load(file: string): Promise<PlateLocator> {
    const network = await Network.load(file);
    const family = locatorFamilyOf(network.inputs, network.outputs);
    if (typeof family === "string") throw new Fault("model-unusable", `${file}: ${family}`);
    const fit = family.kind === "corners" ? await PlateFit.load(shippedFit) : undefined;
    const locator = new PlateLocator(network, family, fit);
    const size = locator.#inputFor({ width: 64, height: 64 }, secondLookPixels);
    await locator.#infer(new Uint8Array(3 * size.width * size.height), size, size, noPlacing);
    return locator;
  }

  /**
   * @param picture decoded
   * @param pixels the same, in full size
   * @returns the surest first, in pixels of the picture
   * @throws Fault `model-unusable` when the network fails
   */
  async locate(picture: Picture, pixels: Pixels): Promise<LocatedPlate[]> {
    const { width, height } = picture;
    const whole = { left: 0, top: 0, right: width, bottom: height };
    const found = await this.#look(picture, whole, firstLookPixels);
    if (!found.some(({ score }) => score >= sureEnough)) {
      for (const quarter of quartersOf(picture)) {
        found.push(...(await this.#look(picture, quarter, firstLookPixels)));
      }
    }
    const plates: LocatedPlate[] = [];
    for (const [index, plate] of surestPlates(found).entries()) {
      plates.push(
        index < secondLooks
          ? await this.#fitted(pixels, await this.#lookAgain(picture, plate))
          : plate,
      );
    }
    return surestPlates(plates).filter(({ score }) => score >= worthALook);
  }

  /** The same plate with exact corners; it is as sure as both networks are. */
  async #fitted(pixels: Pixels, plate: LocatedPlate): Promise<LocatedPlate> {
    let { corners, score } = plate;
    for (let tries = 0; this.#fit !== undefined && tries < mostFits; tries += 1) {
      const fitted = await this.#fit.fit(pixels, corners);
      const overlap = overlapOf(boundsOf(corners), boundsOf(fitted.corners));
      corners = fitted.corners;
      score = plate.score * fitted.score;
      if (overlap >= nearlyRight) break;
    }
    return { ...plate, corners, score };
  }

  /** The same plate seen from nearer; where it is not found again, it is only half as sure. */
  async #lookAgain(picture: Picture, plate: LocatedPlate): Promise<LocatedPlate> {
    const { width } = sizeOf(plate.corners);
    const input = this.#inputFor(picture, firstLookPixels);
    const scale = Math.min(input.width / picture.width, input.height / picture.height);
    if (width * scale >= wideEnough) return plate;
    const region = regionAround(plate, picture);
    const found = await this.#look(picture, region, secondLookPixels);
    const before = boundsOf(plate.corners);
    const same = found
      .map((other) => ({ other, overlap: overlapOf(boundsOf(other.corners), before) }))
      .filter(({ overlap }) => overlap > 0.2)
      .toSorted((a, b) => b.other.score * b.overlap - a.other.score * a.overlap)[0]?.other;
    if (same === undefined) return { ...plate, score: plate.score / 2 };
    return { ...same, score: Math.sqrt(same.score * plate.score) };
  }

  async #look(picture: Picture, region: Box, pixels: number): Promise<LocatedPlate[]> {
    const [width, height] = [region.right - region.left, region.bottom - region.top];
    const input = this.#inputFor({ width, height }, pixels);
    const ratio = Math.min(input.width / width, input.height / height);
    const inside = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    const rgb = await picture.part(region, inside.width, inside.height);
    const padX = (input.width - inside.width) >> 1;
    const padY = (input.height - inside.height) >> 1;
    const [scaleX, scaleY] = [width / inside.width, height / inside.height];
    return this.#infer(rgb, inside, input, {
      scaleX,
      scaleY,
      left: region.left - padX * scaleX,
      top: region.top - padY * scaleY,
    });
  }

  async #infer(
    rgb: Uint8Array,
    inside: Size,
    input: Size,
    placing: Placing,
  ): Promise<LocatedPlate[]> {
    const { family } = this;
    const { width, height } = input;
    if (family.kind === "y5fu") {
      const planes = colourPlanes(rgb, inside, input);
      const tensor = new Tensor("float32", planes, [1, 3, height, width]);
      const rows = await this.#network.run(family.input, tensor, family.output);
      return decodeY5fu(rows, placing, worthALook);
    }
    const tensor = new Tensor("float32", greyPlane(rgb, inside, input), [1, 1, height, width]);
    const cells = await this.#network.run(family.input, tensor, family.output);
    const [rows, columns] = [height / cellStride, width / cellStride];
    return decodeCells(cells, rows, columns, placing, worthALook);
  }

  /** The input for a region of this shape: fixed, or about so many pixels of the same shape. */
  #inputFor({ width, height }: Size, pixels: number): Size {
    if (this.family.kind === "y5fu") return this.family;
    const scale = Math.sqrt(pixels / (width * height));
    return { width: inSteps(width * scale), height: inSteps(height * scale) };
  }
}

const noPlacing: Placing = { scaleX: 1, scaleY: 1, left: 0, top: 0 };

const inSteps = (side: number): number =>
  coarsest * Math.min(32, Math.max(2, Math.round(side / coarsest)));

function quartersOf({ width, height }: Size): Box[] {
  const [wide, high] = [Math.round(width * quarterShare), Math.round(height * quarterShare)];
  return [0, width - wide].flatMap((left) =>
    [0, height - high].map((top) => ({ left, top, right: left + wide, bottom: top + high })),
  );
}

/** The surroundings of a plate, as far as the picture goes, 16 by 10. */
function regionAround({ corners }: LocatedPlate, picture: Size): Box {
  const { left, top, right, bottom } = boundsOf(corners);
  const wide = Math.max((right - left) / secondLookShare, ((bottom - top) * 1.6) / 0.6);
  const width = Math.min(picture.width, Math.max(32, Math.round(wide)));
  const height = Math.min(picture.height, Math.max(20, Math.round(wide / 1.6)));
  const within = (middle: number, size: number, most: number): number =>
    Math.round(Math.min(Math.max(middle - size / 2, 0), most - size));
  const x = within((left + right) / 2, width, picture.width);
  const y = within((top + bottom) / 2, height, picture.height);
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** Blue, green and red, 0–1, with black bars around. */
function colourPlanes(rgb: Uint8Array, inside: Size, { width, height }: Size): Float32Array {
  const plane = width * height;
  const planes = new Float32Array(3 * plane);
  eachPixel(inside, { width, height }, (from, to) => {
    planes[to] = (rgb[from + 2] ?? 0) / 255;
    planes[plane + to] = (rgb[from + 1] ?? 0) / 255;
    planes[2 * plane + to] = (rgb[from] ?? 0) / 255;
  });
  return planes;
}

/** Luma (ITU-R BT.601), 0–1. */
function greyPlane(rgb: Uint8Array, inside: Size, input: Size): Float32Array {
  const plane = new Float32Array(input.width * input.height).fill(barLevel / 255);
  eachPixel(inside, input, (from, to) => {
    const grey =
      0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0);
    plane[to] = grey / 255;
  });
  return plane;
}

/** Walks over a picture that lies in the middle of an input. */
function eachPixel(inside: Size, input: Size, visit: (from: number, to: number) => void): void {
  const padX = (input.width - inside.width) >> 1;
  const padY = (input.height - inside.height) >> 1;
  for (let y = 0, from = 0; y < inside.height; y += 1) {
    let to = (y + padY) * input.width + padX;
    for (const end = to + inside.width; to < end; to += 1, from += 3) visit(from, to);
  }
}
