import fc from "fast-check";
import { expect, test } from "vitest";
import { assign, groundOverlap, type Stand } from "../../src/vision/assign.ts";
import type { Bay } from "../../src/vision/bays.ts";
import { defaultSettings } from "../../src/vision/settings.ts";
import type { Detection } from "../../src/vision/vehicles.ts";

const rules = defaultSettings("detr");

const bayAt = (id: string, left: number, top: number, width = 100, height = 60): Bay => ({
  id,
  polygon: [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ],
});

const car = (left: number, top: number, right: number, bottom: number, score = 0.8): Detection => ({
  left,
  top,
  right,
  bottom,
  score,
  vehicle: "car",
});

const isFilled = ({ vehicle }: Stand): boolean => vehicle !== undefined;

/** Coarse steps, so that many cars fit a space equally well. */
const step = (from: number, to: number, size: number) =>
  fc.integer({ min: from, max: to }).map((count) => count * size);

const bays = fc
  .array(fc.tuple(step(0, 6, 50), step(0, 4, 30)), { minLength: 1, maxLength: 12 })
  .map((places) => places.map(([x, y], index) => bayAt(`B${index}`, x, y)));

const cars = fc.array(
  fc
    .tuple(step(0, 6, 50), step(0, 4, 30), step(1, 3, 50), step(1, 4, 30), step(1, 10, 0.1))
    .map(([x, y, width, height, score]) => car(x, y, x + width, y + height, score)),
  { maxLength: 15 },
);

test("a tall van that hides the space behind it fills only its own", () => {
  const front = bayAt("front", 0, 60);
  const behind = bayAt("behind", 0, 0);
  const van = car(5, -20, 95, 115);
  expect(assign([behind, front], [van], rules)).toEqual([
    { bay: "behind", score: 0, vehicle: undefined },
    { bay: "front", score: 0.8, vehicle: van },
  ]);
});

test("one car on the line between two spaces fills one of them", () => {
  const [left, right] = [bayAt("left", 0, 0), bayAt("right", 100, 0)];
  const stands = assign([left, right], [car(40, -20, 150, 60)], rules);
  expect(stands.filter(isFilled).map(({ bay }) => bay)).toEqual(["left"]);
});

test("no more spaces are filled than cars are seen, and none without a car on its ground", () => {
  fc.assert(
    fc.property(bays, cars, (someBays, someCars) => {
      const sure = someCars.filter(({ score }) => score >= rules.confidenceMin);
      const filled = assign(someBays, someCars, rules).filter(isFilled);
      expect(filled.length).toBeLessThanOrEqual(sure.length);
      for (const { bay } of filled) {
        const space = someBays.find(({ id }) => id === bay);
        const fits = sure.some(
          (each) =>
            space !== undefined &&
            groundOverlap(space, each, rules.groundShare) >= rules.overlapMin,
        );
        expect(fits).toBe(true);
      }
    }),
  );
});

test("the order of spaces and cars decides nothing", () => {
  const shuffled = fc
    .tuple(bays, cars)
    .chain(([someBays, someCars]) =>
      fc.tuple(
        fc.constant(someBays),
        fc.constant(someCars),
        fc.shuffledSubarray(someBays, { minLength: someBays.length }),
        fc.shuffledSubarray(someCars, { minLength: someCars.length }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([someBays, someCars, otherBays, otherCars]) => {
      const byBay = (words: readonly { bay: string }[]) =>
        words.toSorted((a, b) => a.bay.localeCompare(b.bay));
      expect(byBay(assign(otherBays, otherCars, rules))).toEqual(
        byBay(assign(someBays, someCars, rules)),
      );
    }),
  );
});

test("a faint car takes no space and no other car's space, but is told as a weak score", () => {
  const bay = bayAt("A", 0, 0);
  const faint = car(0, -20, 100, 60, rules.confidenceMin - 0.05);
  expect(assign([bay], [faint], rules)).toEqual([
    { bay: "A", score: faint.score, vehicle: undefined },
  ]);
  expect(assign([bay], [], rules)).toEqual([{ bay: "A", score: 0, vehicle: undefined }]);

  const askew = car(20, -20, 140, 60, 0.9);
  expect(assign([bay], [faint, askew], rules)).toMatchObject([{ score: 0.9, vehicle: askew }]);
});

test("a space that asks for more is free under a car that fills its neighbour", () => {
  const stands = assign(
    [bayAt("A", 0, 0), bayAt("B", 200, 0)],
    [car(0, -20, 100, 60, 0.5), car(200, -20, 300, 60, 0.5)],
    rules,
    new Map([["B", 0.7]]),
  );
  expect(stands.map(isFilled)).toEqual([true, false]);
});
