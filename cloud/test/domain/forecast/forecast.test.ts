import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { civilHour, hoursFrom } from "../../../src/domain/forecast/civil-hours.ts";
import { forecast } from "../../../src/domain/forecast/forecast.ts";
import type { Calendar, Series } from "../../../src/domain/forecast/series.ts";

const berlin = "Europe/Berlin";
/** A Monday's first hour in Berlin. */
const monday = Date.UTC(2026, 7, 2, 22) as Instant;
const plain: Calendar = { holidays: new Set(), events: [] };

/** A week as a car park has it: full at noon of working days, quiet at night and on Sundays. */
const week = (slot: number): number => {
  const [weekday, hour] = [Math.floor(slot / 24), slot % 24];
  const busy = hour >= 8 && hour < 18 ? 80 : 10;
  return weekday === 6 ? busy / 4 : busy;
};

interface World {
  readonly days: number;
  readonly noise?: number;
  readonly growthADay?: number;
  readonly calendar?: Calendar;
  readonly at?: (hour: { day: string; start: Instant }) => number;
  readonly isUnknown?: (place: number) => boolean;
  readonly capacity?: number;
}

function series({ days, noise = 0, growthADay = 0, at = () => 1, ...rest }: World): Series {
  const random = new SeededRandom(5);
  const hours = hoursFrom(monday, days * 24, berlin);
  const values = hours.map((hour, place) => {
    const shake = 1 + noise * (2 * random.fraction() - 1);
    const value = week(hour.slot) * (1 + (growthADay * place) / 24) * at(hour) * shake;
    return rest.isUnknown?.(place) === true ? undefined : value;
  });
  return { hours, values, capacity: rest.capacity };
}

/** What the model says of the days after a world, and what the world would have been. */
function lookAhead(world: World, days = 7) {
  const whole = series({ ...world, days: world.days + days, noise: 0 });
  const known = series(world);
  const coming = whole.hours.slice(known.hours.length);
  const told = forecast(known, coming, world.calendar ?? plain);
  if (told.kind !== "forecast") throw new Error("it says too little is known");
  const truth = whole.values.slice(known.hours.length).map((value) => value ?? 0);
  const wrong = told.hours.reduce(
    (sum, { expected }, i) => sum + Math.abs(expected - (truth[i] ?? 0)),
    0,
  );
  return { told, truth, wape: wrong / truth.reduce((sum, value) => sum + value, 0) };
}

