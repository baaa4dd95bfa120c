import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { dayOf, isTimezone } from "../../src/domain/day.ts";

const at = (iso: string): Instant => Date.parse(iso) as Instant;

test.each([
  ["2026-11-20T22:59:59.999Z", "Europe/Berlin", "2026-11-20"],
  ["2026-11-20T23:00:00.000Z", "Europe/Berlin", "2026-11-21"],
  ["2026-07-20T21:59:59.999Z", "Europe/Berlin", "2026-07-20"],
  ["2026-07-20T22:00:00.000Z", "Europe/Berlin", "2026-07-21"],
  ["2026-01-01T02:30:00.000Z", "America/St_Johns", "2025-12-31"],
  ["2026-12-31T10:00:00.000Z", "Pacific/Kiritimati", "2027-01-01"],
])("%s in %s is a moment of %s", (iso, timezone, day) => {
  expect(dayOf(at(iso), timezone)).toBe(day);
});

test("a zone that does not exist is known as such", () => {
  expect(["Europe/Berlin", "UTC", "Mars/Olympus", "", "../etc"].map(isTimezone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
