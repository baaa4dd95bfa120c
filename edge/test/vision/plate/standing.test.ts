import { type Instant, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { StandingVehicle } from "../../../src/vision/plate/standing.ts";

const at = (s: number): Instant => (1_790_000_000_000 + 1000 * s) as Instant;
const size = { width: 1000, height: 500 };
const car = { left: 300, top: 100, right: 700, bottom: 450 };
const far = { left: 300, top: 100, right: 400, bottom: 150 };

/** When, within 100 s of a look a second, a vehicle was asked about. */
function askedAt(seen: (s: number) => readonly [vehicles: (typeof car)[], hasPlate: boolean]) {
  const standing = new StandingVehicle(seconds(8), seconds(1));
  return Array.from({ length: 100 }, (_, s) => s).filter((s) => {
    const [vehicles, hasPlate] = seen(s);
    return standing.see(vehicles, size, hasPlate, at(s)) !== undefined;
  });
}

test("a vehicle that stands there without a plate is asked about once", () => {
  expect(askedAt((s) => [s >= 10 ? [car] : [], false])).toEqual([18]);
});

test("one whose plate was read is not asked about, even when the plate is hidden later", () => {
  expect(askedAt((s) => [[car], s === 3])).toEqual([]);
});

test("a vehicle far away is not at the lane", () => {
  expect(askedAt(() => [[far], false])).toEqual([]);
});

test("a detector that misses a vehicle now and then does not start anew", () => {
  expect(askedAt((s) => [s % 3 === 1 ? [] : [car], false])).toEqual([8]);
});

test("the next vehicle is asked about too", () => {
  expect(askedAt((s) => [s < 40 || s > 50 ? [car] : [], false])).toEqual([8, 59]);
});
