import { expect, test } from "vitest";
import { classesNamed, fillsSpace } from "../../src/vision/vehicles.ts";

test("class names of all writings mean our vehicles; what is no vehicle means nothing", () => {
  const names = ["Car", "pickup_truck", "Delivery Van", "person", "motorbike", "tricycle", "Bike"];
  expect(classesNamed(names)).toEqual({
    count: 7,
    vehicles: [
      [0, "car"],
      [1, "truck"],
      [2, "van"],
      [4, "motorcycle"],
      [5, "unknown"],
      [6, "bicycle"],
    ],
  });
});

test("a bicycle leaves a space free, a vehicle nobody has a word for fills it", () => {
  const box = { left: 0, top: 0, right: 1, bottom: 1, score: 1 };
  expect(fillsSpace({ ...box, vehicle: "bicycle" })).toBe(false);
  expect(fillsSpace({ ...box, vehicle: "unknown" })).toBe(true);
});
