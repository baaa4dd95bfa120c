import { SeededRandom } from "../seeded-random.ts";

/** Side of the noise tables in samples; a power of two, so that a coordinate wraps by a mask. */
export const noiseSide = 256;
const mask = noiseSide - 1;

/** Cells a side of the table, and how much the octave weighs. */
const octaves = [
  [16, 0.5],
  [32, 0.32],
  [64, 0.2],
  [128, 0.14],
] as const;

/** Every sample by itself, −1 to 1: grain. */
export const grain: Float32Array = makeGrain();
/** Clouds: four octaves of value noise, about −1 to 1, without a seam. */
export const clouds: Float32Array = makeClouds();

/** The cloud at a point, linear between samples; one unit of x or y is one sample. */
export function cloudAt(x: number, y: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const fx = x - x0;
  const fy = y - y0;
  const row = (y0 & mask) * noiseSide;
  const below = ((y0 + 1) & mask) * noiseSide;
  const left = x0 & mask;
  const right = (x0 + 1) & mask;
  const top = (clouds[row + left] ?? 0) * (1 - fx) + (clouds[row + right] ?? 0) * fx;
  const bottom = (clouds[below + left] ?? 0) * (1 - fx) + (clouds[below + right] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** The grain at a point; nearest sample. */
export const grainAt = (x: number, y: number): number =>
  grain[(Math.floor(y) & mask) * noiseSide + (Math.floor(x) & mask)] ?? 0;

function makeGrain(): Float32Array {
  const random = new SeededRandom(0x6a1);
  return Float32Array.from({ length: noiseSide * noiseSide }, () => random.fraction() * 2 - 1);
}

function makeClouds(): Float32Array {
  const sum = new Float32Array(noiseSide * noiseSide);
  for (const [cells, weight] of octaves) addOctave(sum, cells, weight);
  return sum;
}

function addOctave(sum: Float32Array, cells: number, weight: number): void {
  const random = new SeededRandom(cells);
  const values = Float32Array.from({ length: cells * cells }, () => random.fraction() * 2 - 1);
  const value = (x: number, y: number): number => values[(y % cells) * cells + (x % cells)] ?? 0;
  const step = cells / noiseSide;
  for (let y = 0; y < noiseSide; y++) {
    for (let x = 0; x < noiseSide; x++) {
      const [cx, cy] = [Math.floor(x * step), Math.floor(y * step)];
      const [fx, fy] = [soften(x * step - cx), soften(y * step - cy)];
      const top = value(cx, cy) * (1 - fx) + value(cx + 1, cy) * fx;
      const bottom = value(cx, cy + 1) * (1 - fx) + value(cx + 1, cy + 1) * fx;
      sum[y * noiseSide + x] =
        (sum[y * noiseSide + x] ?? 0) + weight * (top * (1 - fy) + bottom * fy);
    }
  }
}

function soften(t: number): number {
  return t * t * (3 - 2 * t);
}
