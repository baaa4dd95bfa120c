import { describe, expect, test } from "vitest";
import { look } from "../src/plate-sight.ts";
import { SeededRandom } from "../src/seeded-random.ts";

const looks = (misreads: number, count = 4000) => {
  const random = new SeededRandom(5);
  return Array.from({ length: count }, () => look(random, "HHAB1208", misreads));
};

test("a good camera reads what is painted, and is sure of it", () => {
  for (const { rawPlate, confidence } of looks(0)) {
    expect(rawPlate).toBe("HHAB1208");
    expect(confidence).toBeGreaterThanOrEqual(0.86);
    expect(confidence).toBeLessThan(1);
  }
});

describe("a bad look", () => {
  const wrong = looks(0.1).filter(({ rawPlate }) => rawPlate !== "HHAB1208");

  test("happens as often as asked", () => {
    expect(wrong.length).toBeGreaterThan(300);
    expect(wrong.length).toBeLessThan(500);
  });

  test("shows a look-alike, loses a character, or sees no plate at all", () => {
    const [lost, confused, none] = [7, 8, 0].map(
      (length) => wrong.filter(({ rawPlate }) => rawPlate.length === length).length,
    );
    expect((lost ?? 0) + (confused ?? 0) + (none ?? 0)).toBe(wrong.length);
    expect(confused).toBeGreaterThan(wrong.length * 0.6);
    expect(lost).toBeGreaterThan(0);
    expect(none).toBeGreaterThan(0);
    expect(wrong.map(({ rawPlate }) => rawPlate)).toContain("HHAB12O8");
  });

  test("is told with less confidence than a good one", () => {
    for (const { confidence } of wrong) expect(confidence).toBeLessThan(0.86);
  });
});
