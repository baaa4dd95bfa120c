import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalisePlate } from "../../src/plate/normalise.ts";

describe("normalising", () => {
  test.each([
    ["b-gh 1234", "BGH1234"],
    ["  AB·12 CDE\n", "AB12CDE"],
    ["MÜ-XY 12", "MUXY12"],
    ["Å 123", "A123"],
    ["１２３", ""],
    ["", ""],
    ["---", ""],
  ])("%j is %j", (raw, plate) => {
    expect(normalisePlate(raw)).toBe(plate);
  });

  test("a normalised plate stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (raw) => {
        const once = normalisePlate(raw);
        expect(normalisePlate(once)).toBe(once);
        expect(once).toMatch(/^[A-Z0-9]*$/);
      }),
    );
  });
});
