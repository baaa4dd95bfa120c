import type { CalendarKept, ForecastReport } from "@gatehouse/shared/contracts/reports/outlook";
import { ForecastReport as ForecastContract } from "@gatehouse/shared/contracts/reports/outlook";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { hours, type Instant, later } from "@gatehouse/shared/time";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Headquarters } from "../../src/headquarters.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, officeToken, TestOffice } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";
import { tellPast, townFacility } from "./town-history.ts";

const begin = Date.UTC(2026, 8, 7, 0) as Instant;
const days = 35;
const now = later(begin, hours(24 * days + 1));

describeWithPostgres("what is coming", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  const town = townFacility(0, begin, 0.3);
  const base = `/v1/facilities/${town.plan.facilityId}`;

  beforeAll(async () => {
    postgres = await startPostgres();
    const clock = new VirtualClock(now);
    const ids = [town.plan.facilityId, "empty"];
    const headquarters = new Headquarters({
      database: postgres.database,
      clock,
      random: new SeededRandom(1),
      log: silentLog,
      tokens: TestOffice.tokens(ids),
      key: officeKey,
    });
    office = await new TestOffice(postgres.database, ids, { clock, headquarters }).begin();
    await tellPast(office, town, 24 * days);
  }, 120_000);
  afterAll(() => postgres.stop());

  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    office.request(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${officeToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const look = <T>(path: string): Promise<T> => office.look<T>(`${base}/reports/${path}`);

  test("is told hour by hour, within what there is, beside how wrong it was on the past", async () => {
    const report = ForecastContract.parse(await look<ForecastReport>("forecast?days=14"));
    expect(report).toMatchObject({ days: 14, occupancy_of: "spaces" });
    expect(report.capacity).toBe(town.plan.spaces.length);
    for (const told of [report.occupancy, report.revenue]) {
      if (told.kind !== "forecast") throw new Error("too little is known");
      expect(told.hours).toHaveLength(14 * 24);
      expect(told.hours[0]?.start).toBe(new Date(now).toISOString());
      expect(told.backtest?.all.hours).toBeGreaterThan(300);
      expect(told.method).toBe("model");
      expect(told.backtest?.all.model.mae).toBeLessThan(told.backtest?.all.naive.mae ?? 0);
      for (const { low, expected, high } of told.hours) {
        expect(low ?? Number.NaN).toBeLessThanOrEqual(expected);
        expect(high ?? Number.NaN).toBeGreaterThanOrEqual(expected);
      }
    }
  });

  test("is not told of a facility that was never heard", async () => {
    const report = await office.look<ForecastReport>("/v1/facilities/empty/reports/forecast");
    expect(report.occupancy).toEqual({ kind: "too-little", known_days: 0, needed_days: 14 });
  });

  test("is asked for 7, 14 or 28 days", async () => {
    expect((await ask("GET", "/reports/forecast?days=400")).status).toBe(422);
  });

  describe("knows of events and holidays", () => {
    const fair = {
      request_id: "fair-1",
      name: "Fair",
      begins_at: "2026-10-14T08:00:00.000Z",
      ends_at: "2026-10-14T12:00:00.000Z",
      expected_percent: -50,
    };
    const sum = async (): Promise<number> => {
      const { revenue } = await look<ForecastReport>("forecast?days=7");
      if (revenue.kind !== "forecast") throw new Error("too little is known");
      const own = revenue.hours.filter(
        ({ start }) => fair.begins_at <= start && start < fair.ends_at,
      );
      return own.reduce((all, { expected }) => all + expected, 0);
    };

    test("which change it, are kept once, and can be taken back", async () => {
      const before = await sum();
      expect((await ask("POST", "/events", fair)).status).toBe(201);
      expect((await ask("POST", "/events", fair)).status).toBe(201);
      expect((await sum()) / before).toBeCloseTo(0.5, 1);
      const { events } = await look<CalendarKept>("calendar");
      expect(events.map(({ name }) => name)).toEqual(["Fair"]);
      expect((await ask("DELETE", "/events/fair-1")).status).toBe(204);
      expect((await ask("DELETE", "/events/fair-1")).status).toBe(404);
      expect(await sum()).toBe(before);
    });

    test("of which each is audited", async () => {
      const holiday = { request_id: "h-1", day: "2026-10-16", name: "Town day" };
      expect((await ask("POST", "/holidays", holiday)).status).toBe(204);
      const { holidays } = await look<ForecastReport>("forecast?days=7");
      expect(holidays).toEqual([{ day: "2026-10-16", name: "Town day", from: "kept" }]);
      expect((await ask("DELETE", "/holidays/2026-10-16")).status).toBe(204);
      expect((await ask("DELETE", "/holidays/16-10")).status).toBe(404);
      const rows = await office.rows<{ action: string }>(
        "select action from audit_lines where action like 'holiday%' or action like 'event%' order by seq",
      );
      expect(rows.map(({ action }) => action)).toEqual([
        "event-kept",
        "event-dropped",
        "holiday-kept",
        "holiday-dropped",
      ]);
    });

    test.each([
      ["ends before it begins", { ends_at: "2026-10-14T07:00:00.000Z" }, "ends_at"],
      ["lasts a year", { ends_at: "2027-10-14T07:00:00.000Z" }, "ends_at"],
      ["takes more than all vehicles away", { expected_percent: -101 }, "expected_percent"],
      ["has no name", { name: "  " }, "name"],
    ])("but none that %s", async (_, wrong, path) => {
      const response = await ask("POST", "/events", { ...fair, request_id: "wrong", ...wrong });
      expect(response.status).toBe(422);
      const { errors } = (await response.json()) as { errors: { path: string }[] };
      expect(errors.map((error) => error.path)).toEqual([path]);
    });

    test("that a tariff names", async () => {
      const tariff = { ...(await import("@gatehouse/shared/contracts/tariff")).defaultTariff };
      const body = { ...tariff, holidays: ["2026-10-15"] };
      await office.order(town.plan.facilityId, { kind: "tariff", body });
      const { holidays } = await look<ForecastReport>("forecast?days=7");
      expect(holidays).toEqual([{ day: "2026-10-15", name: "", from: "tariff" }]);
    });
  });
});
