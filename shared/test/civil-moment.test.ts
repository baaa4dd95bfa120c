import fc from "fast-check";
import { expect, test } from "vitest";
import { Temporal } from "temporal-polyfill";
import type { Instant } from "../src/time.ts";
import { civilMoment, wallTime } from "../src/civil-moment.ts";

test.each([
  ["2026-06-01T08:30", "Europe/Berlin", "2026-06-01T06:30:00.000Z"],
  ["2026-06-01 08:30", "Europe/Berlin", "2026-06-01T06:30:00.000Z"],
  ["2026-06-01", "Europe/Berlin", "2026-05-31T22:00:00.000Z"],
  ["2026-06-01T08:30+05:30", "Europe/Berlin", "2026-06-01T03:00:00.000Z"],
  ["2026-06-01T08:30:15.250Z", "Europe/Berlin", "2026-06-01T08:30:15.250Z"],
  // Summer time skips 02:30; its end shows 02:30 twice.
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
])("%s in %s is %s", (text, zone, iso) => {
  expect(new Date(civilMoment(text, zone) ?? Number.NaN).toISOString()).toBe(iso);
});

test.each(["", "soon", "2026-02-31", "2026-13-01", "2026-06-01T25:00", "2026-06-01T08", "2026"])(
  '"%s" is no moment',
  (text) => {
    expect(civilMoment(text, "Europe/Berlin")).toBeUndefined();
  },
);

test("in every zone a written time is the moment that the calendar means", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
  const minute = fc.integer({
    min: Date.UTC(2020, 0, 1) / 60_000,
    max: Date.UTC(2035, 0, 1) / 60_000,
  });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minute, (zone, at) => {
      const text = new Date(at * 60_000).toISOString().slice(0, 16);
      const meant = Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
      expect([zone, text, civilMoment(text, zone)]).toEqual([zone, text, meant]);
    }),
    { numRuns: 500 },
  );
});

test("what a zone's clock shows is read as the same moment again", () => {
  const at = Date.UTC(2026, 10, 20, 12, 30) as Instant;
  expect(wallTime(at, "Asia/Kathmandu")).toBe("2026-11-20T18:15");
  expect(civilMoment(wallTime(at, "Asia/Kathmandu"), "Asia/Kathmandu")).toBe(at);
});