describe("a forecast", () => {
  test("finds the week again behind noise, and is better than last week", () => {
    const { told, wape } = lookAhead({ days: 84, noise: 0.3 });
    expect(told.method).toBe("model");
    expect(wape).toBeLessThan(0.07);
    const { model, naive } = told.backtest?.all ?? { model: { mae: 1 }, naive: { mae: 0 } };
    expect(model.mae).toBeLessThan(naive.mae);
    expect(told.backtest?.byHorizon.map(({ from }) => from)).toEqual([1, 2, 8, 15]);
  });

  test("follows a growth without driving it on for ever", () => {
    const { told, truth } = lookAhead({ days: 84, growthADay: 0.01, noise: 0.1 }, 28);
    const sum = (list: readonly number[]): number => list.reduce((all, each) => all + each, 0);
    const ratio = sum(told.hours.map(({ expected }) => expected)) / sum(truth);
    expect(told.method).toBe("model");
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.05);
  });

  test("takes a public holiday for what earlier ones were", () => {
    const holidays = new Set(["2026-08-15", "2026-09-03", "2026-10-01", "2026-10-27"]);
    const at = ({ day }: { day: string }): number => (holidays.has(day) ? 0.1 : 1);
    const calendar = { holidays, events: [] };
    const withThem = lookAhead({ days: 84, calendar, at });
    const without = lookAhead({ days: 84, at });
    const dayOf = ({ told }: typeof withThem): number =>
      told.hours
        .filter(({ hour }) => hour.day === "2026-10-27")
        .reduce((s, h) => s + h.expected, 0);
    expect(dayOf(withThem)).toBeLessThan(dayOf(without) / 2);
  });

  test("learns what events of a name do, and believes what somebody expects of a new one", () => {
    const evening = (day: string) => ({
      from: civilFrom(day, 18),
      to: civilFrom(day, 22),
      expectedPercent: null,
    });
    const games = ["2026-08-20", "2026-09-10", "2026-10-08"].map((day) => ({
      name: "Game",
      ...evening(day),
    }));
    const next = { name: "GAME", ...evening("2026-10-27") };
    const fair = { name: "Fair", ...evening("2026-10-28"), expectedPercent: 150 };
    const events = [...games, next, fair];
    const at = ({ start }: { start: Instant }): number =>
      [...games, next].some(({ from, to }) => from <= start && start < to) ? 5 : 1;
    const { told } = lookAhead({ days: 84, calendar: { holidays: new Set(), events }, at });
    const hour = (from: Instant): number =>
      told.hours.find(({ hour: { start } }) => start === from)?.expected ?? 0;
    expect(hour(next.from)).toBeGreaterThan(42);
    expect(hour(next.from)).toBeLessThanOrEqual(50);
    expect(hour(fair.from)).toBeCloseTo(25, 0);
  });

  test("takes hours that nobody knows for unknown, and not for empty", () => {
    const isUnknown = (place: number): boolean => place % 240 < 90;
    const { wape } = lookAhead({ days: 84, isUnknown, noise: 0.1 });
    expect(wape).toBeLessThan(0.06);
  });

  test("knows a closed day as one", () => {
    const at = ({ day }: { day: string }): number => (new Date(day).getUTCDay() === 0 ? 0 : 1);
    const { told } = lookAhead({ days: 56, at, noise: 0.2 });
    const sunday = told.hours.filter(({ hour }) => hour.slot >= 144);
    expect(sunday).toHaveLength(24);
    expect(sunday.every(({ expected }) => expected === 0)).toBe(true);
  });

  test("says that five days are too little, and shows last week where nothing could be tried", () => {
    const coming = hoursFrom(monday, 24, berlin);
    expect(forecast(series({ days: 5 }), coming, plain)).toEqual({
      kind: "too-little",
      knownDays: 5,
      neededDays: 14,
    });
    expect(forecast(series({ days: 14 }), coming, plain)).toMatchObject({
      method: "naive",
      backtest: undefined,
    });
  });

  test("shows last week, and says so, where that is the better forecast", () => {
    // Every week is turned over the week before it: the mean of all weeks is nobody's week.
    const swap = series({ days: 28 });
    const values = swap.hours.map(({ slot }, place) =>
      Math.floor(place / 168) < 2 ? week(slot) : 100 - week(slot),
    );
    const told = forecast({ ...swap, values }, hoursFrom(monday, 24, berlin), plain);
    expect(told).toMatchObject({ kind: "forecast", method: "naive" });
  });

  test("holds four in five of what comes within its interval", () => {
    const world = { days: 112, noise: 0.4 };
    const whole = series({ ...world, days: 126 });
    const told = forecast(series(world), whole.hours.slice(112 * 24), plain);
    if (told.kind !== "forecast") throw new Error("too little");
    const inside = told.hours.filter(({ low = 0, high = 0 }, place) => {
      const came = whole.values[112 * 24 + place] ?? 0;
      return low <= came && came <= high;
    });
    expect(inside.length / told.hours.length).toBeGreaterThan(0.7);
    expect(inside.length / told.hours.length).toBeLessThan(0.95);
  });

  test("is never below zero nor above what there is, and always the same", () => {
    const value = fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 340, maxLength: 900 }),
        fc.integer({ min: -100, max: 900 }),
        (values, expectedPercent) => {
          const hours = hoursFrom(monday, values.length, berlin);
          const bounded = values.map((each) => (each === undefined ? each : Math.min(120, each)));
          const known: Series = { hours, values: bounded, capacity: 120 };
          const after = (monday + values.length * 3_600_000) as Instant;
          const event = { name: "x", from: after, to: (after + 9e7) as Instant, expectedPercent };
          const calendar = { holidays: new Set([hours[30]?.day ?? ""]), events: [event] };
          const coming = hoursFrom(after, 48, berlin);
          const told = forecast(known, coming, calendar);
          expect(forecast(known, coming, calendar)).toEqual(told);
          if (told.kind !== "forecast") return;
          for (const { low = 0, expected, high = 120 } of told.hours)
            expect(0 <= low && low <= expected && expected <= high && high <= 120).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("hours of civil time", () => {
  test.each([
    ["2026-03-29", Date.UTC(2026, 2, 28, 23), 23],
    ["2026-10-25", Date.UTC(2026, 9, 24, 22), 25],
    ["2026-11-20", Date.UTC(2026, 10, 19, 23), 24],
  ])("of %s are as many as that day has", (day, begin, count) => {
    const hours = hoursFrom(begin as Instant, 26, berlin).filter((hour) => hour.day === day);
    expect(hours).toHaveLength(count);
    expect(hours[0]?.slot).toBe(civilHour(begin as Instant, berlin).slot);
  });

  test.each(["2026-04-04T12:00Z", "2026-10-03T12:00Z"])(
    "begin at full hours on Lord Howe too, where clocks are set by half an hour: around %s",
    (at) => {
      const hours = hoursFrom(Date.parse(at) as Instant, 48, "Australia/Lord_Howe");
      const clock = new Intl.DateTimeFormat("en", {
        minute: "numeric",
        timeZone: "Australia/Lord_Howe",
      });
      expect(hours.slice(12).map(({ start }) => clock.format(start))).toEqual(
        hours.slice(12).map(() => "0"),
      );
      expect(new Set(hours.map(({ start }) => start)).size).toBe(48);
    },
  );

  test("begin at half past where the zone does", () => {
    const at = Date.UTC(2026, 10, 20, 12, 10) as Instant;
    expect(hoursFrom(at, 1, "Asia/Kolkata")[0]?.start).toBe(Date.UTC(2026, 10, 20, 11, 30));
  });
});

/** A clock time of a summer day in Berlin, or of 27 and 28 October in winter time. */
function civilFrom(day: string, hour: number): Instant {
  const isWinter = day >= "2026-10-25";
  return (Date.parse(day) + (hour - (isWinter ? 1 : 2)) * 3_600_000) as Instant;
}
