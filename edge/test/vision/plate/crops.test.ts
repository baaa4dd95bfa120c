import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hours, type Instant } from "@gatehouse/shared/time";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cropJpeg, PlateCrops } from "../../../src/vision/plate/crops.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gatehouse-crops-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const now = 1_790_000_000_000;
const at = (h: number): Instant => (now + hours(h)) as Instant;

test("a crop lies under the name of its read, for nobody else to see", async () => {
  const crops = new PlateCrops(join(dir, "crops"), 7);
  expect(await crops.keep(`${now}-1`, Buffer.from("jpeg"))).toBe(`${now}-1.jpg`);
  expect(readdirSync(join(dir, "crops"))).toEqual([`${now}-1.jpg`]);
  expect(statSync(join(dir, "crops", `${now}-1.jpg`)).mode & 0o777).toBe(0o600);
});

test("crops go when their time is over, and what is no crop stays", async () => {
  const crops = new PlateCrops(dir, 7);
  await crops.keep(`${at(0)}-1`, Buffer.from("old"));
  await crops.keep(`${at(24)}-2`, Buffer.from("young"));
  writeFileSync(join(dir, "notes.txt"), "mine");
  await crops.tidy(at(7 * 24 + 1));
  expect(readdirSync(dir).toSorted()).toEqual([`${at(24)}-2.jpg`, "notes.txt"]);
});

test("a folder holds so many crops and no more: the oldest go", async () => {
  mkdirSync(dir, { recursive: true });
  for (let index = 0; index < 5010; index += 1)
    writeFileSync(join(dir, `${now + index}-1.jpg`), "");
  await new PlateCrops(dir, 7).tidy(at(1));
  const left = readdirSync(dir).toSorted();
  expect(left).toHaveLength(5000);
  expect(left[0]).toBe(`${now + 10}-1.jpg`);
});

test("a folder that nobody has made yet holds nothing", async () => {
  await expect(new PlateCrops(join(dir, "none"), 7).tidy(at(0))).resolves.toBeUndefined();
});

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
