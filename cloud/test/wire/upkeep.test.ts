import type {
  DevicesView,
  DeviceView,
  MaintenanceView,
} from "@gatehouse/shared/contracts/devices-at-office";
import type {
  ViolationDetail,
  ViolationPage,
} from "@gatehouse/shared/contracts/violations-at-office";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, isoOf, minutes, seconds } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { tellTrouble } from "../browser/upkeep-town.ts";
import { EdgeAtWork } from "../edge-at-work.ts";
import { EdgeLedger, noon } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { requestId } from "../office-people.ts";

describeWithPostgres("devices, work and violations at head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });

  const change = (path: string, body: object, method = "POST"): Promise<Response> =>
    office.request(`/api/facilities/north/${path}`, {
      method,
      headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
      ...(method === "POST" ? { body: JSON.stringify({ request_id: requestId(), ...body }) } : {}),
    });
  const plan = {
    equipment_id: "exit-1",
    maintenance_type: "gate",
    description: "Grease the bearings",
    every_days: 90,
    next_on: "2026-11-22",
  };
  const maintenance = () => office.look<MaintenanceView>("/api/facilities/north/maintenance");

  test("a device's uptime is the share of the time in which it was online since it was known", async () => {
    await tellTrouble(office);
    const view = await office.look<DevicesView>("/api/facilities/north/devices");
    expect(view.counts).toEqual({ online: 3, away: 1, other: 1 });
    const [first] = view.devices;
    // 400 of 406 hours lie before it went away six hours ago.
    expect(first).toMatchObject({
      device_id: "bay-A014",
      state: "offline",
      failures: 1,
      open_alerts: 1,
    });
    expect(first?.uptime).toBeCloseTo(394 / 400, 3);
    expect(view.devices.find(({ device_id }) => device_id === "listener-hall")?.uptime).toBeNull();
    const found = await office.look<DevicesView>("/api/facilities/north/devices?search=GATE");
    expect(found.devices.map(({ device_id }) => device_id).toSorted()).toEqual([
      "entry-1",
      "exit-1",
    ]);
    const one = await office.look<DeviceView>("/api/facilities/north/devices/exit-1");
    expect(one.work.map(({ ticket_id, is_overdue }) => [ticket_id, is_overdue])).toContainEqual([
      "t2",
      true,
    ]);
    expect((await change("devices/none", {}, "GET")).status).toBe(404);
  });

  test("what is told again of a device, late, changes nothing", async () => {
    const device = {
      device_id: "d",
      kind: "gate",
      make: "x",
      lane_id: null,
      standing: "approved",
      configured: true,
      last_seen: null,
      battery_pct: 80.6,
      firmware: null,
    } as const;
    const told = (state: "online" | "offline", hour: number, ledger: EdgeLedger) =>
      ledger.write(
        "devices-told",
        {
          devices: [{ ...device, state, state_since: isoOf((noon + hour * 3_600_000) as Instant) }],
        },
        isoOf((noon + hour * 3_600_000) as Instant),
      );
    await office.send(told("offline", 1, told("online", 0, new EdgeLedger())).batch());
    // A restored edge tells an older moment once more.
    await office.send(told("online", 0, new EdgeLedger("north", 2)).batch());
    expect(await office.rows("select state, battery_pct from devices")).toEqual([
      { state: "offline", battery_pct: 81 },
    ]);
    expect(await office.rows("select state from device_states order by since")).toEqual([
      { state: "online" },
      { state: "offline" },
    ]);
  });

  test("work that comes again is ordered a week before its day, once, and becomes a ticket at the facility", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    const edge = new EdgeAtWork(office, join(folder, "book.db"));
    onTestFinished(async () => {
      await edge.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    await office.rows("update facilities set timezone = 'Europe/Berlin'");
    expect((await change("maintenance-plans", plan)).status).toBe(201);
    const round = () => office.headquarters.outbox.once();
    await Promise.all([round(), round()]);
    await office.clock.advance(minutes(2));
    await round();
    const asked = await maintenance();
    expect(asked.asked.map(({ ticket_id }) => ticket_id)).toEqual([
      expect.stringMatching(/^plan-.*-2026-11-22$/),
    ]);
    expect(asked.plans[0]?.next_on).toBe("2027-02-20");

    await edge.start();
    edge.write("a");
    await office.clock.advance(seconds(30));
    const taken = await maintenance();
    expect(taken.asked).toEqual([]);
    expect(taken.open).toMatchObject([
      // Nine in the morning in Berlin.
      { status: "scheduled", equipment_id: "exit-1", scheduled_at: "2026-11-22T08:00:00.000Z" },
    ]);
  });

  test("an edge that does not know work orders says so, and the page shows it", async () => {
    await office.order("north", {
      kind: "work-order",
      body: {
        ...plan,
        every_days: undefined,
        next_on: undefined,
        ticket_id: "o1",
        asked_by: "ana",
      },
    });
    const answer = {
      number: 1,
      kind: "work-order",
      result: "not-understood",
      detail: "kind: unknown",
    } as const;
    await office.send(new EdgeLedger().write("directive-applied", answer).batch());
    expect((await maintenance()).asked).toMatchObject([
      { ticket_id: "o1", result: "not-understood", detail: "kind: unknown" },
    ]);
  });

  test("plans are changed and deleted, audited each time, and refused where they make no sense", async () => {
    const { plan_id } = (await (await change("maintenance-plans", plan)).json()) as {
      plan_id: string;
    };
    expect((await change(`maintenance-plans/${plan_id}`, { ...plan, every_days: 30 })).status).toBe(
      204,
    );
    expect((await maintenance()).plans).toMatchObject([{ every_days: 30 }]);
    expect((await change("maintenance-plans", { ...plan, every_days: 0 })).status).toBe(422);
    expect((await change("maintenance-plans/none", plan)).status).toBe(404);
    expect((await change(`maintenance-plans/${plan_id}`, {}, "DELETE")).status).toBe(204);
    expect((await maintenance()).plans).toEqual([]);
    const told = await office.rows<{ action: string }>(
      "select action from audit_lines where action like 'maintenance-plan%' order by seq",
    );
    expect(told.map(({ action }) => action)).toEqual([
      "maintenance-plan-made",
      "maintenance-plan-changed",
      "maintenance-plan-deleted",
    ]);
  });

  test("violations tell what they cost, what was paid and what was given up", async () => {
    await tellTrouble(office);
    const read = (query = "") =>
      office.look<ViolationPage>(`/api/facilities/north/violations${query}`);
    const { totals, violations } = await read();
    expect(totals).toMatchObject({
      count: 4,
      penalty_minor: 11_250,
      paid_minor: 2_500,
      waived_minor: 2_500,
      owed_minor: 6_250,
    });
    expect(violations.map(({ violation_id }) => violation_id)).toEqual(["v4", "v3", "v2", "v1"]);
    const found = async (query: string): Promise<string[]> =>
      (await read(query)).violations.map(({ violation_id }) => violation_id);
    expect(await found("?status=escalated")).toEqual(["v1"]);
    expect(await found("?plate=ab-12%20cde&type=overstay")).toHaveLength(4);
    expect(await found("?type=no-payment")).toEqual([]);
    expect(await found("?from=2026-11-20T00:00:00Z")).toEqual(["v4", "v3"]);
    const one = await office.look<ViolationDetail>("/api/facilities/north/violations/v2");
    expect(one.steps.map(({ status }) => status)).toEqual(["detected", "issued", "paid"]);
    expect(one.payments).toMatchObject([
      { state: "captured", amount_minor: 2_500, method: "card" },
    ]);
    expect(one.evidence_sha256).toBe("5f".repeat(32));
    expect((await change("violations/none", {}, "GET")).status).toBe(404);
    expect((await change("violations?status=x", {}, "GET")).status).toBe(422);
  });
});
