import { Tariff } from "@gatehouse/shared/contracts/tariff";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { expect, test } from "vitest";
import { advised, advisedChange } from "../../web/rules/advised.ts";
import type { Written } from "../../web/rules/written.ts";

const tariff = {
  ...(defaultTariff as unknown as Written),
  currency: "EUR",
  rates: [
    { name: "night", when: { from: "22:00", until: "06:00" }, price: "1.00", per: "1 h" },
    { name: "hour", prices: { car: "2.50", truck: "5.00" }, per: "1 h", step: "15 min" },
  ],
};

test("a change for all times scales every amount of every rate and nothing else", () => {
  const change = advisedChange({ change: "20", zone: "a" });
  const made = advised(tariff, change ?? never());
  expect(made["rates"]).toEqual([
    { name: "night", when: { from: "22:00", until: "06:00" }, price: "1.20", per: "1 h" },
    { name: "hour", prices: { car: "3.00", truck: "6.00" }, per: "1 h", step: "15 min" },
  ]);
  expect({ ...made, rates: [] }).toEqual({ ...tariff, rates: [] });
});

test("a change for a time stands before the rate that always holds, behind those that have their own time", () => {
  const change = advisedChange({ change: "-20", days: "working", from: "6", to: "10" });
  const made = advised(tariff, change ?? never());
  const rates = made["rates"] as Written[];
  expect(rates.map(({ name }) => name)).toEqual(["night", "hour", "hour"]);
  expect(rates[1]).toMatchObject({
    prices: { car: "2.00" },
    when: { days: ["mon-fri"], from: "06:00", until: "10:00" },
  });
  expect(rates[2]).toEqual(tariff.rates[1]);
  expect(Tariff.safeParse(made).error?.issues ?? []).toEqual([]);
});

test("a change for a kind of space holds for it alone, and amounts have their currency's digits", () => {
  const change = advisedChange({ change: "20", type: "ev" });
  const yen = { ...tariff, currency: "JPY", rates: [{ price: 100, per: "1 h" }] };
  expect(advised(yen, change ?? never())["rates"]).toEqual([
    { price: "120", per: "1 h", spaces: ["ev"] },
    { price: 100, per: "1 h" },
  ]);
});

test.each([{}, { change: "much" }, { change: "1000" }])(
  "an address without advice changes nothing: %j",
  (question) => {
    expect(advisedChange(question)).toBeUndefined();
  },
);

const never = (): never => {
  throw new Error("the address names a change");
};
