import { expect, test } from "vitest";
import { SeededRandom } from "../src/seeded-random.ts";

const draws = (random: SeededRandom, count: number): number[] =>
  Array.from({ length: count }, () => random.fraction());

test("the same seed gives the same chances and ids, another seed gives others", () => {
  const [first, again, other] = [new SeededRandom(7), new SeededRandom(7), new SeededRandom(8)];
  expect(draws(first, 50)).toEqual(draws(again, 50));
  expect(first.id()).toBe(again.id());
  expect(draws(other, 50)).not.toEqual(draws(new SeededRandom(7), 50));
});

test("ids look like UUIDs of version 7, differ, and sort by the time they were made", () => {
  const random = new SeededRandom(1);
  const ids = Array.from({ length: 5000 }, () => random.id());
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(ids).size).toBe(5000);
  expect(ids.toSorted()).toEqual(ids);
});

test("a fork depends on its name and the seed, not on what was drawn before", () => {
  const early = new SeededRandom(7);
  const late = new SeededRandom(7);
  draws(late, 1000);
  expect(draws(late.fork("car 1"), 10)).toEqual(draws(early.fork("car 1"), 10));
  expect(draws(early.fork("car 2"), 10)).not.toEqual(draws(early.fork("car 1"), 10));
  const firsts = Array.from({ length: 2000 }, (_, car) => early.fork(`car ${car}`).fraction());
  const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
});
