import { DailyReport, SpaceUtilization } from "@gatehouse/shared/contracts/tracking-answers";
import { hours, instantOf, type Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CameraTally } from "../../../src/flows/tracking/tally.ts";
import { Book } from "../../../src/store/book.ts";
import { rowsOf, send, sendFor, sightOf, trackedPark } from "./tracked-park.ts";

const one = [{ track: 1, space: "A001" }];
const both = [...one, { track: 2, space: "A002", class: "truck" }];

/** The world begins on Monday 2026-06-01 at 07:30 in Berlin. */
const today = "2026-06-01";

describe("the occupancy of a camera", () => {
  test("is weighted with time, hour by hour of the facility's own day", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: both }, 600);
    await sendFor(park, { cars: one }, 1800);
    await sendFor(park, { cars: [] }, 600);
    const { hourly_data: rows = [] } = park.facility.tracking.reports.hourly("CAM1", today) ?? {};
    expect(rows.map(({ hour, start, max_occupancy }) => [hour, start, max_occupancy])).toEqual([
      [7, "2026-06-01T05:00:00.000Z", 2],
      [8, "2026-06-01T06:00:00.000Z", 1],
    ]);
    // Half of four spaces for ten minutes, a quarter for twenty; then a quarter for ten, none for ten.
    expect(rows[0]?.avg_occupancy_rate).toBeCloseTo(1 / 3, 2);
    expect(rows[1]?.avg_occupancy_rate).toBeCloseTo(1 / 8, 2);
  });

  test("does not know what nobody looked at: a picture holds for a minute", async () => {
    const park = await trackedPark();
    send(park, { cars: both });
    await park.pass(1200);
    send(park, { cars: [] });
    await park.pass(60);
    send(park, { cars: [] });
    const [hour] = park.facility.tracking.reports.hourly("CAM1", today)?.hourly_data ?? [];
    expect(hour?.avg_occupancy_rate).toBeCloseTo(0.25, 5);
  });

  test("of single pictures is what they show", async () => {
    const park = await trackedPark();
    send(park, { cars: both });
    expect(park.facility.tracking.reports.occupancy("CAM1", 7)).toEqual({
      camera_id: "CAM1",
      period_days: 7,
      peak_hours: [{ _id: 7, hour: 7, avg_occupancy: 0.5, count: 1 }],
    });
  });

  test("has its five fullest hours, the fullest first", async () => {
    const park = await trackedPark();
    const carsAt = [1, 2, 0, 2, 1, 0, 1];
    await park.pass(1800);
    for (const cars of carsAt) {
      await sendFor(park, { cars: both.slice(0, cars) }, 60);
      await park.pass(3540);
    }
    const { peak_hours: peaks } = park.facility.tracking.reports.occupancy("CAM1", 7);
    expect(peaks.map(({ hour, avg_occupancy: rate }) => [hour, rate])).toEqual([
      [9, 0.5],
      [11, 0.5],
      [8, 0.25],
      [12, 0.25],
      [14, 0.25],
    ]);
  });

  test("of a camera without spaces is nothing, not a division by zero", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1 }], spaces: {} }, 60);
    const { reports } = park.facility.tracking;
    expect(reports.occupancy("CAM1", 7).peak_hours).toEqual([]);
    expect(reports.daily("CAM1", today)).toMatchObject({
      summary: { avg_occupancy_rate: 0, max_occupancy: 0, total_vehicles: 1 },
      peak_hour: null,
    });
  });

  test("reaches back so many days and no further", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: both }, 60);
    await park.pass(26 * 3600);
    const { reports } = park.facility.tracking;
    expect(reports.occupancy("CAM1", 1).peak_hours).toEqual([]);
    expect(reports.occupancy("CAM1", 2).peak_hours).toHaveLength(1);
  });

  test("survives a restart in the middle of an hour", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: both }, 300);
    await park.restart();
    await sendFor(park, { cars: both }, 300);
    const [hour] = park.facility.tracking.reports.hourly("CAM1", today)?.hourly_data ?? [];
    expect(hour?.avg_occupancy_rate).toBeCloseTo(0.5, 5);
    expect(hour?.vehicle_observations).toBeGreaterThan((2 * 2 * 240) / 2);
  });
});

