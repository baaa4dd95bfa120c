import { expect, test } from "vitest";
import { sameUntil } from "../../src/tariff/next-change.ts";
import { at, tariffOf } from "./pricing.ts";

const tariff = tariffOf({
  free: [{ time: "10 min", mode: "threshold" }],
  rates: [
    { when: { from: "20:00", until: "08:00" }, price: 0 },
    { price: 2.5, per: "1 h", step: "15 min" },
  ],
  caps: [{ price: 15, per: "24 h" }],
});

test.each([
  ["while it is free", "2026-06-02T09:00", "2026-06-02T09:04", "2026-06-02T09:10"],
  ["to the end of the step", "2026-06-02T09:00", "2026-06-02T09:16", "2026-06-02T09:30"],
  ["over the free night", "2026-06-02T19:50", "2026-06-02T20:04", "2026-06-03T08:05"],
  ["to the next day of the cap", "2026-06-02T09:00", "2026-06-02T18:00", "2026-06-03T09:00"],
])("a price holds %s", (_, from, to, until) => {
  const zone = { timezone: "Europe/Berlin", holidays: [] };
  const stay = { tariff, zone, vehicleClass: "car", entry: at(from), exit: at(to) } as const;
  expect(sameUntil(stay)).toBe(at(until));
});

test("a price that never rises has no end", () => {
  const zone = { timezone: "Europe/Berlin", holidays: [] };
  const [entry, exit] = [at("2026-06-02T09:00"), at("2026-06-02T10:00")];
  const flat = tariffOf({ rates: [{ price: 5 }] });
  expect(sameUntil({ tariff: flat, zone, vehicleClass: "car", entry, exit })).toBeUndefined();
});
