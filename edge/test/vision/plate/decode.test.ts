import { expect, test } from "vitest";
import { cellPlanes, cellStride, decodeCells } from "../../../src/vision/plate/corner-cells.ts";
import { surestPlates } from "../../../src/vision/plate/located.ts";
import { locatorFamilyOf } from "../../../src/vision/plate/locator-family.ts";
import { decodeY5fu, y5fuColumns } from "../../../src/vision/plate/y5fu.ts";

const placing = { scaleX: 2, scaleY: 3, left: 10, top: 20 };

test("a cell's corners lie around its middle, in pixels of the picture", () => {
  const [rows, columns] = [4, 6];
  const planes = new Float32Array(cellPlanes * rows * columns);
  const cell = 2 * columns + 3;
  const set = (plane: number, value: number) =>
    void (planes[plane * rows * columns + cell] = value);
  set(0, 0.9);
  const offsets = [-2, -0.5, 2, -0.5, 2, 0.5, -2, 0.5];
  for (const [index, offset] of offsets.entries()) set(1 + index, Math.asinh(offset));
  set(9, 0.8);
  const [plate, ...others] = decodeCells(planes, rows, columns, placing, 0.5);
  expect(others).toEqual([]);
  expect(plate?.rows).toBe(2);
  expect(plate?.score).toBeCloseTo(0.9);
  const [x, y] = [3.5 * cellStride, 2.5 * cellStride];
  const corner = (dx: number, dy: number) => [
    10 + 2 * (x + dx * cellStride),
    20 + 3 * (y + dy * cellStride),
  ];
  const wanted = [corner(-2, -0.5), corner(2, -0.5), corner(2, 0.5), corner(-2, 0.5)].flat();
  for (const [index, value] of (plate?.corners.flat() ?? []).entries()) {
    expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 3);
  }
});

test("of neighbouring cells only the surest is a plate, and of equal ones one", () => {
  const planes = new Float32Array(cellPlanes * 25);
  planes.set([0.6, 0.9, 0.9], 6);
  expect(decodeCells(planes, 5, 5, placing, 0.5)).toHaveLength(1);
});

test("a row of the y5fu family is a plate of one or two rows, where it is sure enough", () => {
  const rows = new Float32Array(2 * y5fuColumns);
  rows.set([50, 40, 20, 8, 0.9, 40, 36, 60, 36, 60, 44, 40, 44, 0.8, 0.1]);
  rows.set([50, 40, 20, 8, 0.1, 40, 36, 60, 36, 60, 44, 40, 44, 0.1, 0.8], y5fuColumns);
  const found = decodeY5fu(rows, placing, 0.3);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    rows: 1,
    corners: [
      [90, 128],
      [130, 128],
      [130, 152],
      [90, 152],
    ],
  });
  expect(found[0]?.score).toBeCloseTo(0.72);
});

test("two boxes on one plate are one plate, the surer of them", () => {
  const at = (x: number, score: number) => ({
    corners: [
      [x, 0],
      [x + 100, 0],
      [x + 100, 20],
      [x, 20],
    ] as const,
    score,
    rows: 1 as const,
  });
  const kept = surestPlates([at(0, 0.5), at(5, 0.8), at(300, 0.4)]);
  expect(kept.map(({ score }) => score)).toEqual([0.8, 0.4]);
});

test("a file that is neither of both families is refused with what was seen", () => {
  const picture = { name: "in", type: "float32", shape: [1, 3, 320, 320] };
  const boxes = { name: "out", type: "float32", shape: [1, 6300, 15] };
  expect(locatorFamilyOf([picture], [boxes])).toMatchObject({ kind: "y5fu", width: 320 });
  const grey = { name: "grey", type: "float32", shape: [1, 1, "height", "width"] };
  const cells = { name: "cells", type: "float32", shape: [1, 10, "rows", "columns"] };
  expect(locatorFamilyOf([grey], [cells])).toMatchObject({ kind: "corners" });
  expect(locatorFamilyOf([picture], [{ ...boxes, shape: [1, 84, 8400] }])).toContain("84,8400");
});
