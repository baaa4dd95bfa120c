import { milliseconds, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { earlierSessionIs, isOfPassed } from "../../src/domain/plate-duplicates.ts";

const hour = minutes(60);

test.each([
  ["another class of vehicle under its plate", hour, false, "car", "truck", "two-cars"],
  ["in again before it can have driven out", seconds(70), false, "car", "car", "two-cars"],
  ["told to pass, and at the next lane instead", seconds(70), true, "car", "car", "left-unseen"],
  ["in again after an hour", hour, false, "car", "car", "left-unseen"],
  ["in again, a car taken for a van", hour, false, "car", "van", "left-unseen"],
  ["in again, and nobody knows its class", hour, false, "truck", "unknown", "left-unseen"],
] as const)("%s", (_what, sinceEntry, isPending, before, now, expected) => {
  const facts = { vehicleClass: before, sinceEntry: milliseconds(sinceEntry), isPending };
  expect(earlierSessionIs(facts, now)).toBe(expected);
});

test.each([
  ["its back, right after it has passed", "BGH1234", 3, true],
  ["the same plate much later", "BGH1234", 30, false],
  ["a frame from before it had passed, misread", "8GH1234", -1, true],
  ["the next car, whose plate is alike", "8GH1234", 3, false],
  ["another car", "KAX7771", -1, false],
  ["nothing that could be read", "", 1, false],
] as const)("%s", (_what, plate, sinceS, expected) => {
  expect(isOfPassed(plate, "BGH1234", milliseconds(sinceS * 1000))).toBe(expected);
});
