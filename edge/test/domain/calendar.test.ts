import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { startOfDay } from "../../src/domain/calendar.ts";

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
