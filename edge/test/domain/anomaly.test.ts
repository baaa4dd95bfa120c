import { hours, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import {
  type AnomalyRules,
  isOverstay,
  isSuspicious,
  isUnauthorised,
} from "../../src/domain/anomaly.ts";

const rules: AnomalyRules = {
  overstay: hours(4),
  suspiciousChanges: 3,
  within: minutes(30),
  authoriseWithin: undefined,
};

describe("what is unusual", () => {
  test.each([
    [4 * 3600 * 1000, false],
    [4 * 3600 * 1000 + 1, true],
    [0, false],
  ])("a stay of %d ms is too long: %s", (length, is) => {
    expect(isOverstay(length, rules)).toBe(is);
  });

  test.each([
    ["three changes at once", [0, 0, 0], 0, true],
    ["two changes", [0, 60_000], 60_000, false],
    ["three, the first exactly half an hour ago", [0, 600_000, 1_200_000], 1_800_000, true],
    ["three, the first longer ago", [0, 600_000, 1_200_000], 1_800_001, false],
  ])("%s", (_name, changes, now, is) => {
    expect(isSuspicious(changes, now, rules)).toBe(is);
  });

  test("nobody has to pay in advance where no rule says so", () => {
    expect(isUnauthorised(hours(100), () => false, rules)).toBe(false);
  });

  test("where one says so, an unpaid stay is unauthorised after its time, a paid one never", () => {
    const prepaid = { ...rules, authoriseWithin: minutes(15) };
    expect(isUnauthorised(minutes(15), () => false, prepaid)).toBe(false);
    expect(isUnauthorised(minutes(15) + 1, () => false, prepaid)).toBe(true);
    expect(isUnauthorised(hours(100), () => true, prepaid)).toBe(false);
  });
});
