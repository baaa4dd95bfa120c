import { checkTariff, defaultTariff, Tariff } from "@gatehouse/shared/contracts/tariff";
import { describe, expect, test } from "vitest";

const hourly = { price: 2, per: "1 h" };
const good = {
  tariff_id: "city",
  version: 1,
  name: "City",
  currency: "EUR",
  valid_from: "2026-01-01T00:00:00+01:00",
  rates: [hourly],
};
const complaintsOf = (value: unknown) => {
  const checked = checkTariff(value);
  return "complaints" in checked ? checked.complaints : [];
};

test("a simple tariff is a few short lines", () => {
  expect(complaintsOf(good)).toEqual([]);
  expect(complaintsOf(defaultTariff)).toEqual([]);
});

describe("refused, with the place and what to write:", () => {
  const rate = (change: object) => ({ rates: [{ ...hourly, ...change }] });
  const window = (when: object) => ({ rates: [{ when, price: 1, per: "1 h" }, hourly] });
  const tiers = (...list: object[]) => ({ rates: [{ tiers: list }] });
  const event = (change: object) => ({
    events: [
      { name: "e", starts: "2026-05-30T20:00:00Z", ends: "2026-05-30T23:00:00Z", ...change },
    ],
  });
  const season = (from: string, until: string) => window({ dates: [{ from, until }] });
  const cap = (...caps: object[]) => ({ caps });
  const minutes = { jurisdiction: { per_minute_billing: true } };

  test.each([
    ["no name for the tariff", { tariff_id: undefined }, "tariff_id", /letters/],
    ["version 0", { version: 0 }, "version", /from 1/],
    ["a currency in words", { currency: "Euro" }, "currency", /EUR/],
    ["a currency that is none", { currency: "EUX" }, "currency", /ISO 4217/],
    ["a naive beginning", { valid_from: "2026-01-01T00:00:00" }, "valid_from", /offset/],
    ["an end before the start", { valid_to: "2025-01-01T00:00:00Z" }, "valid_to", /not after/],
    ["a zone that is none", { time_zone: "Mars/Base" }, "time_zone", /IANA/],
    ["no rates", { rates: [] }, "rates", /at least one/],
    ["rates left out", { rates: undefined }, "rates", /at least one/],
    ["an unknown field", { ratess: [] }, "ratess", /did you mean rates\?/],
    ["an unknown field of a rate", rate({ stepp: "1 h" }), "rates[0].stepp", /mean step\?/],
    ["an amount below zero", rate({ price: -2 }), "rates[0].price", /2\.50/],
    ["an amount in words", rate({ price: "two" }), "rates[0].price", /2\.50/],
    ["a rate without a price", { rates: [{ per: "1 h" }] }, "rates[0].price", /price, prices/],
    ["two prices", rate({ prices: { car: 1 } }), "rates[0].price", /one of/],
    ["no price for cars", { rates: [{ prices: { bus: 1 } }] }, "rates[0].prices.car", /car/],
    ["no such class", { rates: [{ prices: { car: 1, buss: 1 } }] }, "rates[0].prices.buss", /bus/],
    ["a span without a unit", rate({ per: "60" }), "rates[0].per", /15 min/],
    ["a span of nothing", rate({ per: "0 min" }), "rates[0].per", /longer/],
    ["a step without time", { rates: [{ price: 2, step: "1 h" }] }, "rates[0].step", /per/],
    ["no such day", window({ days: ["mon-fri", "sta"] }), "rates[0].when.days[1]", /sta/],
    ["no such time", window({ from: "25:00", until: "08:00" }), "rates[0].when.from", /HH:MM/],
    ["a window with one end", window({ from: "08:00" }), "rates[0].when.until", /until/],
    ["a window of everything", window({}), "rates[0].when", /leave it out/],
    ["no such date", season("02-30", "03-10"), "rates[0].when.dates[0].from", /date/],
    ["half a year", season("2026-02-01", "03-10"), "rates[0].when.dates[0]", /both/],
    ["hours without a price", rate({ when: { days: ["sun"] } }), "rates", /all that is left/],
    ["a rate behind all", { rates: [hourly, hourly] }, "rates[1]", /never counts/],
    [
      "tiers out of order",
      tiers({ up_to: "2 h", price: 1 }, { up_to: "1 h", price: 1 }, { price: 1 }),
      "rates[0].tiers[1].up_to",
      /longer/,
    ],
    ["tiers that end", tiers({ up_to: "2 h", price: 1 }), "rates[0].tiers[0].up_to", /for ever/],
    [
      "an endless tier",
      tiers({ price: 1 }, { price: 1 }),
      "rates[0].tiers[0].up_to",
      /only the last/,
    ],
    [
      "totals that fall",
      tiers({ up_to: "1 h", total: 5 }, { total: 4 }),
      "rates[0].tiers[1].total",
      /less than the 5/,
    ],
    ["a free tier", tiers({ up_to: "1 h" }, { price: 1 }), "rates[0].tiers[0].price", /one of/],
    ["half cents", { fees: [{ name: "f", price: "1.005" }] }, "fees[0].price", /digits than EUR/],
    [
      "half a yen",
      { currency: "JPY", ...cap({ price: 12.5, per: "24 h" }) },
      "caps[0].price",
      /digits than JPY/,
    ],
    ["a cap per something", cap({ price: 5, per: "day" }), "caps[0].per", /calendar_day/],
    [
      "a span that is reset",
      cap({ price: 5, per: "24 h", reset: "04:00" }),
      "caps[0].reset",
      /calendar_day/,
    ],
    [
      "a week below a day",
      cap({ price: 5, per: "24 h" }, { price: 4, per: "7 d" }),
      "caps[1]",
      /shorter/,
    ],
    ["odd free time", { free: [{ time: "5 min", mode: "gift" }] }, "free[0].mode", /threshold/],
    ["a fee of nothing", { fees: [{ name: "entry" }] }, "fees[0].price", /price/],
    [
      "a fee without hours",
      { fees: [{ name: "f", price: 1, charged: "leaving" }] },
      "fees[0].charged",
      /when/,
    ],
    [
      "an event that runs back",
      event({ price: 5, ends: "2026-05-29T00:00:00Z" }),
      "events[0].ends",
      /not after/,
    ],
    [
      "an event with two prices",
      event({ price: 5, change_percent: 50 }),
      "events[0].change_percent",
      /either/,
    ],
    ["a special for nobody", { specials: [{ name: "s", price: 10 }] }, "specials[0].entry", /./],
    ["no day's most", { lost_ticket: { charge: "daily_max" } }, "lost_ticket.charge", /cap/],
    ["an odd lost ticket", { lost_ticket: { charge: "guess" } }, "lost_ticket.charge", /flat/],
    ["an odd tax", { tax: { percent: 19, prices: "both" } }, "tax.prices", /inclusive/],
    ["a tax below zero", { tax: { percent: -1, prices: "inclusive" } }, "tax.percent", /percent/],
    [
      "superseding itself",
      { supersedes: { tariff_id: "city", version: 1 } },
      "supersedes.version",
      /earlier/,
    ],
    [
      "a least above the most",
      { minimum: { price: 5 }, maximum: { price: 4 } },
      "minimum",
      /maximum/,
    ],
    ["hours where the law wants minutes", minutes, "rates[0].per", /step: 1 min/],
    [
      "tiers where the law wants minutes",
      { ...minutes, ...tiers({ price: 5 }) },
      "rates[0].tiers",
      /per/,
    ],
    [
      "one price where the law wants minutes",
      { ...minutes, rates: [{ price: 5 }] },
      "rates[0].per",
      /step/,
    ],
  ])("%s", (_, change, path, message) => {
    const found = complaintsOf({ ...good, ...change });
    expect(found.map((complaint) => complaint.path)).toContain(path);
    expect(found.find((complaint) => complaint.path === path)?.message).toMatch(message);
  });

  test.each([null, 7, "a tariff", [], [good]])("what is no tariff at all: %j", (value) => {
    expect(complaintsOf(value).length).toBeGreaterThan(0);
  });

  test("everything at once", () => {
    const paths = complaintsOf({
      ...good,
      currency: "EUX",
      rates: [
        { price: "x", per: "1 hour" },
        { when: { days: ["mo"] }, price: 1, per: "1 h" },
      ],
      fees: [{ name: "entry", price: "1.001" }],
      colour: "red",
    }).map(({ path }) => path);
    expect(paths).toEqual([
      "currency",
      "rates[0].price",
      "rates[0].per",
      "rates[1].when.days[0]",
      "colour",
      "fees[0].price",
      "rates[1]",
    ]);
  });
});

describe("a tariff of the first shape", () => {
  const first = {
    tariff_id: "default",
    version: 1,
    name: "Standard",
    currency: "EUR",
    hourly_minor: { car: 250, motorcycle: 100, truck: 500, bus: 1000 },
    increment_s: 900,
    rounding: "half-up",
    free_s: 0,
    exit_grace_s: 900,
    valid_from: "1970-01-01T00:00:00Z",
  };

  test("is read as what it says", () => {
    expect(Tariff.parse(first)).toEqual(defaultTariff);
  });

  test("keeps its free time, its odd seconds and its lost ticket", () => {
    const odd = { currency: "KWD", increment_s: 90, free_s: 600, lost_ticket_minor: 5 };
    expect(Tariff.parse({ ...first, ...odd })).toMatchObject({
      rates: [{ prices: { car: "0.250" }, step: "90 s" }],
      free: [{ time: "10 min", mode: "threshold" }],
      lost_ticket: { charge: "flat", price: "0.005" },
    });
    expect(Tariff.parse({ ...first, currency: "JPY" }).rates[0]?.prices?.car).toBe("250");
  });
});
