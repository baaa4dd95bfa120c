import { boundsOf, type Polygon } from "./geometry.ts";
import type { Pixels } from "./picture.ts";

/** A patch is a square of so many cells aside. */
export const patchPx = 64;
const cells = patchPx * patchPx;

/** Floats of one patch: red, green, blue, mask. */
export const patchLength = 4 * cells;

/** The view's side over the longer side of the space's bounds: some of the ground around it is seen too. */
const viewShare = 1.25;
const leastViewPx = 8;

/** Of 1: a flat patch is not blown up into noise. */
const leastDeviation = 0.05;

/** How one axis of a picture is shared out to a patch's cells. */
interface Axis {
  /** First and last pixel that any cell reads. */
  readonly first: number;
  readonly last: number;
  /** For each cell the place of its first weight, and one more for the end. */
  readonly begins: Int32Array;
  /** Pixel and weight, cell after cell. */
  readonly pixels: Int32Array;
  readonly weights: Float64Array;
}

/** Where one space's patch is cut from pictures of one size. */
export interface Cut {
  readonly across: Axis;
  readonly down: Axis;
  /** 1 in a cell whose centre lies inside the space, else -1. */
  readonly mask: Float32Array;
}

/**
 * The cut of a space, in pixels of a picture of this size. The rules are those the classifier was trained by, in
 * `scripts/train/patch_extract.py`: a square view 1.25 times the longer side of the space's bounds, cells that are
 * the exact mean of the pixels below them (or linear between them in a small view), the edge going on outside.
 */
export function cutOf(polygon: Polygon, width: number, height: number): Cut {
  const { left, top, right, bottom } = boundsOf(polygon);
  const side = Math.max(leastViewPx, viewShare * Math.max(right - left, bottom - top));
  const [viewLeft, viewTop] = [(left + right - side) / 2, (top + bottom - side) / 2];
  return {
    across: axisOf(viewLeft, side, width),
    down: axisOf(viewTop, side, height),
    mask: maskOf(polygon, viewLeft, viewTop, side),
  };
}

function axisOf(start: number, side: number, length: number): Axis {
  const step = side / patchPx;
  const window = Math.max(1, step);
  const begins = new Int32Array(patchPx + 1);
  const pixels: number[] = [];
  const weights: number[] = [];
  for (let cell = 0; cell < patchPx; cell += 1) {
    const low = start + (cell + 0.5) * step - window / 2;
    const high = low + window;
    begins[cell] = pixels.length;
    for (let pixel = Math.floor(low); pixel < high; pixel += 1) {
      pixels.push(Math.min(length - 1, Math.max(0, pixel)));
      weights.push((Math.min(high, pixel + 1) - Math.max(low, pixel)) / window);
    }
  }
  begins[patchPx] = pixels.length;
  return {
    first: pixels[0] ?? 0,
    last: pixels.at(-1) ?? 0,
    begins,
    pixels: Int32Array.from(pixels),
    weights: Float64Array.from(weights),
  };
}

function maskOf(polygon: Polygon, left: number, top: number, side: number): Float32Array {
  const mask = new Float32Array(cells);
  const step = side / patchPx;
  for (let cell = 0; cell < cells; cell += 1) {
    const x = left + ((cell % patchPx) + 0.5) * step;
    const y = top + (Math.floor(cell / patchPx) + 0.5) * step;
    mask[cell] = isInside(polygon, x, y) ? 1 : -1;
  }
  return mask;
}

/** Even-odd rule. */
function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  let [fromX, fromY] = polygon.at(-1) ?? [0, 0];
  for (const [toX, toY] of polygon) {
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) * (toX - fromX)) / (toY - fromY)) {
      inside = !inside;
    }
    [fromX, fromY] = [toX, toY];
  }
  return inside;
}

/** Rows of the present view, already shared out to cells. Kept between patches: a view of 500 rows is the rule. */
let rows = new Float32Array(0);

/**
 * Cuts one patch: its colours standardised over the whole patch, then its mask.
 *
 * @param patch takes `patchLength` floats: four planes of 64 x 64
 */
export function cutPatch({ rgb, width }: Pixels, cut: Cut, patch: Float32Array): void {
  const { across, down, mask } = cut;
  const count = down.last - down.first + 1;
  if (rows.length < 3 * patchPx * count) rows = new Float32Array(3 * patchPx * count);
  for (let row = 0, to = 0; row < count; row += 1) {
    const start = 3 * (down.first + row) * width;
    for (let cell = 0; cell < patchPx; cell += 1, to += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const end = across.begins[cell + 1] ?? 0;
      for (let entry = across.begins[cell] ?? 0; entry < end; entry += 1) {
        const weight = across.weights[entry] ?? 0;
        const from = start + 3 * (across.pixels[entry] ?? 0);
        red += weight * (rgb[from] ?? 0);
        green += weight * (rgb[from + 1] ?? 0);
        blue += weight * (rgb[from + 2] ?? 0);
      }
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
    }
  }
  shareOutRows(down, patch);
  standardise(patch.subarray(0, 3 * cells));
  patch.set(mask, 3 * cells);
}

function shareOutRows(down: Axis, patch: Float32Array): void {
  const rowLength = 3 * patchPx;
  for (let v = 0, to = 0; v < patchPx; v += 1) {
    const [begin, end] = [down.begins[v] ?? 0, down.begins[v + 1] ?? 0];
    for (let u = 0; u < rowLength; u += 3, to += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let entry = begin; entry < end; entry += 1) {
        const weight = (down.weights[entry] ?? 0) / 255;
        const from = ((down.pixels[entry] ?? 0) - down.first) * rowLength + u;
        red += weight * (rows[from] ?? 0);
        green += weight * (rows[from + 1] ?? 0);
        blue += weight * (rows[from + 2] ?? 0);
      }
      patch[to] = red;
      patch[cells + to] = green;
      patch[2 * cells + to] = blue;
    }
  }
}

function standardise(values: Float32Array): void {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const variance = Math.max(0, squares / values.length - mean * mean);
  const deviation = Math.max(leastDeviation, Math.sqrt(variance));
  for (let index = 0; index < values.length; index += 1) {
    values[index] = ((values[index] ?? 0) - mean) / deviation;
  }
}
