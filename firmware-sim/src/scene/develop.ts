import type { SeededRandom } from "../seeded-random.ts";
import { defocus, shake } from "./blur.ts";
import type { Exposed } from "./lens.ts";
import { linear } from "./surfaces.ts";
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
  if (film.streaks > 0 || film.flakes > 0) fall(picture, film, random);
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
  return out;
}

const toneSteps = 4096;
/** Light above this is white. */
const white = 4;

function toned(tone: Float32Array, value: number): number {
  const step = value * (toneSteps / white);
  return tone[step >= toneSteps ? toneSteps - 1 : step | 0] ?? 255;
}

/** Linear light → 0–255: a soft shoulder, the sRGB curve, then contrast. */
function toneTable(contrast: number): Float32Array {
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
function meanOf(light: Float32Array): number {
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

/** Snowflakes and streaks of rain before the lens. */
function fall(picture: Exposed, film: Film, random: SeededRandom): void {
  const { width, height, light } = picture;
  const mean = meanOf(light);
  const slant = (random.fraction() - 0.5) * 0.8;
  const count = Math.round(((film.flakes + film.streaks) * width * height) / 1000);
  const length = film.streaks > 0 ? height * (0.02 + 0.04 * random.fraction()) : 0;
  for (let i = 0; i < count; i++) {
    const [x0, y0] = [random.fraction() * width, random.fraction() * height];
    const near = random.fraction() ** 3;
    const share = film.streaks > 0 ? 0.08 + 0.15 * near : 0.4 + 0.5 * random.fraction();
    const radius = film.streaks > 0 ? 0.5 : 0.4 + near * height * 0.008;
    const steps = Math.max(1, Math.round(length * (0.5 + near)));
    for (let s = 0; s < steps; s++)
      spot(picture, x0 + s * slant, y0 + s, radius, share, mean * (film.streaks > 0 ? 2 : 3.2));
  }
}

function spot(
  { width, height, light }: Exposed,
  x: number,
  y: number,
  radius: number,
  share: number,
  bright: number,
): void {
  const reach = Math.ceil(radius);
  for (let py = Math.floor(y) - reach; py <= y + reach; py++) {
    for (let px = Math.floor(x) - reach; px <= x + reach; px++) {
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      if ((px - x) ** 2 + (py - y) ** 2 > radius * radius + 0.5) continue;
      const p = (py * width + px) * 3;
      for (let k = 0; k < 3; k++) light[p + k] = (light[p + k] ?? 0) * (1 - share) + bright * share;
    }
  }
}
