import { HourlyOccupancy } from "@gatehouse/shared/contracts/reports/analytics";
import { PeakHours } from "@gatehouse/shared/contracts/reports/services";
import { isoOf, type Instant } from "@gatehouse/shared/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EdgeLedger } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

const minuteMs = 60_000;
const every = 10;
const stay = 25;

/** Where hours begin at half past, and where clocks are set by an hour or by half an hour. */
const places = [
  ["kolkata", "Asia/Kolkata", "2026-10-04"],
  ["adelaide-spring", "Australia/Adelaide", "2026-10-04"],
  ["adelaide-autumn", "Australia/Adelaide", "2026-04-05"],
  ["lord-howe-spring", "Australia/Lord_Howe", "2026-10-04"],
  ["lord-howe-autumn", "Australia/Lord_Howe", "2026-04-05"],
  ["kathmandu", "Asia/Kathmandu", "2026-04-05"],
] as const;

interface Moved {
  readonly entry: number;
  readonly exit: number;
}

/** A vehicle every ten minutes, each for 25, from a day before to a day after. */
const movesAround = (day: string): Moved[] =>
  Array.from({ length: (3 * 24 * 60) / every }, (_, index) => {
    const entry = Date.parse(day) - 24 * 60 * minuteMs + index * every * minuteMs;
    return { entry, exit: entry + stay * minuteMs };
  });

const text = (at: number): string => isoOf(at as Instant);

function ledgerOf(facilityId: string, moves: readonly Moved[]): EdgeLedger {
  const ledger = new EdgeLedger(facilityId);
  for (const [car, { entry, exit }] of moves.entries()) {
    const session = { session_id: `s-${car}`, lane_id: "entry-1" };
    ledger.write(
      "session-opened",
      { ...session, entry_at: text(entry), steady_ms: 1, assumed: false },
      text(entry),
    );
    ledger.write(
      "session-closed",
      {
        ...session,
        lane_id: "exit-1",
        exit_at: text(exit),
        duration_s: stay * 60,
        total_minor: 0,
        paid_minor: 0,
        owed_minor: 0,
        outcome: "closed",
      },
      text(exit),
    );
  }
  return ledger;
}

/** Entries of a day by what clocks there show, the hour with its offset: computed by the calendar of the program. */
function entriesByClock(moves: readonly Moved[], timezone: string, day: string): number[] {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  const counts = new Map<string, number>();
  for (const { entry } of moves) {
    const shown = format.format(entry);
    if (shown.startsWith(day)) counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  return [...counts.values()];
}

describeWithPostgres("hours that do not begin with those of the world", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = await new TestOffice(
      postgres.database,
      places.map(([id]) => id),
    ).begin();
    for (const [id, timezone, day] of places) {
      const ledger = ledgerOf(id, movesAround(day));
      const facility = { name: id, timezone, currency: "EUR", locale: "en" };
      for (let first = 1; first <= ledger.written; first += 400)
        await office.send(ledger.batch(first, Math.min(first + 399, ledger.written), { facility }));
    }
  }, 120_000);
  afterAll(() => postgres.stop());

  test.each(places)(
    "%s counts every vehicle in the hour that clocks show",
    async (id, zone, day) => {
      const moves = movesAround(day);
      const { hourly_data } = HourlyOccupancy.parse(
        await office.look(`/v1/facilities/${id}/reports/hourly-occupancy?date=${day}`),
      );
      expect(hourly_data.map(({ entries }) => entries)).toEqual(entriesByClock(moves, zone, day));
      // Three stand inside at most: 25 minutes each, every ten minutes one.
      expect(new Set(hourly_data.map(({ max_occupancy }) => max_occupancy))).toEqual(new Set([3]));
      const clock = hourly_data.map(({ hour }) => hour);
      expect(clock).toEqual(clock.toSorted((a, b) => a - b));
      expect(new Set(clock).size).toBe(
        zone === "Australia/Adelaide" && day.includes("-10-") ? 23 : 24,
      );
    },
  );

  test.each(places)("%s loses no vehicle in a period over the change", async (id, zone, day) => {
    const all = PeakHours.parse(
      await office.look(`/v1/facilities/${id}/reports/peak-hours?days=400`),
    );
    const counted = all.hourly_breakdown.reduce((sum, { entries }) => sum + entries, 0);
    expect([zone, day, counted]).toEqual([zone, day, movesAround(day).length]);
  });
});
