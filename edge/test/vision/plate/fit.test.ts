import { LaneExporter } from "@gatehouse/firmware-sim/scene/lane-exporter";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { expect, test } from "vitest";
import { PlateFit, shippedFit } from "../../../src/vision/plate/fit.ts";
import { partOf, type Quad, sizeOf } from "../../../src/vision/plate/quad.ts";
import { shippedReader } from "../../../src/vision/plate/reader.ts";

const size = { width: 480, height: 300 };

/** Drawing takes seconds on a busy machine. */
const limitMs = 120_000;

/** Lanes that we draw, each with a vehicle's plate and where its corners truly are. */
function drawnPlates(count: number) {
  const lanes = new LaneExporter(size, 1);
  const plates = [];
  for (let index = 0; plates.length < count; index += 1) {
    const { vehicles, rgb } = lanes.view(new SeededRandom(90_000 + index)).pictures(0);
    const [plate] = vehicles.flatMap((vehicle) => vehicle.plate ?? []);
    const [a, b, c, d] = plate?.corners ?? [];
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    const corners: Quad = [a, b, c, d];
    plates.push({ pixels: { ...size, rgb: new Uint8Array(rgb) }, corners });
  }
  return plates;
}

/** How far corners are off at most, in shares of the plate's height. */
const offBy = (found: Quad, truth: Quad): number =>
  Math.max(
    ...found.map(([x, y], index) => {
      const [trueX, trueY] = truth[index] ?? [0, 0];
      return Math.hypot(x - trueX, y - trueY);
    }),
  ) / sizeOf(truth).height;

test("a plate that was found a tenth off is laid on its edges", { timeout: limitMs }, async () => {
  const fit = await PlateFit.load(shippedFit);
  const wrong = { left: -0.1, top: -0.25, right: 0.9, bottom: 0.8 };
  for (const { pixels, corners } of drawnPlates(7)) {
    const { corners: found, score } = await fit.fit(pixels, partOf(corners, wrong));
    expect(score).toBeGreaterThan(0.5);
    expect(offBy(found, corners)).toBeLessThan(0.2);
  }
});

test("a bare wall is no plate", async () => {
  const fit = await PlateFit.load(shippedFit);
  const wall = { ...size, rgb: new Uint8Array(3 * size.width * size.height).fill(140) };
  const somewhere: Quad = [
    [300, 200],
    [420, 200],
    [420, 230],
    [300, 230],
  ];
  const { score } = await fit.fit(wall, somewhere);
  expect(score).toBeLessThan(0.5);
});

test("a network of another kind is refused with what was seen", async () => {
  await expect(PlateFit.load(shippedReader)).rejects.toThrow(/not \[n,1,64,128\]/);
});
