import { minutes as minutesOf } from "@gatehouse/shared/time";
import type { Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { priceLostTicket } from "../../src/tariff/lost-ticket.ts";
import { at, price, priceOf, tariffOf } from "./pricing.ts";

/*
 * Tariffs as they hang at entrances: the shapes are those of real car parks, the numbers were worked out by hand.
 */

test("a city centre: by the hour, an evening for 3, Sundays and holidays free", () => {
  const tariff = tariffOf({
    rates: [
      { name: "sunday", when: { days: ["sun", "holiday"] }, price: 0 },
      { name: "evening", when: { from: "19:00", until: "07:00" }, price: 3 },
      { name: "day", price: 2, per: "1 h", step: "30 min" },
    ],
    caps: [{ price: 15, per: "calendar_day" }],
  });
  const rules = (from: string, to: string) =>
    price(tariff, from, to).lines.map(({ rule, minor }) => [rule, minor]);
  expect(rules("2026-06-02T17:00", "2026-06-02T22:00")).toEqual([
    ["day", 400],
    ["evening", 300],
  ]);
  // Saturday evening runs into the free Sunday.
  expect(price(tariff, "2026-06-06T20:00", "2026-06-07T18:00").total).toBe(300);
  // The first of May is a Friday, and free.
  expect(price(tariff, "2026-05-01T09:00", "2026-05-01T18:00").total).toBe(0);
  // 07:00 to 19:00 would be 24.
  expect(price(tariff, "2026-06-02T07:00", "2026-06-02T23:00").total).toBe(1500);
});

test("an airport's short stay: minutes free, then steps that grow, and a day", () => {
  const tariff = tariffOf({
    currency: "GBP",
    free: [{ time: "5 min", mode: "threshold" }],
    rates: [
      {
        tiers: [
          { up_to: "10 min", total: 5 },
          { up_to: "20 min", total: 7 },
          { up_to: "30 min", total: 10 },
          { up_to: "1 h", total: 16 },
          { up_to: "2 h", total: 24.5 },
          { price: 6, per: "1 h" },
        ],
      },
    ],
    caps: [{ price: 68, per: "24 h" }],
  });
  const expected = [
    [5, 0],
    [6, 5],
    [11, 7],
    [21, 10],
    [60, 16],
    [90, 24.5],
    [121, 30.5],
    [1440, 68],
    [1446, 73],
  ];
  for (const [minutes, pounds] of expected)
    expect(priceOf(tariff, minutes ?? 0)).toBe(Math.round((pounds ?? 0) * 100));
});

test("an airport's long stay: days, dearer in the holidays, a week capped", () => {
  const tariff = tariffOf({
    rates: [
      {
        name: "season",
        when: { dates: [{ from: "07-01", until: "08-31" }] },
        price: 14,
        per: "1 d",
      },
      { name: "day", price: 9, per: "1 d" },
    ],
    caps: [{ price: 60, per: "7 d" }],
  });
  expect(price(tariff, "2026-06-02T05:00", "2026-06-05T05:01").total).toBe(3600);
  expect(price(tariff, "2026-07-10T05:00", "2026-07-13T04:00").total).toBe(4200);
  expect(price(tariff, "2026-07-10T05:00", "2026-07-20T05:00").total).toBe(6000 + 4200);
});

describe("an early bird: in by nine, out after three", () => {
  const tariff = tariffOf({
    currency: "USD",
    rates: [{ price: 8, per: "30 min" }],
    caps: [{ price: 44, per: "24 h" }],
    specials: [
      {
        name: "early-bird",
        entry: { days: ["mon-fri"], from: "06:00", until: "09:00" },
        exit: { from: "15:00", until: "19:00" },
        price: 16,
      },
    ],
  });

  test.each([
    ["2026-06-02T08:59", "2026-06-02T15:00", 16],
    ["2026-06-02T09:00", "2026-06-02T15:00", 44],
    ["2026-06-02T08:00", "2026-06-02T14:59", 44],
    ["2026-06-02T08:00", "2026-06-02T19:00", 44],
    ["2026-06-06T08:00", "2026-06-06T16:00", 44],
    ["2026-06-02T08:00", "2026-06-03T15:30", 88],
  ])("from %s to %s: %d", (from, to, dollars) => {
    expect(price(tariff, from, to).total).toBe(dollars * 100);
  });
});

describe("an arena on an event night", () => {
  const tariff = tariffOf({
    rates: [{ name: "day", price: 2, per: "1 h" }],
    events: [
      {
        name: "final",
        starts: "2026-05-30T20:00:00+02:00",
        ends: "2026-05-30T23:00:00+02:00",
        before: "3 h",
        after: "2 h",
        applies_to: "entering",
        price: 20,
      },
      {
        name: "market",
        starts: "2026-12-05T08:00:00+01:00",
        ends: "2026-12-05T20:00:00+01:00",
        change_percent: 50,
      },
    ],
  });

  test("who comes for it pays once, who was there before pays by the hour", () => {
    expect(price(tariff, "2026-05-30T18:00", "2026-05-31T00:30").total).toBe(2000);
    expect(price(tariff, "2026-05-30T16:00", "2026-05-30T21:00").total).toBe(1000);
    expect(price(tariff, "2026-05-30T18:00", "2026-05-31T02:00").total).toBe(2000 + 200);
  });

  test("a price can rise by a part of itself", () => {
    expect(price(tariff, "2026-12-05T07:00", "2026-12-05T10:00").total).toBe(200 + 600);
  });
});

test("Japan: 200 yen an hour, 1200 within 24 hours of the entry, dearer by day than by night", () => {
  const tariff = tariffOf({
    currency: "JPY",
    time_zone: "Asia/Tokyo",
    rates: [
      {
        name: "night",
        when: { from: "22:00", until: "08:00" },
        price: 100,
        per: "1 h",
        cap: { price: 400 },
      },
      { name: "day", price: 200, per: "1 h" },
    ],
    caps: [{ price: 1200, per: "24 h" }],
  });
  const zone = { timezone: "Asia/Tokyo", holidays: [] };
  const yen = (from: string, to: string) => price(tariff, from, to, { zone }).total;
  expect(yen("2026-06-02T10:00", "2026-06-02T10:01")).toBe(200);
  expect(yen("2026-06-02T10:00", "2026-06-02T20:00")).toBe(1200);
  expect(yen("2026-06-02T22:00", "2026-06-03T07:00")).toBe(400);
  expect(yen("2026-06-02T21:00", "2026-06-03T09:00")).toBe(200 + 400 + 200);
  expect(yen("2026-06-02T10:00", "2026-06-03T10:30")).toBe(1400);
});

test("Kuwait: three digits, rounded up to the coin of five fils", () => {
  const tariff = tariffOf({
    currency: "KWD",
    round_to: "0.005",
    rounding: "up",
    rates: [{ price: "0.200", per: "1 h", step: "1 min" }],
  });
  expect(priceOf(tariff, 60)).toBe(200);
  expect(priceOf(tariff, 61)).toBe(205);
  expect(priceOf(tariff, 1)).toBe(5);
});

test("a hospital: half an hour for who brings somebody, cheap hours, a month's patient capped by the week", () => {
  const tariff = tariffOf({
    free: [{ time: "30 min", mode: "threshold" }],
    rates: [{ prices: { car: 1.5, motorcycle: 0.5 }, per: "1 h" }],
    caps: [
      { prices: { car: 6, motorcycle: 2 }, per: "calendar_day" },
      { prices: { car: 20, motorcycle: 7 }, per: "calendar_week" },
    ],
    lost_ticket: { charge: "from_opening", opens: "06:00", price: 5 },
  });
  expect(priceOf(tariff, 30)).toBe(0);
  expect(priceOf(tariff, 31)).toBe(150);
  expect(price(tariff, "2026-06-01T08:00", "2026-06-08T07:00").total).toBe(2000 + 600);
  expect(
    price(tariff, "2026-06-01T08:00", "2026-06-04T20:00", { vehicleClass: "motorcycle" }).total,
  ).toBe(700);
  const zone = { timezone: "Europe/Berlin", holidays: [] };
  const lost = priceLostTicket({ tariff, zone, vehicleClass: "car", now: at("2026-06-02T08:30") });
  expect(lost.total).toBe(450 + 500);
});

describe("park and ride: a day for 4, and who comes back that day has paid", () => {
  const tariff = tariffOf({
    rates: [{ price: 4 }],
    caps: [{ price: 4, per: "calendar_day", reset: "04:00", restarts: true }],
    reentry: { within: "24 h", stay: "continues" },
  });
  const morning = { entry: at("2026-06-02T07:00"), exit: at("2026-06-02T12:00") };
  const paid = price(tariff, morning.entry, morning.exit).total;

  test.each([
    ["2026-06-02T14:00", "2026-06-02T20:00", 0],
    ["2026-06-02T14:00", "2026-06-03T03:59", 0],
    ["2026-06-02T14:00", "2026-06-03T04:01", 400],
    ["2026-06-03T14:00", "2026-06-03T20:00", 400],
  ])("back from %s to %s: %d", (from, to, cents) => {
    const history = [{ ...morning, paid }];
    expect(price(tariff, from, to, { history }).total).toBe(cents);
  });
});

test("who comes back within two hours has no free time again, and pays no entry twice", () => {
  const tariff = tariffOf({
    free: [{ time: "1 h", mode: "subtract" }],
    fees: [{ name: "entry", price: 1 }],
    rates: [{ price: 2, per: "1 h" }],
    reentry: { within: "2 h" },
  });
  const history = [
    {
      entry: at("2026-06-02T08:00"),
      exit: at("2026-06-02T09:00"),
      paid: price(tariff, "2026-06-02T08:00", "2026-06-02T09:00").total,
    },
  ];
  expect(price(tariff, "2026-06-02T10:00", "2026-06-02T11:30").total).toBe(300);
  expect(price(tariff, "2026-06-02T10:00", "2026-06-02T11:30", { history }).total).toBe(400);
  expect(price(tariff, "2026-06-02T12:00", "2026-06-02T13:30", { history }).total).toBe(300);
});

test("after hours somebody has to come: once for each night, or only for who leaves in it", () => {
  const fee = (charged: string) =>
    tariffOf({
      rates: [{ price: 1, per: "1 h" }],
      fees: [{ name: "after-hours", price: 30, when: { from: "22:00", until: "06:00" }, charged }],
    });
  const night = ["2026-06-02T20:00", "2026-06-02T23:00"] as const;
  const over = ["2026-06-02T20:00", "2026-06-04T08:00"] as const;
  expect(price(fee("staying"), ...night).total).toBe(300 + 3000);
  expect(price(fee("staying"), ...over).total).toBe(3600 + 6000);
  expect(price(fee("leaving"), ...night).total).toBe(300 + 3000);
  expect(price(fee("leaving"), ...over).total).toBe(3600);
});

test("bays with a charger cost more, and the day before a holiday is dear", () => {
  const tariff = tariffOf({
    rates: [
      { name: "ev", spaces: ["ev"], price: 6, per: "1 h" },
      { name: "eve", when: { days: ["day_before_holiday"] }, price: 4, per: "1 h" },
      { name: "day", price: 2, per: "1 h" },
    ],
  });
  const hours = ["2026-12-24T10:00", "2026-12-24T12:00"] as const;
  expect(price(tariff, ...hours).total).toBe(800);
  expect(price(tariff, ...hours, { spaceType: "ev" }).total).toBe(1200);
  expect(price(tariff, "2026-12-23T10:00", "2026-12-23T12:00").total).toBe(400);
});

test("who does not leave within the grace pays by the minute from its end", () => {
  const tariff = tariffOf({
    rates: [{ price: 2, per: "1 h" }],
    caps: [{ price: 10, per: "24 h" }],
    exit_grace: "10 min",
    after_grace: { price: "0.10", per: "1 min" },
  });
  const paidAt = at("2026-06-02T18:00");
  const graceUntil = (paidAt + minutesOf(10)) as Instant;
  const settled = { at: paidAt, graceUntil, paid: price(tariff, "2026-06-02T08:00", paidAt).total };
  const total = (to: string) => price(tariff, "2026-06-02T08:00", to, { settled }).total;
  expect(total("2026-06-02T18:10")).toBe(1000);
  expect(total("2026-06-02T18:25")).toBe(1150);
});

describe("what becomes of a step when another rate begins", () => {
  const tariff = (rule: string) =>
    tariffOf({
      step_rule: rule,
      rates: [
        { name: "night", when: { from: "18:00", until: "08:00" }, price: 1, per: "1 h" },
        { name: "day", price: 3, per: "1 h" },
      ],
    });

  test.each([
    // 30 minutes of the day exactly, then 90 of the night.
    ["once", [150, 150]],
    // A whole hour of the day, then two of the night.
    ["each", [300, 200]],
    // The hour of the day runs to 18:30, then 60 minutes of the night.
    ["run_on", [300, 100]],
  ])("%s", (rule, lines) => {
    const priced = price(tariff(rule), "2026-06-02T17:30", "2026-06-02T19:30");
    expect(priced.lines.map(({ minor }) => minor)).toEqual(lines);
  });
});

test("the least and the most of a stay are lines of their own", () => {
  const tariff = tariffOf({
    rates: [{ price: 1, per: "1 h" }],
    minimum: { price: 2.5 },
    maximum: { prices: { car: 20, bus: 40 } },
  });
  expect(price(tariff, "2026-06-02T08:00", "2026-06-02T09:00").lines).toMatchObject([
    { rule: "parking", minor: 100 },
    { rule: "minimum", minor: 150 },
  ]);
  expect(priceOf(tariff, 60 * 30)).toBe(2000);
  expect(priceOf(tariff, 60 * 30, { vehicleClass: "bus" })).toBe(3000);
});
