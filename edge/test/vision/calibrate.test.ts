import { expect, test } from "vitest";
import type { Bay } from "../../src/vision/bays.ts";
import { bordersFrom } from "../../src/vision/calibrate.ts";
import { defaultSettings } from "../../src/vision/settings.ts";
import type { Detection } from "../../src/vision/vehicles.ts";

const rules = defaultSettings("detr");
const bay: Bay = {
  id: "A",
  polygon: [
    [0, 0],
    [100, 0],
    [100, 60],
    [0, 60],
  ],
};
const ghost = (score: number): Detection => ({
  left: 0,
  top: -20,
  right: 100,
  bottom: 60,
  score,
  vehicle: "car",
});

test("a space with a ghost in the empty car park asks for more than the ghost had", () => {
  expect(bordersFrom([bay], [ghost(0.3)], rules).get("A")).toBeCloseTo(0.4);
  expect(bordersFrom([bay], [ghost(1)], rules).get("A")).toBe(0.9);
});

test("a space without one, or with a faint one, asks for no more and no less than the camera", () => {
  expect(bordersFrom([bay], [], rules).size).toBe(0);
  expect(bordersFrom([bay], [ghost(0.1)], rules).size).toBe(0);
});

test("a ghost beside the spaces teaches nothing", () => {
  const beside = { ...ghost(0.9), left: 300, right: 400 };
  expect(bordersFrom([bay], [beside], rules).size).toBe(0);
});
