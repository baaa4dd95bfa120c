import { expect, test } from "vitest";
import type { Polygon } from "../../src/vision/geometry.ts";
import { cutOf, cutPatch, patchLength } from "../../src/vision/patch.ts";
import type { Pixels } from "../../src/vision/picture.ts";

/** Slopes, curves and squares: whatever is cut from it tells where it was cut. */
function drawn(): Pixels {
  const [width, height] = [160, 120];
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      rgb[at] = (x * 7 + y * 3) % 256;
      rgb[at + 1] = (Math.floor((x * x) / 9) + y * 5) % 256;
      rgb[at + 2] = ((Math.floor(x / 8) + Math.floor(y / 8)) % 2) * 200 + 20;
    }
  }
  return { rgb, width, height };
}

const places = [0, 65, 2080, 5000, 8191, 10_000, 12_287, 14_368, 16_383];

/** What `scripts/train/patch_extract.py` makes of the same picture: sum of absolute values, values at `places`. */
const trainedOn: readonly (readonly [string, Polygon, number, readonly number[]])[] = [
  [
    "shrunk",
    [
      [20, 30],
      [120, 25],
      [130, 90],
      [15, 100],
    ],
    14_912.6879,
    [-1.601387, -1.381536, 0.895228, 0.415557, -1.112073, -1.443004, 0.860838, 1, -1],
  ],
  [
    "enlarged",
    [
      [40, 50],
      [70, 48],
      [72, 66],
      [38, 68],
    ],
    15_050.5891,
    [-0.497638, -0.412244, -1.057023, 0.179089, 0.273375, 0.737168, -1.382628, 1, -1],
  ],
  [
    "reaching beyond the picture's edge",
    [
      [-10, -5],
      [30, 0],
      [28, 22],
      [-8, 20],
    ],
    14_956.4825,
    [-1.205599, -1.205599, -0.018876, -1.205599, -0.754047, -0.954191, -0.954191, 1, -1],
  ],
  [
    "drawn between pixels",
    [
      [100.5, 60.25],
      [150.75, 62.5],
      [155.5, 110.125],
      [98, 112],
    ],
    15_066.576,
    [-1.386653, -1.237568, -0.041043, 0.409876, -0.640776, 1.232399, 1.232399, 1, -1],
  ],
];

test.for(trainedOn)(
  "a patch %s is the one the classifier learnt from",
  ([, polygon, sum, values]) => {
    const picture = drawn();
    const patch = new Float32Array(patchLength);
    cutPatch(picture, cutOf(polygon, picture.width, picture.height), patch);
    for (const [index, place] of places.entries()) {
      expect(patch[place]).toBeCloseTo(values[index] ?? Number.NaN, 3);
    }
    expect(patch.reduce((total, value) => total + Math.abs(value), 0)).toBeCloseTo(sum, 0);
  },
);

test("a space without a pixel in the picture gives a patch all the same", () => {
  const picture = drawn();
  const patch = new Float32Array(patchLength);
  const away: Polygon = [
    [900, 900],
    [950, 900],
    [950, 950],
  ];
  cutPatch(picture, cutOf(away, picture.width, picture.height), patch);
  expect(patch.every((value) => Number.isFinite(value))).toBe(true);
});
