import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import type { Activity } from "@gatehouse/shared/contracts/tariff-rates";
import type { Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { priceLostTicket } from "../../src/tariff/lost-ticket.ts";
import { priceStay } from "../../src/tariff/price.ts";
import { at, price, priceOf, tariffOf } from "./pricing.ts";

describe("the rates an hour of the first design, in quarters of an hour", () => {
  test.each([
    ["car", 0, 0],
    ["car", 15, 63],
    ["car", 15.0167, 125],
    ["car", 45, 188],
    ["car", 60, 250],
    ["car", 60.0167, 313],
    ["car", 75, 313],
    ["car", 150, 625],
    ["car", 240, 1000],
    ["motorcycle", 1, 25],
    ["truck", 61, 625],
    ["bus", 150, 2500],
    ["unknown", 60, 250],
    ["van", 60, 250],
    ["bicycle", 60, 250],
  ] as const)("%s, %d minutes: %d cents", (vehicleClass, minutes, cents) => {
    expect(priceOf(defaultTariff, minutes, { vehicleClass })).toBe(cents);
  });
});

describe("valet parking: 12 up to five hours, else 18 a day", () => {
  const tariff = tariffOf({
    currency: "USD",
    rates: [{ tiers: [{ up_to: "5 h", total: 12 }, { total: 18 }] }],
    caps: [{ price: 18, per: "24 h" }],
  });

  test.each([
    [0, 0],
    [1, 12],
    [300, 12],
    [301, 18],
    [1440, 18],
    [1441, 30],
  ])("%d minutes: %d dollars", (minutes, dollars) => {
    expect(priceOf(tariff, minutes)).toBe(dollars * 100);
  });

  test("a stay that ends before it begins has no price", () => {
    const entry = at("2026-06-02T08:00");
    const exit = (entry - 60_000) as Instant;
    const zone = { timezone: "Europe/Berlin", holidays: [] };
    expect(priceStay({ tariff, zone, vehicleClass: "car", entry, exit })).toMatchObject({
      kind: "refused",
      reason: "ends-before-it-begins",
    });
  });
});

describe("short-term parking: 2 the first hour, 1 each further half hour, 24 a day", () => {
  const tariff = tariffOf({
    currency: "USD",
    rates: [
      {
        tiers: [
          { up_to: "1 h", price: 2 },
          { price: 1, per: "30 min" },
        ],
      },
    ],
    caps: [{ price: 24, per: "24 h" }],
  });

  test.each([
    [0, 0],
    [1, 2],
    [60, 2],
    [61, 3],
    [90, 3],
    [91, 4],
    [720, 24],
    [721, 24],
    [1440, 24],
    [1441, 26],
  ])("%d minutes: %d dollars", (minutes, dollars) => {
    expect(priceOf(tariff, minutes)).toBe(dollars * 100);
  });
});

describe("a long-term garage: 2 an hour, 12 a day, 72 a week", () => {
  const tariff = tariffOf({
    currency: "USD",
    rates: [{ price: 2, per: "1 h" }],
    caps: [
      { price: 12, per: "24 h" },
      { price: 72, per: "7 d" },
    ],
  });

  test.each([
    [1, 2],
    [61, 4],
    [360, 12],
    [361, 12],
    [1440, 12],
    [1441, 14],
    [8640, 72],
    [8641, 72],
    [10_080, 72],
    [10_081, 74],
  ])("%d minutes: %d dollars", (minutes, dollars) => {
    expect(priceOf(tariff, minutes)).toBe(dollars * 100);
  });
});

describe("a Korean car park: half an hour free and taken off, a base, ten minutes each, a day's most", () => {
  const tariff = tariffOf({
    currency: "KRW",
    free: [{ time: "30 min", mode: "subtract" }],
    rates: [
      {
        tiers: [
          { up_to: "30 min", price: 1000 },
          { price: 500, per: "10 min" },
        ],
      },
    ],
    caps: [{ price: 15_000, per: "24 h" }],
    exit_grace: "15 min",
    negative_stay: "free",
  });

  test.each([
    [-5, 0],
    [25, 0],
    [30, 0],
    [31, 1000],
    [60, 1000],
    [65, 1500],
    [90, 2500],
    [600, 15_000],
  ])("%d minutes: %d won", (minutes, won) => {
    expect(priceOf(tariff, minutes)).toBe(won);
  });
});

describe("a Spanish car park: every minute, and no other", () => {
  const tariff = tariffOf({
    jurisdiction: { per_minute_billing: true },
    rates: [{ price: "0.0417", per: "1 min" }],
  });

  test.each([
    [1, 4],
    [2, 8],
    [3, 13],
    [60, 250],
    [61, 254],
  ])("%d minutes: %d cents", (minutes, cents) => {
    expect(priceOf(tariff, minutes)).toBe(cents);
  });
});

describe("Jacksonville: one more dollar each started hour, seven from the seventh on", () => {
  const tariff = tariffOf({
    currency: "USD",
    rates: [
      {
        tiers: [
          ...[1, 2, 3, 4, 5, 6].map((hour) => ({ up_to: `${hour} h`, total: hour })),
          { total: 7 },
        ],
      },
    ],
    caps: [{ price: 7, per: "24 h" }],
    lost_ticket: { charge: "daily_max" },
  });

  test.each([
    [1, 1],
    [60, 1],
    [61, 2],
    [120, 2],
    [180, 3],
    [240, 4],
    [300, 5],
    [360, 6],
    [361, 7],
    [1440, 7],
  ])("%d minutes: %d dollars", (minutes, dollars) => {
    expect(priceOf(tariff, minutes)).toBe(dollars * 100);
  });

  test("a lost ticket is a day", () => {
    const now = at("2026-06-02T08:00");
    const zone = { timezone: "America/New_York", holidays: [] };
    const { total } = priceLostTicket({ tariff, zone, vehicleClass: "car", now });
    expect(total).toBe(700);
  });
});

/** Minutes one after the other, each doing one thing. */
const doing = (from: string, ...parts: readonly (readonly [Activity, number])[]) => {
  let begins: number = at(from);
  return parts.map(([activity, minutes]) => {
    const part = {
      activity,
      from: begins as Instant,
      to: (begins += minutes * 60_000) as Instant,
    };
    return part;
  });
};
const spent = (tariff: ReturnType<typeof tariffOf>, parts: ReturnType<typeof doing>) => {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) throw new Error("no part");
  return price(tariff, first.from, last.to, { parts });
};
const exclusive = { percent: 20, prices: "exclusive" };

