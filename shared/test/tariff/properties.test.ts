import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { roundUnits } from "../../src/tariff/lines.ts";
import type { Price } from "../../src/tariff/price.ts";
import { at, price, tariffOf } from "./pricing.ts";

const minute = 60_000;
const cents = fc.integer({ min: 0, max: 900 }).map((amount) => (amount / 100).toFixed(2));
const span = fc.constantFrom("1 min", "7 min", "10 min", "15 min", "30 min", "1 h", "90 min");
const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const parts = [Math.floor(quarter / 4), (quarter % 4) * 15];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
});

const pricing = fc.oneof(
  fc.record({ price: cents, per: span, step: span }),
  fc.record({ price: cents }),
  fc.tuple(cents, cents, span).map(([first, more, per]) => ({
    tiers: [
      { up_to: "1 h", price: first },
      { price: more, per },
    ],
  })),
);
const window = fc.record(
  {
    days: fc.constantFrom(["mon-fri"], ["sat", "sun", "holiday"], ["day_before_holiday"]),
    from: clock,
    until: clock,
  },
  { requiredKeys: ["from", "until"] },
);
const windowed = fc
  .tuple(window, pricing, fc.option(cents, { nil: undefined }))
  .map(([when, costs, cap]) => ({
    when,
    ...costs,
    ...(cap === undefined ? {} : { cap: { price: cap } }),
  }));
const caps = fc.array(
  fc.record({
    price: fc.integer({ min: 5, max: 40 }),
    per: fc.constantFrom("12 h", "calendar_day", "24 h"),
    restarts: fc.boolean(),
  }),
  { maxLength: 2 },
);

/** Tariffs without words that depend on when a vehicle leaves. */
const tariffs = fc
  .record({
    rates: fc
      .tuple(fc.array(windowed, { maxLength: 3 }), pricing)
      .map(([some, last]) => [...some, last]),
    caps: caps.map((list) => list.toSorted((a, b) => a.price - b.price)),
    free: fc.array(fc.record({ time: span, mode: fc.constantFrom("subtract", "threshold") }), {
      maxLength: 1,
    }),
    fees: fc.constantFrom(
      [],
      [{ name: "night", price: 3, when: { from: "22:00", until: "06:00" } }],
    ),
    minimum: fc.constantFrom(undefined, { price: 1 }),
    maximum: fc.constantFrom(undefined, { price: 60 }),
    step_rule: fc.constantFrom("once", "each", "run_on"),
    time_rounding: fc.constantFrom("up", "down", "nearest"),
    rounding: fc.constantFrom("half-up", "half-even", "up", "down"),
    tax: fc.constantFrom(
      undefined,
      { percent: 19, prices: "inclusive" },
      { percent: "8.875", prices: "exclusive" },
    ),
  })
  .map((written) => {
    const shorterFirst = written.caps.map((cap, index) => ({
      ...cap,
      per: ["12 h", "calendar_day"][index],
    }));
    return tariffOf({ ...written, caps: shorterFirst });
  });

/** Around the end of summer time, with two holidays in reach at Christmas. */
const entries = fc
  .tuple(
    fc.constantFrom("2026-10-24T00:00", "2026-03-28T00:00", "2026-12-23T00:00"),
    fc.nat(48 * 60),
  )
  .map(([day, minutes]) => (at(day) + minutes * minute) as Instant);
const stays = fc.nat(4 * 24 * 60).map((minutes) => minutes * minute);

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);
const after = (entry: Instant, stay: number): Instant => (entry + stay) as Instant;

function expectWhole({ lines, total, net, tax, taxes }: Price): void {
  expect(total).toBeGreaterThanOrEqual(0);
  expect(Number.isSafeInteger(total)).toBe(true);
  expect(sumOf(lines.map(({ minor }) => minor))).toBe(total);
  expect(net + tax).toBe(total);
  expect(sumOf(taxes.map((share) => share.tax))).toBe(tax);
  expect(sumOf(taxes.map((share) => share.net))).toBe(net);
}

test("a price is whole and never negative, its lines and its taxes sum to it, and it comes out the same again", () => {
  fc.assert(
    fc.property(tariffs, entries, stays, (tariff, entry, stay) => {
      const priced = price(tariff, entry, after(entry, stay));
      expectWhole(priced);
      expect(price(structuredClone(tariff), entry, after(entry, stay))).toEqual(priced);
    }),
    { numRuns: 300 },
  );
});

test("who stays longer never pays less", () => {
  fc.assert(
    fc.property(tariffs, entries, stays, fc.nat(3 * 60 * minute), (tariff, entry, stay, more) => {
      const short = price(tariff, entry, after(entry, stay)).total;
      expect(price(tariff, entry, after(entry, stay + more)).total).toBeGreaterThanOrEqual(short);
    }),
    { numRuns: 600 },
  );
});

test("a price with its tax within is the price before tax and the tax", () => {
  fc.assert(
    fc.property(tariffs, entries, stays, (tariff, entry, stay) => {
      const before: Tariff = { ...tariff, tax: { percent: 20, prices: "exclusive" } };
      const within: Tariff = { ...tariff, tax: { percent: 20, prices: "inclusive" } };
      const exclusive = price(before, entry, after(entry, stay));
      const inclusive = price(within, entry, after(entry, stay));
      expect(exclusive.net).toBe(inclusive.total);
      expect(exclusive.tax).toBe(
        roundUnits(BigInt(exclusive.net) * 20n, 100n, tariff.rounding ?? "half-up"),
      );
      expectWhole(inclusive);
    }),
    { numRuns: 200 },
  );
});

test("a day costs no more than its cap, and a part of it no more than the whole", () => {
  fc.assert(
    fc.property(pricing, entries, fc.nat(24 * 60 * minute), (costs, entry, part) => {
      const tariff = tariffOf({ rates: [costs], caps: [{ price: 12, per: "24 h" }] });
      const whole = price(tariff, entry, after(entry, 24 * 60 * minute)).total;
      expect(whole).toBeLessThanOrEqual(1200);
      expect(price(tariff, entry, after(entry, part)).total).toBeLessThanOrEqual(whole);
    }),
    { numRuns: 200 },
  );
});

test("a class without a price of its own pays as a car", () => {
  fc.assert(
    fc.property(cents, cents, entries, stays, (car, truck, entry, stay) => {
      const tariff = tariffOf({ rates: [{ prices: { car, truck }, per: "1 h", step: "15 min" }] });
      const of = (vehicleClass: "car" | "van") =>
        price(tariff, entry, after(entry, stay), { vehicleClass });
      expect(of("van")).toEqual(of("car"));
    }),
    { numRuns: 50 },
  );
});

test("a hundred years at the dearest price are exact; longer is refused", () => {
  const tariff = tariffOf({ rates: [{ price: "100000.01", per: "1 h", step: "1 min" }] });
  const entry = at("2026-01-01T00:00Z");
  expect(price(tariff, entry, after(entry, 8760 * 60 * minute)).total).toBe(8760 * 10_000_001);
  expect(() => price(tariff, entry, after(entry, 101 * 366 * 24 * 60 * minute))).toThrow(/hundred/);
});
