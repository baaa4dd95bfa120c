import { expect, test } from "vitest";
import { advise } from "../../src/domain/price-advice.ts";

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
