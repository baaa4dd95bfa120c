import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correctionsOf, isCorrected } from "../../web/plate.tsx";

const marked = (plate: string, raw: string): string =>
  [...correctionsOf(plate, raw)].map((index) => plate[index]).join("");

describe("what is marked on a plate", () => {
  test.each([
    ["BXK8805", "BXK8805", ""],
    ["BXK8805", "b-xk 8805", ""],
    ["BXK8805", "BXK88O5", "0"],
    ["MAB1234", "MA8I234", "B1"],
    ["MAB1234", "MAB234", "1"],
    ["MAB1234", "MABB1234", ""],
    ["MAB1234", "", "MAB1234"],
    ["", "MAB1234", ""],
  ])("%s, read as %s: %s", (plate, raw, signs) => {
    expect(marked(plate, raw)).toBe(signs);
  });

  test("is nothing when the same was read, and never more than the plate", () => {
    const plates = fc.stringMatching(/^[A-Z0-9ÄÖÜ]{0,12}$/);
    fc.assert(
      fc.property(plates, plates, (plate, raw) => {
        expect(correctionsOf(plate, plate).size).toBe(0);
        const marks = correctionsOf(plate, raw);
        expect([...marks].every((index) => index < plate.length)).toBe(true);
        // What is not marked was read, in this order.
        const kept = Array.from(plate).filter((_, index) => !marks.has(index));
        let from = 0;
        for (const sign of kept) {
          from = raw.indexOf(sign, from) + 1;
          expect(from).toBeGreaterThan(0);
        }
      }),
    );
  });

  test("a text far longer than a plate is left alone", () => {
    expect(correctionsOf("X".repeat(5000), "Y").size).toBe(0);
  });

  test("spaces, dashes and case are no correction", () => {
    expect(isCorrected("MAB1234", "m-ab 1234")).toBe(false);
    expect(isCorrected("MAB1234", "MAB123")).toBe(true);
  });
});
