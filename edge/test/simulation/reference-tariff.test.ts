import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { expect, test } from "vitest";
import { referencePrice } from "./reference-tariff.ts";

const minutes = (count: number): number => count * 60_000;

test.each([
  ["car", 150, 625],
  ["car", 15, 63],
  ["car", 15 + 1 / 60_000, 125],
  ["motorcycle", 1, 25],
  ["truck", 61, 625],
  ["bus", 60, 1000],
  ["van", 60, 250],
  ["unknown", 0, 0],
])("a %s that stays %f minutes pays %i", (vehicleClass, stay, price) => {
  expect(referencePrice(defaultTariff, vehicleClass, minutes(stay))).toBe(price);
});

test.each([
  ["up", 63],
  ["down", 62],
  ["half-up", 63],
  ["half-even", 62],
] as const)("62.5 rounded %s is %i", (rounding, price) => {
  expect(referencePrice({ ...defaultTariff, rounding }, "car", minutes(15))).toBe(price);
});

test("a stay within the free time costs nothing, a longer one is charged from its start", () => {
  const tariff = { ...defaultTariff, free: [{ time: "10 min", mode: "threshold" as const }] };
  expect(referencePrice(tariff, "car", minutes(10))).toBe(0);
  expect(referencePrice(tariff, "car", minutes(11))).toBe(63);
});
