import type { CalendarKept, ForecastReport } from "@gatehouse/shared/contracts/reports/outlook";
import { ForecastReport as ForecastContract } from "@gatehouse/shared/contracts/reports/outlook";
import { AdviceReport } from "@gatehouse/shared/contracts/reports/advice";
import { SustainabilityReport } from "@gatehouse/shared/contracts/reports/sustainability";
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

  describe("is advised about", () => {
    test("with evidence that opens to the very sessions it counts", async () => {
      const report = AdviceReport.parse(await look<unknown>("advice?days=28"));
      expect(report).toMatchObject({ confidence: "high", known: { days: 28, share: 1 } });
      const staff = report.advice.find(({ kind }) => kind === "staff");
      const [row] = staff?.evidence.rows ?? [];
      const { sessions } = await office.look<{ sessions: unknown[] }>(row?.opens ?? "");
      expect(sessions.length).toBeGreaterThan(0);
      for (const { kind, draft } of report.advice)
        expect([kind, draft !== null]).toEqual([
          kind,
          ["price-up", "price-down", "promote-off-peak"].includes(kind),
        ]);
    });

    test("only where enough is known", async () => {
      const report = await office.look<AdviceReport>("/v1/facilities/empty/reports/advice");
      expect(report).toMatchObject({ confidence: "too-little", advice: [] });
    });
  });

  describe("saves by a shorter search", () => {
    const sustainability = (): Promise<SustainabilityReport> =>
      look("sustainability?from=2026-09-20&to=2026-10-05");

    test("what its assumptions say, in a range", async () => {
      const { saved, way_seconds, vehicles } = SustainabilityReport.parse(await sustainability());
      expect(way_seconds).toBeGreaterThan(0);
      expect(vehicles).toBeGreaterThan(100);
      expect(saved?.km.low).toBeLessThanOrEqual(saved?.km.likely ?? 0);
      expect(saved?.km.likely).toBeLessThanOrEqual(saved?.km.high ?? 0);
    });

    test("and other assumptions say something else, and are audited", async () => {
      const { settings, saved } = await sustainability();
      const send = (more: object): Promise<Response> =>
        ask("POST", "/search-time", { request_id: "s1", settings: { ...settings, ...more } });
      expect((await send({ baseline_low_s: 3000 })).status).toBe(422);
      expect((await send({ co2_g_per_km: 2 * settings.co2_g_per_km })).status).toBe(204);
      const other = await sustainability();
      expect((other.saved?.co2_kg.likely ?? 0) / (saved?.co2_kg.likely ?? 1)).toBeCloseTo(2, 1);
      const [line] = await office.rows<{ text: string }>(
        "select text from audit_lines where action = 'search-time-set'",
      );
      expect(JSON.parse(line?.text ?? "{}")).toMatchObject({ before: { co2_g_per_km: 167 } });
    });

    test("nothing can be said of a facility that was never heard", async () => {
      const report = await office.look<SustainabilityReport>(
        "/v1/facilities/empty/reports/sustainability",
      );
      expect(report).toMatchObject({ way_seconds: null, why_none: "no-stays", saved: null });
    });
  });
});
