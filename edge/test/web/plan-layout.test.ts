import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cornerOf, layOut, spaceAt } from "../../web/plan-layout.ts";

describe("the rows of a zone", () => {
  test("hold every space once, inside the width given, and no two overlap", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 60, max: 1400 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 6 }),
        (count, width, total, longest) => {
          const layout = layOut(count, width, Math.max(count, total), longest);
          expect(layout.width).toBeLessThanOrEqual(width);
          const corners = Array.from({ length: count }, (_, index) => cornerOf(layout, index));
          expect(new Set(corners.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
          for (const [index, { x, y }] of corners.entries()) {
            expect(spaceAt(layout, count, x + layout.cellWidth / 2, y + 1)).toBe(index);
          }
          expect(Math.max(...corners.map(({ y }) => y)) + layout.cellHeight).toBe(layout.height);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("are read up to 400 spaces and looked over beyond", () => {
    expect(layOut(30, 500, 400, 4).isNumbered).toBe(true);
    expect(layOut(30, 500, 401, 4).isNumbered).toBe(false);
    expect(layOut(30, 500, 10_000, 4).cellWidth).toBeLessThan(layOut(30, 500, 500, 4).cellWidth);
  });

  test("make room for a long number", () => {
    expect(layOut(10, 500, 10, 8).cellWidth).toBeGreaterThan(layOut(10, 500, 10, 4).cellWidth);
  });

  test("are empty for a zone without spaces", () => {
    expect(layOut(0, 500, 10, 4)).toMatchObject({ rows: 0, height: 0 });
  });

  test.each([
    [-1, 5],
    [5, -1],
    [10_000, 5],
    [5, 10_000],
  ])("hold nothing at %i, %i", (x, y) => {
    expect(spaceAt(layOut(30, 500, 120, 4), 30, x, y)).toBeUndefined();
  });
});
