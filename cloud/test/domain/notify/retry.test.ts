import { hours } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { attemptsMax, pauseAfter, stoppedAfter } from "../../../src/domain/notify/retry.ts";

test("each pause is at least as long as the one before, and none is longer than nine hours", () => {
  const pauses = Array.from({ length: attemptsMax }, (_, index) => pauseAfter(index + 1, 0));
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses[0]).toBe(15_000);
  expect(pauseAfter(attemptsMax, 1)).toBe(hours(9));
});

test("chance spreads receivers that come back over half a pause", () => {
  expect(pauseAfter(3, 0)).toBe(60_000);
  expect(pauseAfter(3, 1)).toBe(90_000);
});

test("all tries of a message fall into some three days, and so does the patience with a receiver", () => {
  const all = Array.from({ length: attemptsMax - 1 }, (_, index) => pauseAfter(index + 1, 0.5));
  const together = all.reduce((sum, pause) => sum + pause, 0);
  expect(together).toBeGreaterThan(hours(40));
  expect(together).toBeLessThan(stoppedAfter);
});