describe("steps as OCPI counts them: once, by the last rate", () => {
  const evening = [
    {
      activity: "charging",
      when: { from: "17:00", until: "00:00" },
      price: 2.4,
      per: "1 h",
      step: "15 min",
    },
    { activity: "charging", price: 1.2, per: "1 h", step: "30 min" },
    { price: 1, per: "1 h", step: "15 min" },
  ];

  test("the rest of a step is charged at the last price", () => {
    const tariff = tariffOf({
      rates: [
        { when: { from: "17:00", until: "00:00" }, price: 2.4, per: "1 h", step: "15 min" },
        { price: 1.2, per: "1 h", step: "30 min" },
      ],
    });
    const priced = price(tariff, "2026-06-02T16:35", "2026-06-02T17:10");
    expect(priced.lines.map(({ minor }) => minor)).toEqual([50, 80]);
    expect(priced.total).toBe(130);
  });

  test("only what was done last is rounded", () => {
    const parts = doing("2026-06-02T16:55", ["charging", 10], ["parking", 2]);
    expect(spent(tariffOf({ rates: evening }), parts).total).toBe(55);
  });

  test("free time has no step: eight minutes were charged, and are a quarter of an hour", () => {
    const tariff = tariffOf({
      rates: [
        { activity: "charging", price: 2.4, per: "1 h", step: "15 min" },
        { when: { from: "20:00", until: "08:00" }, price: 0 },
        { price: 1, per: "1 h", step: "15 min" },
      ],
    });
    const parts = doing("2026-06-02T19:40", ["charging", 12], ["parking", 20]);
    expect(spent(tariff, parts).total).toBe(73);
  });

  test("several taxes", () => {
    const tariff = tariffOf({
      tax: exclusive,
      rates: [
        { activity: "charging", price: 3, per: "1 h", step: "1 min", tax_percent: 10 },
        { price: 5, per: "1 h", step: "5 min", tax_percent: 20 },
      ],
    });
    const priced = spent(tariff, doing("2026-06-02T09:00", ["charging", 150], ["parking", 42]));
    expect([priced.net, priced.total]).toEqual([1125, 1275]);
  });

  const complex = tariffOf({
    tax: exclusive,
    fees: [{ name: "start", price: 2.5, activity: "charging", tax_percent: 15 }],
    rates: [
      { activity: "charging", when: { days: ["sat-sun"] }, price: 1.2, per: "1 h", step: "1 min" },
      { activity: "charging", price: 1, per: "1 h", step: "15 min" },
      {
        when: { days: ["mon-fri"], from: "09:00", until: "18:00" },
        price: 5,
        per: "1 h",
        step: "5 min",
        tax_percent: 10,
      },
      {
        when: { days: ["sat"], from: "10:00", until: "17:00" },
        price: 6,
        per: "1 h",
        step: "5 min",
        tax_percent: 10,
      },
      { price: 0 },
    ],
  });

  test("a start, an hour's price and parking on a Monday", () => {
    const priced = spent(complex, doing("2026-06-01T09:30", ["charging", 165], ["parking", 42]));
    expect([priced.net, priced.total]).toEqual([900, 1030]);
  });

  /*
   * The published row says 1.25 an hour; its own sums (12.28 and 13.861) are those of 1.20. At 1.25 it is 12.375.
   */
  test("the same on a Saturday", () => {
    const priced = spent(complex, doing("2026-06-06T13:30", ["charging", 114], ["parking", 71]));
    expect([priced.net, priced.total]).toEqual([1228, 1386]);
  });

  test.each([
    ["by the minute", { price: 5, per: "1 h", step: "1 min" }, [], 15, 125, 150],
    [
      "with a fee",
      { price: 5, per: "1 h", step: "5 min" },
      [{ name: "reservation", price: 2, activity: "reservation" }],
      13,
      325,
      390,
    ],
    ["late", { price: 2, per: "1 h", step: "10 min" }, [], 22, 100, 120],
  ])("a reservation %s", (_, rate, fees, minutes, net, total) => {
    const tariff = tariffOf({
      tax: exclusive,
      fees,
      rates: [
        { activity: "reservation", ...rate },
        { price: 1, per: "1 h" },
      ],
    });
    const priced = spent(tariff, doing("2026-06-02T09:00", ["reservation", minutes]));
    expect([priced.net, priced.total]).toEqual([net, total]);
  });

  test("a reservation that nobody came for", () => {
    const tariff = tariffOf({
      tax: exclusive,
      fees: [{ name: "expiry", price: 4, activity: "no_show" }],
      rates: [
        { activity: "no_show", price: 2, per: "1 h", step: "10 min" },
        { price: 1, per: "1 h" },
      ],
    });
    const priced = spent(tariff, doing("2026-06-02T09:00", ["no_show", 60]));
    expect([priced.net, priced.total]).toEqual([600, 720]);
  });
});

describe("summer time", () => {
  const minute = tariffOf({ rates: [{ price: "0.01", per: "1 min" }] });

  test.each([
    ["2020-03-29T01:49", "2020-03-29T03:15", 26],
    ["2026-10-25T01:30+02:00", "2026-10-25T04:30+01:00", 240],
  ])("from %s to %s are %d minutes", (from, to, minutes) => {
    expect(price(minute, from, to).total).toBe(minutes);
  });

  test.each([
    ["24 h are 24 elapsed hours", "24 h", 1000],
    ["a calendar day has 25", "calendar_day", 1000],
  ])("when it ends, %s", (_, per, cents) => {
    const tariff = tariffOf({ rates: [{ price: 1, per: "1 h" }], caps: [{ price: 10, per }] });
    expect(price(tariff, "2026-10-25T00:00", "2026-10-25T23:00").total).toBe(cents);
    const most = price(tariff, "2026-10-25T00:00", "2026-10-26T00:00").total;
    expect(most).toBe(per === "24 h" ? 1100 : 1000);
  });
});
