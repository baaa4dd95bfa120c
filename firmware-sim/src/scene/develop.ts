import type { SeededRandom } from "../seeded-random.ts";
import { defocus, shake } from "./blur.ts";
import type { Exposed } from "./lens.ts";
import { linear } from "./surfaces.ts";
import { letFall } from "./falling.ts";
import { clouds, grain, noiseSide } from "./noise.ts";

/** How a camera turns light into a picture, with its faults. */
export interface Film {
  /** Mean brightness that the exposure aims at, 0–1 of linear white. */
  readonly exposure: number;
  /** Takes the light times this, whatever its mean. */
  readonly gain?: number;
  /** Gain of red and blue against green. */
  readonly balance: readonly [number, number];
  /** In pixels. */
  readonly defocus: number;
  readonly shake: number;
  /** Light lost in the corners, 0–1. */
  readonly vignette: number;
  /** Standard deviation in the darks, of 255. */
  readonly noise: number;
  readonly colourNoise: number;
  /** 0 as seen to 1 without colour. */
  readonly grey: number;
  /** Contrast around the middle; 1 is none added. */
  readonly contrast: number;
  readonly dirt: number;
  /** Falling through the picture, flakes or drops for each 1,000 pixels. */
  readonly flakes: number;
  readonly streaks: number;
}

/** Develops into 8-bit sRGB, three channels. Blurs `picture.light` on the way. */
export function develop(picture: Exposed, film: Film, random: SeededRandom): Uint8ClampedArray {
  const { width, height, light } = picture;
  if (film.defocus >= 0.3) defocus(picture, film.defocus);
  if (film.shake >= 0.5) shake(picture, film.shake);
  const gain = film.gain ?? film.exposure / Math.max(1e-4, meanOf(light));
  const tone = toneTable(film.contrast);
  const out = new Uint8ClampedArray(width * height * 3);
  const [red, blue] = film.balance;
  const colour = 1 - film.grey;
  const start = Math.floor(random.fraction() * grain.length);
  const dirtX = random.fraction() * noiseSide;
  let at = start;
  for (let y = 0; y < height; y++) {
    // A new start each row hides that the grain repeats.
    at = (at + 7919 + ((y * 40503) & 0xffff)) & (grain.length - 1);
    const fy = (2 * y) / height - 1;
    for (let x = 0; x < width; x++) {
      const p = (y * width + x) * 3;
      const fx = (2 * x) / width - 1;
      let here = gain * (1 - film.vignette * 0.5 * (fx * fx + fy * fy));
      if (film.dirt > 0) here *= 1 - film.dirt * smudge(x / height, y / height, dirtX);
      let r = (light[p] ?? 0) * here * red;
      let g = (light[p + 1] ?? 0) * here;
      let b = (light[p + 2] ?? 0) * here * blue;
      if (colour < 1) {
        const grey = (0.35 * r + 0.5 * g + 0.15 * b) * film.grey;
        r = r * colour + grey;
        g = g * colour + grey;
        b = b * colour + grey;
      }
      at = (at + 3) & (grain.length - 1);
      const common =
        film.noise * ((grain[at] ?? 0) + (grain[(at + 977) & (grain.length - 1)] ?? 0));
      const tint = film.colourNoise;
      out[p] = toned(tone, r) + common + tint * (grain[(at + 1) & (grain.length - 1)] ?? 0);
      out[p + 1] = toned(tone, g) + common;
      out[p + 2] = toned(tone, b) + common + tint * (grain[(at + 2) & (grain.length - 1)] ?? 0);
    }
  }
  if (film.streaks > 0 || film.flakes > 0) letFall({ width, height, rgb: out }, film, random);
  return out;
}

const toneSteps = 4096;
/** Light above this is white. */
const white = 4;

/** @returns 0–255 */
export function toned(tone: Float32Array, value: number): number {
  const step = value * (toneSteps / white);
  return tone[step >= toneSteps ? toneSteps - 1 : step | 0] ?? 255;
}

/** Linear light → 0–255: a soft shoulder, the sRGB curve, then contrast. */
export function toneTable(contrast: number): Float32Array {
  return Float32Array.from({ length: toneSteps }, (_, i) => {
    const value = ((i + 0.5) / toneSteps) * white;
    const rolled = 1 - Math.exp(-shoulder * value);
    const curved = rolled <= 0.0031308 ? 12.92 * rolled : 1.055 * rolled ** (1 / 2.4) - 0.055;
    return 255 * Math.min(1, Math.max(0, 0.5 + (curved - 0.5) * contrast));
  });
}

const shoulder = 1.35;

/** The light that comes out as `tone` (0–255) with a gain and a contrast of 1. */
export const lightOfTone = (tone: number): number =>
  -Math.log(1 - Math.min(0.995, linear(tone))) / shoulder;

/** Of every seventh pixel, each cut off at a bright value so that lamps do not darken the night. */
export function meanOf(light: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let p = 1; p < light.length; p += 21, count++) sum += Math.min(3, light[p] ?? 0);
  return sum / count;
}

function smudge(x: number, y: number, from: number): number {
  const [cx, cy] = [Math.floor(from + x * 20), Math.floor(y * 20)];
  const value = clouds[(cy & (noiseSide - 1)) * noiseSide + (cx & (noiseSide - 1))] ?? 0;
  return value > 0.15 ? Math.min(0.6, (value - 0.15) * 2) : 0;
}
