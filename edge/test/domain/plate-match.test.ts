import type { VehicleClass } from "@gatehouse/shared/vehicle";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plateDistance, usualCosts } from "../../src/domain/plate-distance.ts";
import {
  doubtOf,
  type KnownVehicle,
  matchPlate,
  type PlateSighting,
} from "../../src/domain/plate-match.ts";
import { plateText } from "./plate-texts.ts";

const sighting = (plate: string, known: Partial<PlateSighting> = {}): PlateSighting => ({
  plate,
  confidence: 0.921,
  candidates: [],
  vehicleClass: "unknown",
  ...known,
});
const vehicle = (plate: string, known: Partial<KnownVehicle> = {}): KnownVehicle => ({
  plate,
  vehicleClass: "unknown",
  doubt: 0,
  hasLeft: false,
  ...known,
});
const guess = (plate: string, confidence = 0.8) => ({ plate, confidence });

function match(read: string | PlateSighting, known: readonly (string | KnownVehicle)[]) {
  const vehicles = known.map((each) => (typeof each === "string" ? vehicle(each) : each));
  const seen = typeof read === "string" ? sighting(read) : read;
  const { kind, found } = matchPlate(seen, vehicles, (each) => each);
  return { kind, found: found.map(({ plate }) => plate) };
}

/** OpenALPR's own example: what it thinks of one plate, likeliest first. */
const openAlpr = [
  guess("A13709", 0.921),
  guess("A137O9", 0.833),
  guess("A137Q9", 0.83),
  guess("A137D9", 0.822),
  guess("AI3709", 0.806),
  guess("A3709", 0.774),
];

describe("whose plate was read", () => {
  test("the same plate is found exactly, however alike another one is", () => {
    expect(match("A13709", ["A137O9", "A13709"])).toEqual({ kind: "exact", found: ["A13709"] });
  });

  test("two vehicles under one plate are for a person", () => {
    expect(match("A13709", ["A13709", "A13709"]).kind).toBe("several");
  });

  test("unless their classes tell them apart", () => {
    const classes: VehicleClass[] = ["truck", "car"];
    const two = classes.map((vehicleClass) => vehicle("A13709", { vehicleClass }));
    const found = matchPlate(sighting("A13709", { vehicleClass: "van" }), two, (each) => each);
    expect(found).toMatchObject({ kind: "exact", found: [{ vehicleClass: "car" }] });
  });

  test.each(["A137O9", "A137Q9", "A137D9", "A137U9", "A137G9", "A137B9", "AI3709", "A3709"])(
    "A13709 read as %s is found",
    (read) => {
      expect(match(read, ["A13709", "KA5512"])).toEqual({ kind: "close", found: ["A13709"] });
    },
  );

  test.each(openAlpr.map(({ plate }) => plate))(
    "whichever of its guesses OpenALPR puts first, %s too, A13709 is found",
    (best) => {
      const seen = sighting(best, { candidates: openAlpr });
      expect(match(seen, ["A13709", "KA5512"]).found).toEqual(["A13709"]);
      expect(match(seen, ["A13709", "KA5512"]).kind).not.toBe("several");
    },
  );

  test("a camera's guess is found where likeness finds nothing", () => {
    const seen = sighting("X99", { candidates: [guess("X99", 0.9), guess("KA5512")] });
    expect(match(seen, ["A13709", "KA5512"])).toEqual({ kind: "candidate", found: ["KA5512"] });
  });

  test("two of the camera's guesses inside are for a person, the one it believed in more first", () => {
    const candidates = [guess("A13709", 0.6), guess("KA5512", 0.7)];
    expect(match(sighting("X99", { candidates }), ["A13709", "KA5512"])).toEqual({
      kind: "several",
      found: ["KA5512", "A13709"],
    });
  });

  test("the very same plate is for a person when the camera nearly took it for another one inside", () => {
    const seen = (confidence: number) =>
      sighting("A13709", { candidates: [guess("A137O9", confidence)] });
    expect(match(seen(0.83), ["A13709", "A137O9"])).toEqual({
      kind: "several",
      found: ["A13709", "A137O9"],
    });
    expect(match(seen(0.1), ["A13709", "A137O9"]).kind).toBe("exact");
    expect(match(seen(0.83), ["A13709", "KA5512"]).kind).toBe("exact");
  });

  test("two that are as alike are for a person, with all that are near, the nearest first", () => {
    expect(match("KA012", ["A012", "KAO12", "KAQ12", "XY999"])).toEqual({
      kind: "several",
      found: ["KAO12", "KAQ12", "A012"],
    });
  });

  test("of a short plate a smaller part may differ", () => {
    expect(match("A12", ["AI2"])).toEqual({ kind: "close", found: ["AI2"] });
    expect(match("A12", ["A1Z"])).toEqual({ kind: "close", found: ["A1Z"] });
    expect(match("A12", ["AIZ"])).toEqual({ kind: "doubtful", found: ["AIZ"] });
    expect(match("A1", ["AI"])).toEqual({ kind: "doubtful", found: ["AI"] });
  });

  test("another class of vehicle makes a likely match a question", () => {
    const truck = vehicle("A137O9", { vehicleClass: "truck" });
    expect(match(sighting("A13709", { vehicleClass: "motorcycle" }), [truck])).toEqual({
      kind: "doubtful",
      found: ["A137O9"],
    });
    expect(match(sighting("A13709", { vehicleClass: "truck" }), [truck]).kind).toBe("close");
  });

  test("who has left comes back by itself only under the very same plate", () => {
    const gone = vehicle("A13709", { hasLeft: true, doubt: 0.5 });
    expect(match("A13709", [gone]).kind).toBe("exact");
    expect(match("A137O9", [gone])).toEqual({ kind: "doubtful", found: ["A13709"] });
    expect(match("A13709", [gone, "A13709"]).kind).toBe("exact");
  });

  test("a stranger is nobody", () => {
    expect(match("ZZZ999", ["A13709"])).toEqual({ kind: "none", found: [] });
    expect(match("A13709", [])).toEqual({ kind: "none", found: [] });
  });

  test("an unread plate is like no other, not even a short one or another unread one", () => {
    expect(match("A", [""])).toEqual({ kind: "none", found: [] });
    expect(match(sighting("", { candidates: [guess("A")] }), ["", "A"]).kind).toBe("none");
    const candidates = [guess(""), guess("A13709")];
    expect(match(sighting("X99", { candidates }), ["", "A13709"]).found).toEqual(["A13709"]);
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
        const [plate = ""] = found;
        const mine = plateDistance(read, plate, usualCosts);
        const longer = Math.max(read.length, plate.length);
        expect(mine).toBeLessThanOrEqual(Math.min(0.9, 0.15 * longer));
        for (const other of known.filter((plate) => plate !== found[0])) {
          expect(plateDistance(read, other)).toBeGreaterThanOrEqual(Math.min(1.3, mine + 0.4));
        }
      }),
    );
  });
});

test("a stay that began just now, was never seen beginning, or lasts for months is odd", () => {
  const hour = 3_600_000;
  expect(doubtOf({ sinceEntryMs: hour, isPending: false })).toBe(0);
  expect(doubtOf({ sinceEntryMs: 5000, isPending: false })).toBe(0.3);
  expect(doubtOf({ sinceEntryMs: hour, isPending: true })).toBe(0.2);
  expect(doubtOf({ sinceEntryMs: 24 * 60 * hour, isPending: false })).toBe(0.2);
});
