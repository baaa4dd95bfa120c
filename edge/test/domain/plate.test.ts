import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchPlate, normalisePlate, plateDistance } from "../../src/domain/plate.ts";

const plateText = fc.string({
  unit: fc.constantFrom(...Array.from("ABDGIOQSTUZ0125678XWKM")),
  minLength: 3,
  maxLength: 9,
});
const match = (read: string, known: string[], candidates: string[] = []) =>
  matchPlate(read, candidates, known, (plate) => plate);

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

  test("a dropped or inserted character costs less than another one", () => {
    expect(plateDistance("A13709", "13709")).toBeCloseTo(0.8);
    expect(plateDistance("A13709", "AI3709X")).toBeCloseTo(1.2);
  });

  test("is zero for the same plate alone, the same both ways, and no detour is shorter", () => {
    fc.assert(
      fc.property(plateText, plateText, plateText, (a, b, c) => {
        expect(plateDistance(a, a)).toBe(0);
        expect(plateDistance(a, b) > 0).toBe(a !== b);
        expect(plateDistance(a, b)).toBeCloseTo(plateDistance(b, a));
        // B looks like 8 and like O, which do not look alike: a detour over a look-alike may be 0.2 shorter a letter.
        const slack = 0.2 * Math.max(a.length, b.length, c.length);
        expect(plateDistance(a, c)).toBeLessThanOrEqual(
          plateDistance(a, b) + plateDistance(b, c) + slack + 1e-9,
        );
      }),
    );
  });
});

describe("whose plate was read", () => {
  test("the same plate is found exactly, however alike another one is", () => {
    expect(match("A13709", ["A137O9", "A13709"])).toEqual({ kind: "exact", found: ["A13709"] });
  });

  test("two vehicles under one plate are for a person", () => {
    expect(match("A13709", ["A13709", "A13709"]).kind).toBe("several");
  });

  test.each(["A137O9", "A137Q9", "A137D9", "A137U9", "A137G9", "A137B9", "AI3709", "A3709"])(
    "A13709 read as %s is found",
    (read) => {
      expect(match(read, ["A13709", "KA5512"])).toEqual({ kind: "close", found: ["A13709"] });
    },
  );

  test("the camera's own second guess is found before likeness", () => {
    expect(match("X99", ["A13709", "KA5512"], ["X99", "KA5512"])).toEqual({
      kind: "candidate",
      found: ["KA5512"],
    });
  });

  test("two of the camera's guesses inside are for a person", () => {
    expect(match("X99", ["A13709", "KA5512"], ["A13709", "KA5512"])).toEqual({
      kind: "several",
      found: ["A13709", "KA5512"],
    });
  });

  test("two that are as alike are for a person, with all that are near, the nearest first", () => {
    expect(match("KA012", ["A012", "KAO12", "KAQ12", "XY999"])).toEqual({
      kind: "several",
      found: ["KAO12", "KAQ12", "A012"],
    });
  });

  test("a stranger is nobody", () => {
    expect(match("ZZZ999", ["A13709"])).toEqual({ kind: "none", found: [] });
    expect(match("A13709", [])).toEqual({ kind: "none", found: [] });
  });

  test("an unread plate is like no other, not even a short one or another unread one", () => {
    expect(match("A", [""])).toEqual({ kind: "none", found: [] });
    expect(match("", ["", "A"], [""])).toEqual({ kind: "none", found: [] });
    expect(match("X99", ["", "A13709"], ["", "A13709"]).found).toEqual(["A13709"]);
  });

  test("a plate inside is found whenever it is read right, and never another one alone", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(plateText, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (known, pick) => {
          const read = known[pick % known.length] ?? "";
          expect(match(read, known)).toEqual({ kind: "exact", found: [read] });
        },
      ),
    );
  });

  test("one alone is only taken when it is near and no other is nearly as near", () => {
    fc.assert(
      fc.property(plateText, fc.uniqueArray(plateText, { maxLength: 12 }), (read, known) => {
        const { kind, found } = match(read, known);
        if (kind !== "close") return;
        const mine = plateDistance(read, found[0] ?? "");
        expect(mine).toBeLessThanOrEqual(0.9);
        for (const other of known.filter((plate) => plate !== found[0])) {
          expect(plateDistance(read, other)).toBeGreaterThanOrEqual(Math.min(0.9, mine + 0.4));
        }
      }),
    );
  });
});
