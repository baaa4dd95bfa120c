import { describe, expect, test } from "vitest";
import type { LaneSlot, SpaceRate, ZoneSlot } from "../../../src/domain/advice/facts.ts";
import { bottleneckAdvice, entranceAdvice, staffAdvice } from "../../../src/domain/advice/lanes.ts";
import { balanceAdvice, deadSpaceAdvice } from "../../../src/domain/advice/layout.ts";
import { offPeakAdvice, priceAdvice } from "../../../src/domain/advice/prices.ts";
import { savedBySearch, usualSearchTime } from "../../../src/domain/search-time.ts";

const opens = ({ hour, lane }: { hour?: number; lane?: string }): string => `${hour}/${lane}`;

/** A zone of a hundred spaces, occupied as `rate` says in each hour of the week. */
const zone = (zoneId: string, rate: (hour: number, isWeekend: boolean) => number): ZoneSlot[] =>
  Array.from({ length: 168 }, (_, slot) => ({
    zoneId,
    zoneName: zoneId.toUpperCase(),
    slot,
    occupiedS: rate(slot % 24, slot >= 120) * 360_000,
    spaceS: 360_000,
  }));

const kinds = (advice: readonly { kind: string; id: string }[]): string[] =>
  advice.map(({ id }) => id);

describe("advice on prices", () => {
  test.each([
    [0.9, []],
    [0.9001, ["price-up zone a"]],
    [0.3, []],
    [0.2999, ["price-down zone a"]],
  ])("has strict bounds: at %d", (rate, ids) => {
    expect(
      kinds(
        priceAdvice(
          zone("a", () => rate),
          [],
        ),
      ),
    ).toEqual(ids);
  });

  test("names the time where it is not as the whole, and prepares a draft for it alone", () => {
    const advice = priceAdvice(
      zone("a", (hour, weekend) => (!weekend && hour >= 6 && hour < 10 ? 0.97 : 0.5)),
      [],
    );
    expect(advice).toHaveLength(1);
    expect(advice[0]).toMatchObject({
      kind: "price-up",
      band: { days: "working", from: 6, to: 10 },
      draft: "change=20&zone=a&days=working&from=6&to=10",
      facts: { rate: 0.97, sfpark_cents: 25 },
    });
  });

  test("is given by kind of space where there are several", () => {
    const space = (spaceType: string, rate: number): SpaceRate => ({
      spaceId: spaceType,
      spaceType,
      zoneName: "A",
      rate,
    });
    const advice = priceAdvice([], [space("standard", 0.6), space("ev", 0.95)]);
    expect(kinds(advice)).toEqual(["price-up space-type ev"]);
    expect(priceAdvice([], [space("standard", 0.95)])).toEqual([]);
  });

  test("asks to come when it is empty where it is full at another time of the same days", () => {
    const full = zone("a", (hour, weekend) =>
      weekend ? 0.5 : hour >= 6 && hour < 16 ? 0.95 : hour >= 20 ? 0.1 : 0.5,
    );
    expect(offPeakAdvice(full)).toMatchObject([
      { id: "promote-off-peak a working", band: { days: "working", from: 20, to: 24 } },
    ]);
    expect(offPeakAdvice(zone("a", (hour) => (hour < 6 ? 0.1 : 0.95)))).toEqual([]);
  });
});

const lane = (laneId: string, slot: number, more: Partial<LaneSlot> = {}): LaneSlot => ({
  laneId,
  laneName: laneId,
  isEntry: true,
  slot,
  hours: 4,
  passages: 400,
  most: 120,
  served: 400,
  servedMs: 400 * 20_000,
  ...more,
});

describe("advice on lanes", () => {
  test("says how many people the busiest hour needs: entries by what one lane handles", () => {
    const [advice] = staffAdvice([lane("in", 9, { most: 400 }), lane("in", 10)], opens);
    // One lane handles 3600 / 20 = 180 vehicles in an hour.
    expect(advice).toMatchObject({
      facts: { slot: 9, most: 400, handles: 180, needed: 3, hours: 1 },
    });
    expect(advice?.evidence.rows[0]).toEqual({ cells: [9, 100, 400, 3], opens: "9/undefined" });
  });

  test("finds the lane where vehicles wait, and how long", () => {
    const [advice, ...others] = bottleneckAdvice(
      [lane("in", 8, { passages: 4 * 144 }), lane("in", 9), lane("out", 8)],
      opens,
    );
    // ρ = 144 × 20 / 3600 = 0.8; wait = ρ·s / 2(1 − ρ) = 40 s.
    expect(advice).toMatchObject({
      id: "bottleneck in",
      facts: { slot: 8, busy: 0.8, wait_s: 40, hours: 1 },
    });
    expect(others).toEqual([]);
  });

  test("says no wait where more come than the lane can take", () => {
    const [advice] = bottleneckAdvice([lane("in", 8, { passages: 4 * 200 })], opens);
    expect(advice?.facts["wait_s"]).toBeNull();
  });

  test("finds an entrance that nobody takes", () => {
    const two = [lane("north", 8, { passages: 900 }), lane("south", 8, { passages: 100 })];
    expect(entranceAdvice(two, opens)).toMatchObject([{ facts: { rate: 0.9, other: "south" } }]);
    expect(entranceAdvice([lane("north", 8), lane("south", 8)], opens)).toEqual([]);
  });

  test("says nothing where no passage was timed", () => {
    const untimed = [lane("in", 8, { served: 0, servedMs: 0 })];
    expect([staffAdvice(untimed, opens), bottleneckAdvice(untimed, opens)]).toEqual([[], []]);
  });
});

describe("advice on spaces", () => {
  const spaces = (zoneName: string, rates: readonly number[]): SpaceRate[] =>
    rates.map((rate, n) => ({ spaceId: `${zoneName}${n}`, spaceType: "standard", zoneName, rate }));

  test("finds those that nobody takes though the zone is used", () => {
    const [advice] = deadSpaceAdvice(spaces("A", [0.8, 0.8, 0.8, 0.01]));
    expect(advice?.evidence.rows).toEqual([
      { cells: ["A3", "standard", 0.01, 0.6025], opens: null },
    ]);
    expect(deadSpaceAdvice(spaces("A", [0.1, 0.1, 0.1, 0]))).toEqual([]);
  });

  test("finds zones that are far apart", () => {
    const both = [...spaces("A", [0.9]), ...spaces("B", [0.2])];
    expect(balanceAdvice(both)).toMatchObject([{ facts: { name: "A", other: "B" } }]);
    expect(balanceAdvice([...spaces("A", [0.6]), ...spaces("B", [0.5])])).toEqual([]);
  });
});

describe("a shorter search", () => {
  test("saves time, way and carbon dioxide in an honest range", () => {
    const saved = savedBySearch(usualSearchTime, 60, 3600);
    expect(saved.seconds_each).toEqual({ low: 60, likely: 180, high: 270 });
    expect(saved.hours).toEqual({ low: 60, likely: 180, high: 270 });
    expect(saved.km).toEqual({ low: 600, likely: 1800, high: 2700 });
    expect(saved.co2_kg.likely).toBeCloseTo(1800 * 0.167, 5);
  });

  test("that is none saves nothing, and never less", () => {
    const nothing = { low: 0, likely: 0, high: 0 };
    expect(savedBySearch(usualSearchTime, 900, 100)).toEqual({
      seconds_each: nothing,
      hours: nothing,
      km: nothing,
      co2_kg: nothing,
    });
  });
});
