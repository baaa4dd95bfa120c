import { expect, test } from "vitest";
import { partOf, projectionOf, type Quad, sizeOf } from "../../../src/vision/plate/quad.ts";

const leaning: Quad = [
  [100, 50],
  [180, 70],
  [176, 102],
  [98, 74],
];

test("the corners of a plate's face lie on its corners in the picture", () => {
  const at = projectionOf(leaning);
  const faces = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)].flat();
  for (const [index, value] of leaning.flat().entries()) {
    expect(faces[index]).toBeCloseTo(value, 9);
  }
});

test("a straight line on the face is a straight line in the picture, and the diagonals cross in the middle", () => {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = leaning;
  const [x, y] = projectionOf(leaning)(0.5, 0.5);
  expect((x2 - x0) * (y - y0)).toBeCloseTo((y2 - y0) * (x - x0), 6);
  expect((x3 - x1) * (y - y1)).toBeCloseTo((y3 - y1) * (x - x1), 6);
});

test("a part of a rectangle is a rectangle", () => {
  const rectangle: Quad = [
    [10, 20],
    [110, 20],
    [110, 40],
    [10, 40],
  ];
  const part = partOf(rectangle, { left: -0.1, top: 0, right: 0.5, bottom: 0.5 });
  expect(part).toEqual([
    [0, 20],
    [60, 20],
    [60, 30],
    [0, 30],
  ]);
  expect(sizeOf(part)).toEqual({ width: 60, height: 10 });
});
