import { expect, test } from "vitest";
import { suppress } from "../../src/vision/suppress.ts";
import type { Detection } from "../../src/vision/vehicles.ts";

const seen = (left: number, score: number, vehicle: Detection["vehicle"] = "car"): Detection => ({
  left,
  top: 0,
  right: left + 100,
  bottom: 50,
  score,
  vehicle,
});

test("one vehicle seen as car and as truck is kept once, as what it is more surely", () => {
  const kept = suppress([seen(0, 0.4, "car"), seen(5, 0.6, "truck")], 0.6);
  expect(kept).toEqual([seen(5, 0.6, "truck")]);
});

test("two cars that hide each other in part are both kept", () => {
  expect(suppress([seen(0, 0.9), seen(60, 0.5)], 0.6)).toHaveLength(2);
});

test("a car dropped for a surer one does not drop a third", () => {
  const kept = suppress([seen(40, 0.5), seen(20, 0.7), seen(0, 0.9)], 0.6);
  expect(kept.map(({ left }) => left)).toEqual([0, 40]);
});

test("no picture yields more than 500 vehicles", () => {
  const many = Array.from({ length: 2000 }, (_, index) => seen(index * 1000, 0.9));
  expect(suppress(many, 0.6)).toHaveLength(500);
});
