import { expect, test } from "vitest";
import { agreementOf, type SpaceSaying } from "../../start/agreement.ts";

const saying = (spaceId: string, at: number, occupied: boolean | undefined): SpaceSaying => ({
  spaceId,
  at: at * 1000,
  occupied,
});

test("a space that is published as it is agrees in every sample", () => {
  const truth = [saying("a", 0, false), saying("a", 50, true)];
  const published = [saying("a", 0, false), saying("a", 53, true)];
  expect(agreementOf(truth, published, 0, 100_000)).toBe(1);
});

test("the ten seconds after a true change do not count, what comes later does", () => {
  const truth = [saying("a", 0, false), saying("a", 50, true)];
  const published = [saying("a", 0, false), saying("a", 70, true)];
  // 90 samples count; those at 60 to 69 s are wrong.
  expect(agreementOf(truth, published, 0, 100_000)).toBeCloseTo(80 / 90, 10);
});

test("an unknown state agrees with nothing", () => {
  expect(agreementOf([saying("a", 0, false)], [saying("a", 0, undefined)], 0, 10_000)).toBe(0);
  expect(agreementOf([saying("a", 0, false)], [], 0, 10_000)).toBe(0);
});

test("a space nobody knows the truth of is no sample", () => {
  expect(agreementOf([], [saying("a", 0, false)], 0, 10_000)).toBeUndefined();
});
