import type { TimeWindow } from "@gatehouse/shared/contracts/access-terms";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWithin } from "../../src/domain/access-windows.ts";

const calendar = { timezone: "Europe/Berlin", holidays: ["2026-05-14"] };
const at = (iso: string): Instant => instantOf(iso) as Instant;
const workdays: TimeWindow = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "07:00",
  until: "19:00",
};
const nights: TimeWindow = { days: ["fri", "sat"], from: "22:00", until: "06:00" };
const holidays: TimeWindow = { days: ["holiday"], from: "00:00", until: "24:00" };

describe("a window is open", () => {
  test.each<[string, TimeWindow, string, boolean]>([
    ["from its first minute", workdays, "2026-06-01T07:00:00+02:00", true],
    ["not a moment earlier", workdays, "2026-06-01T06:59:59.999+02:00", false],
    ["until just before its end", workdays, "2026-06-01T18:59:59.999+02:00", true],
    ["not at its end", workdays, "2026-06-01T19:00:00+02:00", false],
    ["not on a day that it does not name", workdays, "2026-06-06T12:00:00+02:00", false],
    ["not on a holiday in the week", workdays, "2026-05-14T12:00:00+02:00", false],
    ["on a holiday that it names", holidays, "2026-05-14T23:59:00+02:00", true],
    ["not on the day after the holiday", holidays, "2026-05-15T00:00:00+02:00", false],
    ["in the night of its day", nights, "2026-06-05T23:00:00+02:00", true],
    ["in the morning after its day", nights, "2026-06-06T05:59:00+02:00", true],
    ["in the morning after its last day", nights, "2026-06-07T05:59:00+02:00", true],
    ["not in the morning of its first day", nights, "2026-06-05T05:59:00+02:00", false],
    ["not in the evening after its last", nights, "2026-06-07T22:00:00+02:00", false],
    ["by the wall clock in winter", workdays, "2026-01-05T06:30:00Z", true],
    ["by the wall clock in summer", workdays, "2026-06-01T05:00:00Z", true],
    ["by the facility's day, not Greenwich's", workdays, "2026-05-31T23:30:00Z", false],
  ])("%s", (_, window, iso, open) => {
    expect(isWithin([window], at(iso), calendar)).toBe(open);
  });

  test("through both of the hours that the end of summer time repeats", () => {
    const early: TimeWindow = { days: ["sun"], from: "02:00", until: "03:00" };
    const times = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"];
    expect(times.map((iso) => isWithin([early], at(iso), calendar))).toEqual([true, true, false]);
  });

  test("for nobody in the hour that summer time skips", () => {
    const skipped: TimeWindow = { days: ["sun"], from: "02:00", until: "03:00" };
    const minutesOfNight = Array.from({ length: 240 }, (_, minute) =>
      isWithin([skipped], (at("2026-03-28T23:00:00Z") + minute * 60_000) as Instant, calendar),
    );
    expect(minutesOfNight.some(Boolean)).toBe(false);
  });
});

test("no windows at all are always open, and one from a time to itself is a whole day", () => {
  const clock = fc
    .integer({ min: 0, max: 23 })
    .map((hour) => `${String(hour).padStart(2, "0")}:00`);
  const moments = fc.integer({ min: at("2025-01-01T00:00:00Z"), max: at("2028-01-01T00:00:00Z") });
  const everyDay = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"] as const;
  fc.assert(
    fc.property(clock, moments, (from, moment) => {
      const whole: TimeWindow = { days: [...everyDay], from, until: from };
      expect(isWithin([], moment as Instant, calendar)).toBe(true);
      expect(isWithin([whole], moment as Instant, calendar)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
