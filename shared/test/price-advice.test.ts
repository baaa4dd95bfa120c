import { expect, test } from "vitest";
import { advise, sfparkChange } from "../src/price-advice.ts";

const at = (rate: number) => advise([{ spaceId: "s1", spaceName: "A1", rate }]);

test.each([0.3, 0.5, 0.9])("a space used %d of the time costs what it costs", (rate) => {
  expect(at(rate)).toEqual([]);
});

test("above nine tenths it may cost more", () => {
  expect(at(0.900001)).toMatchObject([
    { change: "increase_price", suggested: "+20%", reason: "High demand (>90% utilization)" },
  ]);
});

test("below three tenths it may cost less", () => {
  expect(at(0.299999)).toMatchObject([
    { change: "decrease_price", suggested: "-20%", reason: "Low demand (<30% utilization)" },
  ]);
});

// The bands as SFMTA published them (2011); the oracle's ">=80%", "60-80%", "30-60%" and below.
test.each([
  [1, 25],
  [0.8, 25],
  [0.7999, 0],
  [0.6, 0],
  [0.5999, -25],
  [0.3, -25],
  [0.2999, -50],
  [0, -50],
])("at %d of the time San Francisco changes an hour by %i cents", (rate, cents) => {
  expect(sfparkChange(rate)).toBe(cents);
});
