/** Parts across and down whose detail is told apart. */
export const regionsAside = 4;

/** Far steps in pixels, against which the near ones are held. */
const farPx = 8;

/** A ramp's near steps are an eighth of its far ones: no picture is less sharp than that. */
const smoothest = 1 / farPx;

/** What can be said of a picture without knowing what it shows. */
export interface Look {
  /** Mean level, 0–255. */
  readonly brightness: number;
  /** Root mean square of the levels' differences over 8 pixels: how much there is to see at all. */
  readonly detail: number;
  /** The same for each of 4 x 4 regions, row by row. */
  readonly regions: readonly number[];
  /**
   * How fine that detail is: differences between neighbours over those between far pixels. 0 for the smoothest
   * ramp, 0.2–0.3 for a focused camera whatever the light; a blur of three pixels halves it. Exposure, contrast
   * and weather cancel out.
   */
  readonly sharpness: number;
}

/** Every fourth row says as much as all of them, at a quarter of the cost. */
const rowStep = 4;

/**
 * Measures a picture at the size that the network sees: blur that is lost there would not matter to it.
 *
 * @param rgb three bytes a pixel, row by row; green stands for brightness
 */
export function lookOf(rgb: Uint8Array, width: number, height: number): Look {
  const regions = Array.from({ length: regionsAside * regionsAside }, () => ({ ...nothing }));
  for (let y = 0; y + farPx < height; y += rowStep) {
    const row = regionsAside * Math.floor((y * regionsAside) / height);
    for (let column = 0; column < regionsAside; column += 1) {
      const [from, to] = [column, column + 1].map((each) =>
        Math.ceil((each * (width - farPx)) / regionsAside),
      );
      const region = regions[row + column];
      if (region !== undefined) addSpan(region, rgb, width, y, from ?? 0, to ?? 0);
    }
  }
  const all = { ...nothing };
  for (const { near, far, levels, pixels } of regions) {
    all.near += near;
    all.far += far;
    all.levels += levels;
    all.pixels += pixels;
  }
  return {
    brightness: all.levels / Math.max(1, all.pixels),
    detail: detailOf(all),
    regions: regions.map(detailOf),
    sharpness: all.far === 0 ? 0 : Math.max(0, Math.sqrt(all.near / all.far) - smoothest),
  };
}

interface Sums {
  /** Squared differences between neighbours, and between pixels far from each other. */
  near: number;
  far: number;
  levels: number;
  pixels: number;
}
const nothing: Readonly<Sums> = { near: 0, far: 0, levels: 0, pixels: 0 };

/** Adds the pixels of one row from `from` to before `to`. */
function addSpan(
  sums: Sums,
  rgb: Uint8Array,
  width: number,
  y: number,
  from: number,
  to: number,
): void {
  const [down, farDown] = [3 * width, 3 * farPx * width];
  let [near, far, levels] = [0, 0, 0];
  const end = 3 * (y * width + to) + 1;
  for (let at = 3 * (y * width + from) + 1; at < end; at += 3) {
    const level = rgb[at] ?? 0;
    const right = (rgb[at + 3] ?? 0) - level;
    const below = (rgb[at + down] ?? 0) - level;
    const farRight = (rgb[at + 3 * farPx] ?? 0) - level;
    const farBelow = (rgb[at + farDown] ?? 0) - level;
    near += right * right + below * below;
    far += farRight * farRight + farBelow * farBelow;
    levels += level;
  }
  sums.near += near;
  sums.far += far;
  sums.levels += levels;
  sums.pixels += to - from;
}

/** Root mean square over both directions. */
const detailOf = ({ far, pixels }: Sums): number => Math.sqrt(far / Math.max(1, 2 * pixels));
