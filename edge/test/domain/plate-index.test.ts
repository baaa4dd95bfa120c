import fc from "fast-check";
import { expect, test } from "vitest";
import { plateDistance } from "../../src/domain/plate-distance.ts";
import { PlateIndex } from "../../src/domain/plate-index.ts";
import { plateText } from "./plate-texts.ts";

test("whoever is near enough to be taken is found in the index", () => {
  fc.assert(
    fc.property(plateText, fc.uniqueArray(plateText, { maxLength: 30 }), (read, known) => {
      const index = new PlateIndex();
      for (const plate of known) index.put(plate, plate);
      const near = index.near(read);
      const taken = known.filter((plate) => plateDistance(read, plate) <= 0.9);
      expect(near).toEqual(expect.arrayContaining(taken));
      expect(new Set(near).size).toBe(near.length);
    }),
  );
});

test("one character taken for any other is found too, and a stranger is not", () => {
  const index = new PlateIndex();
  for (const plate of ["BGH1234", "BXH1234", "KAWM789"]) index.put(plate, plate);
  expect(index.near("BWH1234")).toEqual(expect.arrayContaining(["BGH1234", "BXH1234"]));
  expect(index.near("BWH1234")).not.toContain("KAWM789");
  expect(index.near("")).toEqual([]);
});

test("what is forgotten or known under another plate is found no more under the old one", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), plateText), { maxLength: 30 }), (changes) => {
      const index = new PlateIndex();
      const truth = new Map<string, string>();
      for (const [id, plate] of changes) {
        index.put(String(id), plate);
        truth.set(String(id), plate);
      }
      for (const [id, plate] of truth) expect(index.near(plate)).toContain(id);
      for (const id of truth.keys()) index.put(id, "");
      expect(index.size).toBe(0);
      for (const plate of truth.values()) expect(index.near(plate)).toEqual([]);
    }),
  );
});
