import sharp from "sharp";
import { expect, test } from "vitest";
import { cropJpeg } from "../../../src/vision/plate/crops.ts";

test("a crop shows the plate and a little around it, also at the edge of the picture", async () => {
  const pixels = { rgb: new Uint8Array(3 * 640 * 400), width: 640, height: 400 };
  const middle = await sharp(
    await cropJpeg(pixels, { left: 200, top: 100, right: 300, bottom: 120 }),
  ).metadata();
  expect([middle.width, middle.height]).toEqual([150, 30]);
  const edge = await sharp(
    await cropJpeg(pixels, { left: -20, top: 390, right: 60, bottom: 410 }),
  ).metadata();
  expect([edge.width, edge.height]).toEqual([80, 15]);
});
