import { areaOf } from "@gatehouse/shared/polygon";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  areaOfBox,
  type Box,
  overlapOf,
  overlapWithBox,
  type Polygon,
} from "../../src/vision/geometry.ts";

const cornersOf = ({ left, top, right, bottom }: Box): Polygon => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

const boxes = fc
  .tuple(
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 50 }),
  )
  .map(([left, top, width, height]) => ({ left, top, right: left + width, bottom: top + height }));

test("a triangle has half the area of its box, whichever way round it is drawn", () => {
  const triangle: Polygon = [
    [0, 0],
    [10, 0],
    [0, 6],
  ];
  expect(areaOf(triangle)).toBe(30);
  expect(areaOf(triangle.toReversed())).toBe(30);
});

test("a polygon that is a box overlaps like that box", () => {
  fc.assert(
    fc.property(boxes, boxes, (a, b) => {
      expect(overlapWithBox(cornersOf(a), b)).toBeCloseTo(overlapOf(a, b), 9);
      expect(overlapOf(a, b)).toBeCloseTo(overlapOf(b, a), 9);
    }),
  );
});

test("what two boxes share is never more than either", () => {
  fc.assert(
    fc.property(boxes, boxes, (a, b) => {
      const overlap = overlapOf(a, b);
      const smaller = Math.min(areaOfBox(a), areaOfBox(b));
      const larger = Math.max(areaOfBox(a), areaOfBox(b));
      expect(overlap).toBeGreaterThanOrEqual(0);
      expect(overlap).toBeLessThanOrEqual(smaller / larger + 1e-9);
    }),
  );
});

test("a notched polygon is cut exactly", () => {
  // An L of area 16; the box covers its foot (2 x 2) and the empty notch above it.
  const ell: Polygon = [
    [0, 0],
    [2, 0],
    [2, 4],
    [4, 4],
    [4, 6],
    [0, 6],
  ];
  const box = { left: 2, top: 0, right: 4, bottom: 6 };
  expect(areaOf(ell)).toBe(16);
  expect(overlapWithBox(ell, box)).toBeCloseTo(4 / (16 + 12 - 4), 9);
});

test("a box elsewhere shares nothing", () => {
  const far = { left: 500, top: 500, right: 600, bottom: 600 };
  expect(overlapWithBox(cornersOf({ left: 0, top: 0, right: 10, bottom: 10 }), far)).toBe(0);
});
