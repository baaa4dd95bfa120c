import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { dayOf } from "../../src/domain/day.ts";
import { hourOf } from "../../src/domain/hour.ts";

const at = (iso: string): Instant => Date.parse(iso) as Instant;

test.each([
  // The clocks are set back: the hour that comes twice is two hours.
  ["2026-10-25T00:59:59.999Z", "Europe/Berlin", "2026-10-25T00:00:00.000Z", "2026-10-25"],
  ["2026-10-25T01:00:00.000Z", "Europe/Berlin", "2026-10-25T01:00:00.000Z", "2026-10-25"],
  ["2026-06-01T18:29:59.999Z", "Asia/Kolkata", "2026-06-01T17:30:00.000Z", "2026-06-01"],
  ["2026-06-01T18:30:00.000Z", "Asia/Kolkata", "2026-06-01T18:30:00.000Z", "2026-06-02"],
  ["2026-06-01T18:14:59.999Z", "Asia/Kathmandu", "2026-06-01T17:15:00.000Z", "2026-06-01"],
  ["2026-06-01T18:15:00.000Z", "Asia/Kathmandu", "2026-06-01T18:15:00.000Z", "2026-06-02"],
  // Before whole quarters: 10 hours and 40 minutes behind.
  ["1975-06-01T10:39:59.999Z", "Pacific/Kiritimati", "1975-06-01T09:40:00.000Z", "1975-05-31"],
  ["1975-06-01T10:40:00.000Z", "Pacific/Kiritimati", "1975-06-01T10:40:00.000Z", "1975-06-01"],
])("%s in %s lies in the hour from %s of %s, asked once or twice", (iso, zone, hour, day) => {
  const once = [hourOf(at(iso), zone), dayOf(at(iso), zone)];
  expect([once, [hourOf(at(iso), zone), dayOf(at(iso), zone)]]).toEqual([
    [hour, day],
    [hour, day],
  ]);
});

test("in every zone of the world a quarter of an hour belongs to one day, in every year since", () => {
  const quarterMs = 15 * 60_000;
  const last = Date.UTC(2040, 0, 1);
  const wrong: string[] = [];
  for (const timezone of Intl.supportedValuesOf("timeZone")) {
    const format = new Intl.DateTimeFormat("en", { timeZone: timezone, ...clock });
    // Steps that are coprime to the quarters of a day see every part of it.
    for (let each = Date.UTC(1980, 0, 1); each < last; each += 8_999 * quarterMs) {
      const told = format.format(each);
      if (!/:(?:00|15|30|45):00/.test(told))
        wrong.push(`${timezone} ${new Date(each).toISOString()}`);
    }
  }
  expect(wrong).toEqual([]);
});

const clock = { hour: "numeric", minute: "numeric", second: "numeric" } as const;
