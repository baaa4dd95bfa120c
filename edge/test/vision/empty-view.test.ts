import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Detector } from "../../src/vision/detector.ts";
import { EmptyView } from "../../src/vision/empty-view.ts";
import { Judges, type Prepared } from "../../src/vision/judges.ts";
import type { Pixels } from "../../src/vision/picture.ts";
import { tinyDetector } from "./tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-empty-view-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height] = [320, 240];
const bays = [
  {
    id: "A",
    polygon: [
      [120, 90],
      [200, 90],
      [200, 150],
      [120, 150],
    ] as const,
  },
];
let judges: Judges;
beforeAll(async () => {
  const file = join(folder, "tiny.onnx");
  writeFileSync(file, tinyDetector());
  judges = new Judges(await Detector.load(file), undefined);
});

/** Blotches without a repeat, seen by a camera that has moved, brighter or darker. */
async function yard(right: number, down: number, light = 1) {
  const rgb = Buffer.alloc(3 * width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const [across, below] = [
        Math.floor((x - right) / 3) + 1000,
        Math.floor((y - down) / 3) + 1000,
      ];
      const mixed = Math.imul(
        Math.imul(across, 73_856_093) ^ Math.imul(below, 19_349_663),
        83_492_791,
      );
      rgb.fill(light * (40 + ((mixed >>> 9) % 101)), at, at + 3);
    }
  }
  const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  const prepared = await judges.prepare(png, () => bays);
  if ("kind" in prepared) throw new Error(prepared.detail);
  const pixels = await prepared.picture.decode();
  if ("kind" in pixels) throw new Error(pixels.detail);
  return { prepared: { ...prepared, pixels } satisfies Prepared, pixels: pixels satisfies Pixels };
}

test("a space's empty look is cut where the camera sees it now", async () => {
  const empty = await yard(0, 0);
  const view = new EmptyView(empty.prepared, empty.pixels);
  const there = view.of(empty.prepared);
  const moved = view.of((await yard(2, -2)).prepared);
  // Of the same ground: what was 2 px to the left and 2 px below when it was empty.
  const [before, after] = [there.get("A"), moved.get("A")];
  expect(after).not.toEqual(before);
  const seenNow = new EmptyView(empty.prepared, empty.pixels).next((await yard(2, -2)).prepared);
  expect(seenNow.get("A")).toEqual(after);
});

test("while nothing changes it stays the very same, and another light changes nothing", async () => {
  const empty = await yard(0, 0);
  const view = new EmptyView(empty.prepared, empty.pixels);
  const first = view.next(empty.prepared);
  expect(view.next(empty.prepared)).toBe(first);
  expect(view.next((await yard(0, 0, 0.6)).prepared)).toBe(first);
});
