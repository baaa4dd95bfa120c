import { defaultTariff, Tariff } from "@gatehouse/shared/contracts/tariff";
import { roundFraction, sumOf } from "@gatehouse/shared/money";
import { hours, minutes, seconds } from "@gatehouse/shared/time";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceStay } from "../../src/domain/tariff.ts";

const tariffs = fc
  .record({
    car: fc.integer({ min: 0, max: 1_000_000 }),
    truck: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
    increment_s: fc.constantFrom(1, 60, 300, 600, 900, 1800, 3600, 86_400),
    rounding: fc.constantFrom(
      "half-up" as const,
      "half-even" as const,
      "up" as const,
      "down" as const,
    ),
    free_s: fc.constantFrom(0, 60, 900, 3600),
  })
  .map(({ car, truck, ...rest }): Tariff => ({
    ...defaultTariff,
    ...rest,
    hourly_minor: { car, ...(truck === undefined ? {} : { truck }) },
  }));
const stays = fc.integer({ min: 0, max: 400 * 24 * 3_600_000 }).map((ms) => seconds(ms / 1000));

describe("the default tariff", () => {
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
  ] as const)("%s, %d minutes: %d cents", (vehicleClass, stay, cents) => {
    expect(priceStay(defaultTariff, vehicleClass, minutes(stay)).total).toBe(cents);
  });

  test("is a tariff by its own contract", () => {
    expect(Tariff.parse(defaultTariff)).toEqual(defaultTariff);
  });

  test("says how the price came about", () => {
    expect(priceStay(defaultTariff, "bus", minutes(16)).lines).toEqual([
      { rule: "hourly:bus", increments: 2, incrementSeconds: 900, hourlyMinor: 1000, amount: 500 },
    ]);
    expect(priceStay(defaultTariff, "van", minutes(1)).lines[0]?.rule).toBe("hourly:car");
  });
});

describe("rounding is the tariff's own", () => {
  test.each([
    ["half-up", [63, 125, 188, 250]],
    ["half-even", [62, 125, 188, 250]],
    ["up", [63, 125, 188, 250]],
    ["down", [62, 125, 187, 250]],
  ] as const)("%s", (rounding, cents) => {
    const tariff = { ...defaultTariff, rounding };
    expect([15, 30, 45, 60].map((stay) => priceStay(tariff, "car", minutes(stay)).total)).toEqual(
      cents,
    );
  });

  test("a price of every minute, as the law of some countries wants it", () => {
    const tariff: Tariff = { ...defaultTariff, increment_s: 60 };
    expect(priceStay(tariff, "car", minutes(1)).total).toBe(4);
    expect(priceStay(tariff, "car", minutes(2)).total).toBe(8);
    expect(priceStay(tariff, "car", minutes(61)).total).toBe(254);
  });

  test("never strays from the exact fraction by one unit or more", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom("half-up" as const, "half-even" as const, "up" as const, "down" as const),
        (numerator, denominator, rounding) => {
          const whole = BigInt(roundFraction(numerator, denominator, rounding));
          const off = whole * BigInt(denominator) - BigInt(numerator);
          expect(off < BigInt(denominator) && off > -BigInt(denominator)).toBe(true);
          const twiceOff = 2n * (off < 0n ? -off : off);
          expect(rounding !== "up" || off >= 0n).toBe(true);
          expect(rounding !== "down" || off <= 0n).toBe(true);
          expect(!rounding.startsWith("half") || twiceOff <= BigInt(denominator)).toBe(true);
        },
      ),
    );
  });
});

describe("free time", () => {
  const tariff: Tariff = { ...defaultTariff, free_s: 900 };

  test("costs nothing up to its last millisecond; after that the stay is charged from its start", () => {
    expect(priceStay(tariff, "car", minutes(15)).total).toBe(0);
    expect(priceStay(tariff, "car", minutes(15)).lines).toEqual([]);
    expect(priceStay(tariff, "car", seconds(900.001)).total).toBe(125);
  });
});

describe("whatever the tariff", () => {
  test("a price is never negative, whole, and its lines sum to it", () => {
    fc.assert(
      fc.property(
        tariffs,
        fc.constantFrom(...vehicleClasses),
        stays,
        (tariff, vehicleClass, stay) => {
          const { total, lines } = priceStay(tariff, vehicleClass, stay);
          expect(total).toBeGreaterThanOrEqual(0);
          expect(Number.isSafeInteger(total)).toBe(true);
          expect(sumOf(lines.map(({ amount }) => amount))).toBe(total);
        },
      ),
    );
  });

  test("a longer stay never costs less", () => {
    fc.assert(
      fc.property(
        tariffs,
        fc.constantFrom(...vehicleClasses),
        stays,
        stays,
        (tariff, vehicleClass, a, b) => {
          const [short, long] = a <= b ? [a, b] : [b, a];
          expect(priceStay(tariff, vehicleClass, long).total).toBeGreaterThanOrEqual(
            priceStay(tariff, vehicleClass, short).total,
          );
        },
      ),
    );
  });

  test("a class without a rate of its own pays as a car", () => {
    fc.assert(
      fc.property(tariffs, stays, (tariff, stay) => {
        expect(priceStay(tariff, "van", stay).total).toBe(priceStay(tariff, "car", stay).total);
      }),
    );
  });

  test("a year of the dearest hour is still exact", () => {
    const tariff: Tariff = { ...defaultTariff, hourly_minor: { car: 10_000_001 }, increment_s: 1 };
    expect(priceStay(tariff, "car", hours(8760)).total).toBe(8760 * 10_000_001);
  });
});