describe("vehicles", () => {
  test("are counted once each, and their observations apart", async () => {
    const park = await trackedPark();
    await sendFor(park, { boot: "b", cars: both }, 600);
    await sendFor(park, { boot: "b", cars: one }, 3600);
    const report = DailyReport.parse(park.facility.tracking.reports.daily("CAM1", today));
    expect(report.summary).toMatchObject({
      total_vehicles: 2,
      vehicle_observations: 300 * 2 + 1800,
      vehicle_types: { car: 1, truck: 1 },
      max_occupancy: 2,
    });
    expect(report.hourly_data.map(({ total_vehicles: vehicles }) => vehicles)).toEqual([2, 1]);
    expect(report.peak_hour?.hour).toBe(7);
  });

  test("that nobody follows are no number", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{}, {}] }, 60);
    const report = park.facility.tracking.reports.daily("CAM1", today);
    expect(report?.summary).toMatchObject({ total_vehicles: null, vehicle_observations: 60 });
  });

  test("that left the day's spaces are its revenue", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: both }, 1000);
    await park.pass(120);
    const report = park.facility.tracking.reports.daily("CAM1", today);
    // Two started quarters: a car at 2.50, a truck at 5.00 an hour.
    expect(report).toMatchObject({ revenue: 3.75, revenue_basis: "accrued, unpaid" });
  });

  test("stay on average from entry to exit", async () => {
    const park = await trackedPark();
    const mark = (trackId: number, kind: "entry" | "exit") =>
      park.facility.tracking.see(
        sightOf(park, {
          vehicles: [
            {
              vehicleClass: "car",
              confidence: 0.9,
              box: { left: 0, top: 0, right: 9, bottom: 9 },
              trackId,
            },
          ],
          flow: [{ kind, trackId, vehicleClass: "car", confidence: 0.9, position: [5, 9] }],
        }),
      );
    mark(1, "entry");
    await park.pass(30);
    mark(2, "entry");
    await park.pass(10);
    mark(1, "exit");
    await park.pass(50);
    mark(2, "exit");
    mark(3, "exit");
    const dwell = park.facility.tracking.reports.dwell("CAM2", today, today);
    expect(dwell).toMatchObject({ vehicles: 2, average_dwell_seconds: 50 });
    expect(park.facility.tracking.reports.dwell("CAM2", "2026-05-01", "2026-05-31")).toMatchObject({
      vehicles: 0,
      average_dwell_seconds: 0,
    });
    expect(park.facility.tracking.reports.dwell("CAM2", "2026-06-02", today)).toBeUndefined();
  });
});

describe("the use of spaces", () => {
  test("is a share of the observed time, the most used first, with advice at the edges", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: both }, 600);
    await sendFor(park, { cars: one }, 600);
    const answer = SpaceUtilization.parse(park.facility.tracking.reports.utilization("CAM1", 30));
    expect(answer.utilization.map((space) => space.space_id)).toEqual([
      "A001",
      "A002",
      "A003",
      "A004",
    ]);
    expect(answer.utilization[1]).toMatchObject({
      space_name: "A002",
      total_snapshots: 600,
      occupied_count: 300,
      occupied_seconds: 600,
    });
    expect(answer.utilization[1]?.utilization_rate).toBeCloseTo(0.5, 2);
    expect(
      answer.recommendations.map(({ space_id, suggested_change }) => [space_id, suggested_change]),
    ).toEqual([
      ["A001", "+20%"],
      ["A003", "-20%"],
      ["A004", "-20%"],
    ]);
    expect(answer.recommendations[0]?.reason).toBe("High demand (>90% utilization)");
  });
});

describe("the sums of a camera", () => {
  const start = instantOf("2026-10-24T20:00:00Z") as Instant;
  const space = (occupied: boolean) => ({ spaceId: "A1", name: "A1", occupied });

  test("have two hours of one name when the clock is set back, and none when it is set on", () => {
    const tally = new CameraTally(new Book(":memory:"), "CAM1", "Europe/Berlin");
    for (let minute = 0; minute < 8 * 60; minute++) {
      const at = (start + minute * 60_000) as Instant;
      tally.add({ at, measured: at, arrived: at }, [space(true)], 1);
    }
    const names = tally.takeChanged().hours.map(({ hour }) => hour);
    expect(names).toEqual([22, 23, 0, 1, 2, 2, 3, 4]);
  });

  test("give every observed millisecond to one hour, whatever the pictures' times are", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        gaps,
        fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }),
        (steps, taken) => {
          const tally = new CameraTally(new Book(":memory:"), "CAM1", "Asia/Kolkata");
          let at = start;
          let observed = 0;
          let occupied = 0;
          tally.add({ at, measured: at, arrived: at }, [space(taken[0] === true)], 1);
          for (const [index, step] of steps.entries()) {
            const held = Math.min(60_000, step);
            observed += held;
            occupied += taken[index] === true ? held : 0;
            at = (at + step) as Instant;
            tally.add({ at, measured: at, arrived: at }, [space(taken[index + 1] === true)], 1);
          }
          const { hours: rows, spaceDays } = tally.takeChanged();
          const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
          expect(sum(rows.map((row) => row.spaceMs))).toBe(observed);
          expect(sum(rows.map((row) => row.occupiedMs))).toBe(occupied);
          expect(sum(spaceDays.map((row) => row.observedMs))).toBe(observed);
          expect(rows.every((row) => row.spaceMs <= hours(1))).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("head office", () => {
  test("hears each hour of each camera once, when it is over", async () => {
    const park = await trackedPark();
    await sendFor(park, { boot: "b", cars: both }, 600);
    await park.pass(3600);
    await park.restart();
    await park.pass(2 * 3600);
    expect(park.facts("camera-flow-hour")).toEqual([
      {
        camera_id: "CAM1",
        hour: "2026-06-01T05:00:00.000Z",
        entries: 0,
        exits: 0,
        vehicles: 2,
        // Two cars in each of 300 messages.
        vehicle_observations: 600,
        occupancy_rate: 0.5,
        max_occupied: 2,
      },
    ]);
    expect(rowsOf(park).hours).toHaveLength(1);
  });
});
