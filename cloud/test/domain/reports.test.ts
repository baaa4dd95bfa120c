import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueReports } from "../../src/domain/reports/calendar.ts";
import { insideByHour, topFive } from "../../src/domain/reports/peaks.ts";
import { busyShare, lanesNeeded, waitingS } from "../../src/domain/reports/queue.ts";
import { revenueByZone } from "../../src/domain/reports/revenue.ts";
import { shareOut } from "../../src/domain/reports/share-out.ts";

describe("what is shared out", () => {
  test("sums to the whole, and no part is off by a unit or more", () => {
    const weights = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(10_000_000), weights, (whole, parts) => {
        const shares = shareOut(whole, parts);
        expect(shares.reduce((sum, each) => sum + each, 0)).toBe(whole);
        const total = parts.reduce((sum, each) => sum + each, 0);
        const exact = parts.map((part) =>
          total === 0 ? whole / parts.length : (whole * part) / total,
        );
        const furthest = Math.max(...shares.map((each, at) => Math.abs(each - (exact[at] ?? 0))));
        expect(furthest).toBeLessThan(1);
      }),
    );
  });

  test("goes to the larger remainder first", () => {
    expect(shareOut(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(shareOut(10, [55, 45])).toEqual([6, 4]);
    expect(shareOut(5, [])).toEqual([]);
  });

  test("leaves revenue without a zone where nothing tells which one it is of", () => {
    const lanes = new Map([
      ["roof", 700],
      ["main", 300],
    ]);
    const zoneOf = new Map([["roof", "r"]]);
    const taken = { ofZone: new Map<string, number>(), ofLane: lanes };
    const shared = revenueByZone(
      taken,
      zoneOf,
      new Map([
        ["r", 0],
        ["g", 60],
      ]),
    );
    expect(shared).toEqual([
      { zoneId: "r", measured: 700, shared: 0 },
      { zoneId: "g", measured: 0, shared: 300 },
    ]);
    expect(revenueByZone(taken, zoneOf, new Map([["r", 0]]))).toEqual([
      { zoneId: "r", measured: 700, shared: 0 },
      { zoneId: null, measured: 0, shared: 300 },
    ]);
  });

  test("is a zone's where its vehicles stood, whichever lane they came in by", () => {
    const taken = { ofZone: new Map([["g", 500]]), ofLane: new Map([["roof", 700]]) };
    expect(revenueByZone(taken, new Map([["roof", "r"]]), new Map([["r", 0]]))).toEqual([
      { zoneId: "r", measured: 700, shared: 0 },
      { zoneId: "g", measured: 500, shared: 0 },
    ]);
  });
});

test("the most inside counts what was there before, and an hour that only empties", () => {
  const minutes = (...net: number[]): number[] => [
    ...net,
    ...Array<number>(60 - net.length).fill(0),
  ];
  const course = insideByHour(3, [
    { hour: "a", netByMinute: minutes(2, -1, 2) },
    { hour: "b", netByMinute: minutes(-4) },
    { hour: "c", netByMinute: [] },
  ]);
  expect([...course.values()]).toEqual([
    { peak: 6, atEnd: 6 },
    { peak: 6, atEnd: 2 },
    { peak: 2, atEnd: 2 },
  ]);
});

test("of equal hours the earlier comes first, and an empty one is no peak", () => {
  const rows = [0, 4, 2, 4, 1, 3, 2].map((n, hour) => ({ hour, n }));
  expect(topFive(rows, ({ n }) => n).map(({ hour }) => hour)).toEqual([1, 3, 5, 2, 6]);
  expect(topFive([{ n: 0 }], ({ n }) => n)).toEqual([]);
});

test("a lane that is busy half of the time lets its vehicles wait half a service", () => {
  const load = { perHour: 120, serviceS: 15 };
  expect(busyShare(load)).toBe(0.5);
  expect(waitingS(load)).toBe(7.5);
  expect(lanesNeeded(load)).toBe(1);
  expect(waitingS({ perHour: 240, serviceS: 15 })).toBeUndefined();
  expect(lanesNeeded({ perHour: 241, serviceS: 15 })).toBe(2);
  expect(lanesNeeded({ perHour: 0, serviceS: 15 })).toBe(0);
});

test.each([
  // A Friday, a Monday, the first of a month, the first of March in a leap year.
  ["2026-11-20", ["2026-11-19"], ["2026-11-09", "2026-11-15"], ["2026-10-01", "2026-10-31"]],
  ["2026-11-23", ["2026-11-22"], ["2026-11-16", "2026-11-22"], ["2026-10-01", "2026-10-31"]],
  ["2026-11-01", ["2026-10-31"], ["2026-10-19", "2026-10-25"], ["2026-10-01", "2026-10-31"]],
  ["2028-03-01", ["2028-02-29"], ["2028-02-21", "2028-02-27"], ["2028-02-01", "2028-02-29"]],
])(
  "on %s the calendar asks for the day, the week and the month that ended",
  (today, day, week, month) => {
    expect(dueReports(today)).toEqual([
      { type: "daily", period: { from: day[0], to: day[0] } },
      { type: "weekly", period: { from: week[0], to: week[1] } },
      { type: "monthly", period: { from: month[0], to: month[1] } },
    ]);
  },
);
