import { expandNumbers } from "@gatehouse/shared/contracts/facility";
import { lineLength } from "./line-length.ts";
import { hours, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { rollUp } from "../../src/flows/roll-up.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { saveStay } from "../../src/store/stays.ts";
import { observations } from "../../src/store/observation-schema.ts";
import { plateReads } from "../../src/store/passage-schema.ts";
import { CarPark, morning } from "./car-park.ts";

describe("the occupancy of an hour", () => {
  test("is told once the hour is over: seconds by space and zone", async () => {
    const park = await CarPark.open({ spaces: 4 });
    const [bay] = park.site.bays;
    await park.pass(29 * 60);
    bay?.sensor?.set(true);
    await park.pass(15 * 60);
    bay?.sensor?.set(false);
    await park.pass(3600);
    const [first, second, ...more] = park.facts("occupancy-hour");
    expect(first).toEqual({
      hour: "2026-06-01T05:00:00.000Z",
      zones: {
        west: { spaces: 2, occupied_s: expect.any(Number) },
        east: { spaces: 2, occupied_s: 0 },
      },
      spaces: { A001: first?.zones["west"]?.occupied_s },
    });
    const west = (first?.zones["west"]?.occupied_s ?? 0) + (second?.zones["west"]?.occupied_s ?? 0);
    expect(west).toBeGreaterThan(890);
    expect(west).toBeLessThan(910);
    expect(more).toEqual([]);
  });

  test("counts a bay that is occupied throughout as a whole hour, each hour", async () => {
    const park = await CarPark.open({
      spaces: 2,
      change: (config) => ({ ...config, occupancy: { ...config.occupancy, stale_s: 100_000 } }),
    });
    park.site.bays[0]?.sensor?.set(true);
    await park.pass(4 * 3600);
    const inside = park
      .facts("occupancy-hour")
      .slice(1)
      .map(({ spaces }) => spaces);
    expect(inside).toEqual([{ A001: 3600 }, { A001: 3600 }, { A001: 3600 }]);
  });

  test("is made up for after a night without power, two days at most", async () => {
    const park = await CarPark.open({ spaces: 2 });
    await park.pass(120);
    await park.restart("power", 9 * 3600);
    await park.pass(120);
    expect(park.facts("occupancy-hour")).toHaveLength(9);
    await park.restart("power", 100 * 3600);
    await park.pass(120);
    expect(park.facts("occupancy-hour")).toHaveLength(9 + 48);
  });

  test("is told again after a clock that was a year ahead is right", async () => {
    const park = await CarPark.open({ spaces: 2 });
    await park.pass(120);
    park.machine.stepWall(hours(365 * 24));
    await park.pass(120);
    park.machine.stepWall(-365 * 24 * 3_600_000);
    const before = park.facts("occupancy-hour").length;
    await park.pass(3 * 3600);
    expect(park.facts("occupancy-hour").length - before).toBe(3);
  });

  test("of ten thousand occupied spaces fits the lines of a ledger", () => {
    const book = new Book(":memory:");
    const specs = expandNumbers("A00001-A10000").map((number) => ({
      spaceId: `${number}-with-a-name-as-long-as-an-identifier-may-be-in-a-configuration`.slice(
        0,
        64,
      ),
      number,
      zoneId: "west",
      level: "0",
      type: "standard" as const,
      sensorId: undefined,
    }));
    const hour = Math.floor(morning / hours(1)) * hours(1);
    book.write((tx) => {
      rollUp(tx, specs, morning);
      for (const { spaceId } of specs)
        saveStay(tx, {
          stayId: `stay-${spaceId}`,
          trackId: null,
          cameraId: null,
          spaceId,
          spaceName: spaceId,
          vehicleClass: "unknown",
          entryTime: hour - 1,
          exitTime: null,
          durationSeconds: null,
          fee: null,
          status: "active",
          source: "sensor",
        });
    });
    book.write((tx) => rollUp(tx, specs, (hour + hours(1)) as typeof morning));
    const lines = linesAfter(book, 1, 0, 1000);
    expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThan(lineLength);
    const bodies = lines.map(
      ({ text }) =>
        (JSON.parse(text) as { body: { zones: object; spaces: Record<string, number> } }).body,
    );
    expect(bodies[0]?.zones).toEqual({ west: { spaces: 10_000, occupied_s: 36_000_000 } });
    expect(bodies.slice(1).every(({ zones }) => Object.keys(zones).length === 0)).toBe(true);
    const told = bodies.flatMap(({ spaces }) => Object.keys(spaces));
    expect(told).toHaveLength(10_000);
    expect(new Set(told).size).toBe(10_000);
  });

  test("has no more seconds than an hour when stays overlap", () => {
    const book = new Book(":memory:");
    const hour = Math.floor(morning / hours(1)) * hours(1);
    const stay = (stayId: string, entryTime: number, exitTime: number) => ({
      stayId,
      trackId: null,
      cameraId: null,
      spaceId: "A001",
      spaceName: "A001",
      vehicleClass: "unknown",
      entryTime,
      exitTime,
      durationSeconds: 1,
      fee: null,
      status: "completed" as const,
      source: "sensor",
    });
    book.write((tx) => {
      rollUp(tx, [], morning);
      saveStay(tx, stay("a", hour + minutes(1), hour + minutes(59)));
      saveStay(tx, stay("b", hour + minutes(2), hour + hours(2)));
    });
    book.write((tx) => rollUp(tx, [], (hour + hours(1)) as typeof morning));
    expect(linesAfter(book, 1, 0, 10)[0]?.text).toContain('"spaces":{"A001":3600}');
  });
});

describe("what is old", () => {
  test("is dropped after its days: observations and reads, and nothing else", async () => {
    const park = await CarPark.open({
      spaces: 2,
      change: (config) => ({ ...config, retention: { ...config.retention, observations_days: 2 } }),
    });
    await park.enter("BGH1234");
    await park.pass(3600);
    const count = () => [
      park.book.db.select().from(observations).all().length,
      park.book.db.select().from(plateReads).all().length,
    ];
    expect(count()).toEqual([2, 1]);
    const lines = park.ledger.length;
    await park.pass(46 * 3600);
    expect(count()).toEqual([2, 1]);
    await park.pass(2 * 3600);
    expect(count()).toEqual([0, 0]);
    expect(park.ledger.length).toBeGreaterThanOrEqual(lines);
    expect(park.session("BGH1234").status).toBe("open");
  });

  test("is dropped in small portions, so that no gate waits, until all is gone", async () => {
    const park = await CarPark.open({ spaces: 2 });
    park.book.db.run(`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000)
      insert into observations select 'old', 'A001', 'b', i, 1, 1.0, 0, 0 from n`);
    const left = () => park.book.db.select().from(observations).all().length - 2;
    await park.pass(59.5);
    const seen = [left()];
    for (let second = 0; second < 5; second++) {
      await park.pass(1);
      seen.push(left());
    }
    expect(seen).toEqual([7000, 5000, 3000, 1000, 0, 0]);
  });
});

describe("an entry that was only assumed", () => {
  test("is closed as assumed when nothing has shown it for two days", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.restart();
    await park.backOff("entry-1");
    expect(park.session("BGH1234").status).toBe("open");
    await park.pass(47 * 3600);
    expect(park.session("BGH1234").status).toBe("open");
    await park.pass(2 * 3600);
    expect(park.session("BGH1234").status).toBe("closed-assumed");
  });

  test("of a car that was seen passing is never closed by itself", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(60 * 3600);
    expect(park.session("BGH1234").status).toBe("open");
  });
});
