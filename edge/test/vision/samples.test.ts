import { expect, test } from "vitest";
import { Samples } from "../../src/vision/samples.ts";

const picture = (bays: number) =>
  Array.from({ length: bays }, (_, index) => ({
    bay: String(index),
    score: 0,
    border: 0.25,
    logit: 0,
  }));

test("the first pictures are all kept, later ones ever more rarely, and never too many", () => {
  const samples = new Samples();
  const kept = Array.from({ length: 10_000 }, () => samples.add(picture(40)));
  expect(kept.slice(0, 64)).not.toContain(false);
  expect(kept.filter(Boolean).length).toBeLessThan(500);
  expect(samples.frames).toBeGreaterThanOrEqual(32);
  expect(samples.frames).toBeLessThanOrEqual(64);
});

test("a camera with many spaces keeps fewer pictures", () => {
  const samples = new Samples();
  for (let count = 0; count < 100; count += 1) samples.add(picture(1000));
  expect(samples.all().length).toBeLessThanOrEqual(4000);
  expect(samples.frames).toBeGreaterThan(0);
});

test("a picture without spaces teaches nothing", () => {
  expect(new Samples().add([])).toBe(false);
});
