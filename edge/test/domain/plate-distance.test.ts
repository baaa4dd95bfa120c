import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plateDistance, swapsBetween, usualCosts } from "../../src/domain/plate-distance.ts";
import { plateText } from "./plate-texts.ts";

describe("distance", () => {
  test.each([
    ["O", "0"],
    ["O", "Q"],
    ["O", "D"],
    ["O", "U"],
    ["O", "G"],
    ["O", "B"],
    ["0", "Q"],
    ["0", "D"],
    ["I", "1"],
    ["1", "T"],
    ["B", "8"],
    ["S", "5"],
    ["Z", "2"],
    ["G", "6"],
  ])("%s and %s are look-alikes", (a, b) => {
    expect(plateDistance(`KA${a}123`, `KA${b}123`)).toBeCloseTo(0.4);
  });

  test("other letters differ whole", () => {
    expect(plateDistance("KAX123", "KAW123")).toBeCloseTo(1);
  });

  test.each([
    ["A13709", "13709", 0.7],
    ["A13709", "A1370", 0.7],
    ["A13709", "A3709", 0.7],
    ["A13709", "A1309", 1],
    ["A13709", "AI3709X", 1.1],
  ])("%s is %s but for what is dropped or inserted: %d", (a, b, distance) => {
    expect(plateDistance(a, b)).toBeCloseTo(distance);
  });

  test("is zero for the same plate alone, the same both ways, and no detour is shorter", () => {
    fc.assert(
      fc.property(plateText, plateText, plateText, (a, b, c) => {
        expect(plateDistance(a, a)).toBe(0);
        expect(plateDistance(a, b) > 0).toBe(a !== b);
        expect(plateDistance(a, b)).toBeCloseTo(plateDistance(b, a));
        // B looks like 8 and like O, which do not look alike: a detour over a look-alike may be 0.2 shorter a letter.
        // A thick character may be shorter to drop once it has been taken for a thin one.
        const slack = 0.3 * Math.max(a.length, b.length, c.length);
        expect(plateDistance(a, c)).toBeLessThanOrEqual(
          plateDistance(a, b) + plateDistance(b, c) + slack + 1e-9,
        );
      }),
    );
  });

  test("beyond the limit it is only known to be more", () => {
    fc.assert(
      fc.property(plateText, plateText, (a, b) => {
        const whole = plateDistance(a, b);
        const limited = plateDistance(a, b, usualCosts, 0.9);
        expect(limited > 0.9).toBe(whole > 0.9);
        expect(Math.min(limited, 0.9)).toBeCloseTo(Math.min(whole, 0.9));
      }),
    );
  });
});

test("the swaps of two plates of one length stand place by place; other lengths tell nothing", () => {
  expect(swapsBetween("8GH1Z34", "BGH1234")).toEqual([
    ["8", "B"],
    ["Z", "2"],
  ]);
  expect(swapsBetween("GH1234", "BGH1234")).toEqual([]);
});
