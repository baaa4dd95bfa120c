import fc from "fast-check";
import { expect, test } from "vitest";
import { type Confusion, learntCosts, lessonOf } from "../../src/domain/plate-confusions.ts";
import { plateDistance, usualCosts } from "../../src/domain/plate-distance.ts";
import { matchPlate } from "../../src/domain/plate-match.ts";

const confused = (read: string, truth: string, count: number): Confusion => ({
  read,
  truth,
  count,
});
const sign = fc.constantFrom(...Array.from("ABMN80WO1I"));

test.each([
  [0, 0.4],
  [1, 0.358],
  [5, 0.275],
  [20, 0.2],
  [1000, 0.151],
])("after %d corrections of 8 to B, reading 8 for B costs %d", (count, cost) => {
  expect(learntCosts([confused("8", "B", count)]).swap("8", "B")).toBeCloseTo(cost, 3);
});

test("a camera that reads 8 for B finds three of them in a plate after 20 corrections", () => {
  const find = (costs = usualCosts) =>
    matchPlate(
      { plate: "88H1284", confidence: 0.9, candidates: [], vehicleClass: "car" },
      ["BBH12B4", "KAX7771"],
      (plate) => ({ plate, vehicleClass: "car", doubt: 0, hasLeft: false }),
      costs,
    );
  expect(find()).toMatchObject({ kind: "doubtful" });
  expect(find(learntCosts([confused("8", "B", 20)]))).toMatchObject({
    kind: "close",
    found: ["BBH12B4"],
  });
});

test("letters that nobody took for alike become so for the camera that takes them for one another", () => {
  const costs = learntCosts([confused("M", "W", 20)]);
  expect(plateDistance("KAM123", "KAW123", costs)).toBeLessThan(0.4);
  expect(plateDistance("KAN123", "KAW123", costs)).toBe(1);
});

test("costs stay the same both ways, above 0 for two characters and no more than usual", () => {
  const learnt = fc.array(fc.tuple(sign, sign, fc.nat(10_000)));
  fc.assert(
    fc.property(learnt, sign, sign, (rows, a, b) => {
      const costs = learntCosts(rows.map(([read, truth, count]) => ({ read, truth, count })));
      expect(costs.swap(a, b)).toBe(costs.swap(b, a));
      expect(costs.swap(a, b)).toBeLessThanOrEqual(usualCosts.swap(a, b));
      expect(costs.swap(a, b) >= 0.15).toBe(a !== b);
    }),
  );
});

test("a correction teaches its swapped characters, and another plate altogether teaches nothing", () => {
  expect(lessonOf("8GH1234", "BGH1234")).toEqual([["8", "B"]]);
  expect(lessonOf("BGH1234", "BGH1234")).toEqual([]);
  expect(lessonOf("GH1234", "BGH1234")).toEqual([]);
  expect(lessonOf("KAX7771", "BGH1234")).toEqual([]);
});
