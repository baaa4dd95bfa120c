import type { SeededRandom } from "../seeded-random.ts";

/** A developed picture: 8-bit sRGB, three channels. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;
}

/** Draws snowflakes and streaks of rain before everything else; both for each 1,000 pixels. */
export function letFall(
  picture: Picture,
  { flakes, streaks }: { readonly flakes: number; readonly streaks: number },
  random: SeededRandom,
): void {
  const { width, height } = picture;
  const slant = (random.fraction() - 0.5) * 0.8;
  const isRain = streaks > 0;
  const length = isRain ? height * (0.02 + 0.04 * random.fraction()) : 0;
  const count = Math.round(((flakes + streaks) * width * height) / 1000);
  const bright = meanOf(picture.rgb) * (isRain ? 1.3 : 1.5) + (isRain ? 10 : 40);
  for (let i = 0; i < count; i++) {
    const [x0, y0] = [random.fraction() * width, random.fraction() * height];
    const near = random.fraction() ** 3;
    const share = isRain ? 0.06 + 0.14 * near : 0.4 + 0.5 * random.fraction();
    const radius = isRain ? 0.5 : 0.4 + near * height * 0.008;
    const steps = Math.max(1, Math.round(length * (0.5 + near)));
    for (let s = 0; s < steps; s++) spot(picture, x0 + s * slant, y0 + s, radius, share, bright);
  }
}

function spot(
  { width, height, rgb }: Picture,
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
      for (let k = 0; k < 3; k++) rgb[p + k] = (rgb[p + k] ?? 0) * (1 - share) + bright * share;
    }
  }
}

/** Of every 33rd pixel. */
function meanOf(rgb: Uint8ClampedArray): number {
  let sum = 0;
  let count = 0;
  for (let p = 1; p < rgb.length; p += 99, count++) sum += rgb[p] ?? 0;
  return sum / count;
}
