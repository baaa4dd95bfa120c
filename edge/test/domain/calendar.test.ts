import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysFrom, localHour, momentOf, startOfDay } from "../../src/domain/calendar.ts";

const moment = (iso: string): Instant => {
  const at = instantOf(iso);
  if (at === undefined) throw new RangeError(iso);
  return at;
};

describe("the local day", () => {
  test.each([
    [
      "an ordinary day",
      "2026-06-01T12:00:00Z",
      "Europe/Berlin",
      "2026-06-01",
      "2026-05-31T22:00:00.000Z",
    ],
    [
      "one minute before midnight",
      "2026-05-31T21:59:00Z",
      "Europe/Berlin",
      "2026-05-31",
      "2026-05-30T22:00:00.000Z",
    ],
    [
      "the short day, after the gap",
      "2026-03-29T10:00:00Z",
      "Europe/Berlin",
      "2026-03-29",
      "2026-03-28T23:00:00.000Z",
    ],
    [
      "the day after the short one",
      "2026-03-30T00:30:00Z",
      "Europe/Berlin",
      "2026-03-30",
      "2026-03-29T22:00:00.000Z",
    ],
    [
      "the long day, in its second 02:30",
      "2026-10-25T01:30:00Z",
      "Europe/Berlin",
      "2026-10-25",
      "2026-10-24T22:00:00.000Z",
    ],
    [
      "the end of the long day",
      "2026-10-25T22:59:59Z",
      "Europe/Berlin",
      "2026-10-25",
      "2026-10-24T22:00:00.000Z",
    ],
    [
      "a day whose midnight does not exist",
      "2018-11-04T12:00:00Z",
      "America/Sao_Paulo",
      "2018-11-04",
      "2018-11-04T03:00:00.000Z",
    ],
    [
      "a zone with a quarter of an hour",
      "2026-01-01T00:00:00Z",
      "Asia/Kathmandu",
      "2026-01-01",
      "2025-12-31T18:15:00.000Z",
    ],
    [
      "a day that a country left out",
      "2011-12-31T10:00:00Z",
      "Pacific/Apia",
      "2012-01-01",
      "2011-12-31T10:00:00.000Z",
    ],
    [
      "a leap day",
      "2028-02-29T12:00:00Z",
      "America/New_York",
      "2028-02-29",
      "2028-02-29T05:00:00.000Z",
    ],
  ])("%s", (_, at, zone, day, start) => {
    const found = startOfDay(moment(at), zone);
    expect({ day: found.day, start: isoOf(found.start) }).toEqual({ day, start });
  });

  test("every hour of three years belongs to a day that began before it and is at most 25 hours old", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"]) {
      let before = 0;
      for (let hour = 0; hour < 3 * 365 * 24; hour += 11) {
        const at = (moment("2026-01-01T00:00:00Z") + hour * 3_600_000) as Instant;
        const { start } = startOfDay(at, zone);
        expect(start).toBeLessThanOrEqual(at);
        expect(at - start).toBeLessThanOrEqual(25 * 3_600_000);
        expect(start).toBeGreaterThanOrEqual(before);
        before = start;
      }
    }
  });
});

describe("a civil time without an offset", () => {
  test.each([
    ["in winter", "2026-01-07T12:30:45.123456", "2026-01-07T11:30:45.123Z"],
    ["in summer", "2026-07-07 12:30:45", "2026-07-07T10:30:45.000Z"],
    ["to the minute", "2026-07-07T12:30", "2026-07-07T10:30:00.000Z"],
    ["with a comma", "2026-07-07T12:30:45,5", "2026-07-07T10:30:45.500Z"],
    ["with Z", "2026-07-07T12:30:45Z", "2026-07-07T12:30:45.000Z"],
    ["with an offset", "2026-07-07T12:30:45-0500", "2026-07-07T17:30:45.000Z"],
  ])("%s", (_name, text, iso) => {
    const at = momentOf(text, "Europe/Berlin", moment("2026-01-01T00:00:00Z"));
    expect(at && isoOf(at)).toBe(iso);
  });

  test.each([
    ["before the clock was set back", "2026-10-25T00:29:00Z", "2026-10-25T00:30:00.000Z"],
    ["after it was set back", "2026-10-25T01:31:00Z", "2026-10-25T01:30:00.000Z"],
  ])("that two moments bear is the one near its arrival: %s", (_name, near, iso) => {
    const at = momentOf("2026-10-25T02:30:00", "Europe/Berlin", moment(near));
    expect(at && isoOf(at)).toBe(iso);
  });

  test.each(["2026-13-01T00:00", "yesterday", "2026-02-30T12:00:00", "12:00"])(
    "%s is none",
    (text) => {
      expect(momentOf(text, "Europe/Berlin", moment("2026-01-01T00:00:00Z"))).toBeUndefined();
    },
  );
});

describe("an hour on the wall clock", () => {
  test("that the end of summer time repeats is two hours of one name", () => {
    const [first, second] = ["2026-10-25T00:10:00Z", "2026-10-25T01:10:00Z"].map((iso) =>
      localHour(moment(iso), "Europe/Berlin"),
    );
    expect([first?.hour, second?.hour]).toEqual([2, 2]);
    expect(first?.end).toBe(second?.start);
  });

  test("begins at the half hour of the world where the zone does", () => {
    const hour = localHour(moment("2026-06-01T12:10:00Z"), "Asia/Kolkata");
    expect([isoOf(hour.start), hour.hour, hour.day]).toEqual([
      "2026-06-01T11:30:00.000Z",
      17,
      "2026-06-01",
    ]);
  });

  test("holds the moment it is the hour of, in every zone and season", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Adelaide"];
    fc.assert(
      fc.property(
        fc.integer({ min: moment("2024-01-01T00:00:00Z"), max: moment("2028-01-01T00:00:00Z") }),
        fc.constantFrom(...zones),
        (at, zone) => {
          const { start, end, day, hour } = localHour(at as Instant, zone);
          expect(start <= at && at < end).toBe(true);
          const shown = new Intl.DateTimeFormat("sv-SE", {
            timeZone: zone,
            dateStyle: "short",
            timeStyle: "short",
          }).format(at);
          expect(shown).toMatch(new RegExp(`^${day} ${String(hour).padStart(2, "0")}:`));
        },
      ),
    );
  });
});

describe("days", () => {
  test("that are shorter or longer are whole days", () => {
    const lengthOf = (date: string): number => {
      const day = daysFrom(date, date, "Europe/Berlin");
      return day === undefined ? Number.NaN : (day.end - day.start) / 3_600_000;
    };
    expect(["2026-03-29", "2026-06-01", "2026-10-25"].map(lengthOf)).toEqual([23, 24, 25]);
  });

  test("that are none, or stand the wrong way round, are refused", () => {
    expect(daysFrom("2026-02-30", "2026-03-01", "Europe/Berlin")).toBeUndefined();
    expect(daysFrom("2026-03-02", "2026-03-01", "Europe/Berlin")).toBeUndefined();
  });
});
