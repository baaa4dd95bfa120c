import { expect, test } from "vitest";
import { partOf, projectionOf, type Quad } from "../../../src/vision/plate/quad.ts";
import { rectify } from "../../../src/vision/plate/rectify.ts";

const [width, height] = [120, 90];
const leaning: Quad = [
  [20, 15],
  [100, 30],
  [96, 70],
  [24, 50],
];

/** Left half of the plate red, right half blue, around it green. */
function picture() {
  const rgb = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel += 1) rgb[3 * pixel + 1] = 200;
  const at = projectionOf(leaning);
  for (let u = 0; u < 400; u += 1) {
    for (let v = 0; v < 200; v += 1) {
      const [x, y] = at((u + 0.5) / 400, (v + 0.5) / 200);
      const to = 3 * (Math.floor(y) * width + Math.floor(x));
      rgb.set(u < 200 ? [255, 0, 0] : [0, 0, 255], to);
    }
  }
  return { rgb, width, height };
}

const colourAt = (crop: Uint8Array, wide: number, x: number, y: number) => [
  ...crop.subarray(3 * (y * wide + x), 3 * (y * wide + x) + 3),
];

test("a plate seen aslant is drawn as if one stood before it", () => {
  const crop = rectify(picture(), leaning, 40, 20);
  for (const y of [3, 10, 16]) {
    expect(colourAt(crop, 40, 4, y)).toEqual([255, 0, 0]);
    expect(colourAt(crop, 40, 15, y)).toEqual([255, 0, 0]);
    expect(colourAt(crop, 40, 24, y)).toEqual([0, 0, 255]);
    expect(colourAt(crop, 40, 36, y)).toEqual([0, 0, 255]);
  }
});

test("what lies beyond the picture is drawn as its edge", () => {
  const beyond = partOf(leaning, { left: -5, top: -5, right: -3, bottom: -3 });
  const crop = rectify(picture(), beyond, 8, 8);
  expect([...crop.subarray(0, 3)]).toEqual([0, 200, 0]);
});

test("a large plate is averaged into a small crop", () => {
  const stripes = new Uint8Array(3 * 64 * 64);
  for (let pixel = 0; pixel < 64 * 64; pixel += 1) {
    stripes.fill(pixel % 2 === 0 ? 255 : 0, 3 * pixel, 3 * pixel + 3);
  }
  const whole: Quad = [
    [0, 0],
    [64, 0],
    [64, 64],
    [0, 64],
  ];
  const crop = rectify({ rgb: stripes, width: 64, height: 64 }, whole, 16, 16);
  for (const value of crop) expect(Math.abs(value - 127.5)).toBeLessThan(20);
});
