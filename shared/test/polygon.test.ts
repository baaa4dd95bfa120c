import { expect, test } from "vitest";
import { contains, type Point } from "../src/polygon.ts";

/** A letter L. */
const corner: readonly Point[] = [
  [0, 0],
  [4, 0],
  [4, 1],
  [1, 1],
  [1, 4],
  [0, 4],
];

test.each([
  ["in its foot", [3, 0.5], true],
  ["in its stem", [0.5, 3], true],
  ["in the hollow between", [3, 3], false],
  ["to its left", [-1, 0.5], false],
  ["below it", [0.5, 5], false],
] as const)("a point %s", (_name, point, isInside) => {
  expect(contains(corner, point)).toBe(isInside);
  expect(contains(corner.toReversed(), point)).toBe(isInside);
});

test("nothing is in no polygon", () => {
  expect(contains([], [0, 0])).toBe(false);
});
