import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quoteHoldOf, type QuoteScene, quoteStay } from "../../src/domain/quote.ts";

const minute = 60_000;
const quoteHeld = quoteHoldOf(defaultTariff);
const scene: QuoteScene = {
  tariff: defaultTariff,
  zone: { timezone: "Europe/Berlin", holidays: [] },
  vehicleClass: "car",
  entry: Date.parse("2026-06-01T08:00:00Z") as Instant,
  entrySteady: 1_000_000,
  nowSteady: 1_000_000 + 60 * minute,
  paid: 0,
  hasPermit: false,
  graceUntilSteady: undefined,
};
const at = (minutes: number): { nowSteady: number } => ({
  nowSteady: scene.entrySteady + minutes * minute,
});

test("a quote is held for five minutes, or as long as its tariff says", () => {
  expect(quoteHeld).toBe(5 * minute);
  expect(quoteHoldOf({ ...defaultTariff, quote_hold: "20 min" })).toBe(20 * minute);
});

describe("what a driver owes", () => {
  test("is the tariff's price for the whole stay", () => {
    expect(quoteStay(scene)).toMatchObject({ total: 250, due: 250, basis: "tariff" });
  });

  test("is nothing with a permit, and what was paid stays paid", () => {
    expect(quoteStay({ ...scene, hasPermit: true, paid: 40 })).toMatchObject({
      total: 40,
      due: 0,
      basis: "permit",
    });
  });

  test("is nothing within the grace after paying, to its last millisecond", () => {
    const paid = { ...scene, paid: 250, graceUntilSteady: scene.entrySteady + 75 * minute };
    expect(quoteStay({ ...paid, ...at(75) })).toMatchObject({
      due: 0,
      total: 250,
      basis: "within-grace",
    });
  });

  test("is the difference to the whole stay once the grace is over", () => {
    const late = {
      ...scene,
      ...at(76),
      paid: 250,
      graceUntilSteady: scene.entrySteady + 75 * minute,
    };
    expect(quoteStay(late)).toMatchObject({ total: 375, due: 125, basis: "tariff" });
  });

  test("is what was quoted, although a new quarter of an hour has begun meanwhile", () => {
    const given = { total: 250, untilSteady: scene.entrySteady + 60 * minute + quoteHeld };
    expect(quoteStay({ ...scene, ...at(64), given })).toMatchObject({
      due: 250,
      basis: "honoured-quote",
    });
    expect(quoteStay({ ...scene, ...at(65.1), given })).toMatchObject({
      due: 313,
      basis: "tariff",
    });
  });

  test("is never more than the tariff says, whatever was quoted", () => {
    const given = { total: 900, untilSteady: scene.nowSteady + 1 };
    expect(quoteStay({ ...scene, given }).due).toBe(250);
  });

  test("is nothing for a stay that ends before it began on a clock gone wrong", () => {
    expect(quoteStay({ ...scene, nowSteady: 0 })).toMatchObject({ stay: 0, due: 0 });
  });
});

describe("whatever happened before", () => {
  const scenes = fc.record({
    stay: fc.integer({ min: 0, max: 10_000 }),
    paid: fc.integer({ min: 0, max: 100_000 }),
    hasPermit: fc.boolean(),
    grace: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
    given: fc.option(
      fc.record({
        total: fc.integer({ min: 0, max: 50_000 }),
        until: fc.integer({ min: 0, max: 10_000 }),
      }),
      { nil: undefined },
    ),
  });

  test("nobody owes less than nothing, the total is never above the price, and both agree", () => {
    fc.assert(
      fc.property(scenes, ({ stay, paid, hasPermit, grace, given }) => {
        const quote = quoteStay({
          ...scene,
          ...at(stay),
          paid,
          hasPermit,
          graceUntilSteady: grace === undefined ? undefined : at(grace).nowSteady,
          ...(given === undefined
            ? {}
            : { given: { total: given.total, untilSteady: at(given.until).nowSteady } }),
        });
        expect(quote.due).toBeGreaterThanOrEqual(0);
        expect(quote.total).toBeLessThanOrEqual(quote.price.total);
        expect(quote.due).toBe(Math.max(0, quote.total - paid));
        expect(quote.due).toBeLessThanOrEqual(Math.max(0, quote.price.total - paid));
      }),
    );
  });

  test("what is quoted now is what is asked a moment later", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: quoteHeld }),
        (stay, later) => {
          const first = quoteStay({ ...scene, ...at(stay) });
          const until = at(stay).nowSteady + quoteHeld;
          const second = quoteStay({
            ...scene,
            nowSteady: at(stay).nowSteady + later,
            given: { total: first.total, untilSteady: until },
          });
          expect(second.due).toBe(first.due);
        },
      ),
    );
  });
});
