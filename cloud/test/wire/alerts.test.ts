import type { AlertDetail, AlertPage } from "@gatehouse/shared/contracts/alerts/at-office";
import { hours, type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeLedger, noon, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { facility, hire, main, requestId } from "../office-people.ts";

describeWithPostgres("alerts at head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });

  const raised = (ledger: EdgeLedger, alert_id: string, alert_type: string, minute = 0) =>
    ledger.write(
      "alert-raised",
      { alert_id, alert_type, subject: "exit-1", severity: "warning", details: { seen: 3 } },
      isoOf((noon + minute * 60_000) as Instant),
    );
  const list = async (query = ""): Promise<string[]> =>
    (await office.look<AlertPage>(`/api/alerts${query}`)).alerts.map(
      ({ facility_id, alert_id }) => `${facility_id} ${alert_id}`,
    );
  const act = (path: string, body: object = {}): Promise<Response> =>
    office.request(`/api/facilities/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
      body: JSON.stringify({ request_id: requestId(), ...body }),
    });

  test("are those of all facilities, the worst and then the newest first, each found by tier, type, topic, state and day", async () => {
    await office.send(
      raised(raised(new EdgeLedger("north"), "n1", "gate-fault"), "n2", "overstay", 2).batch(),
    );
    await office.send(raised(new EdgeLedger("south"), "s1", "sensor-silent", 1).batch());
    expect(await list()).toEqual(["north n1", "south s1", "north n2"]);
    expect(await list("?state=all")).toEqual(["north n2", "south s1", "north n1"]);
    // Its finder called it a warning; its type is critical.
    expect(await list("?tier=critical")).toEqual(["north n1"]);
    expect(await list("?tier=info")).toEqual(["north n2"]);
    expect(await list("?topic=device")).toEqual(["south s1"]);
    expect(await list("?type=overstay&facility=north")).toEqual(["north n2"]);
    expect(await list("?facility=south&state=all")).toEqual(["south s1"]);
    expect(await list(`?from=${isoOf(later(noon, minutes(1)))}`)).toEqual(["south s1", "north n2"]);
    expect(await list("?state=resolved")).toEqual([]);
  });

  test("come a page at a time, each once, also where two facilities have one of one id", async () => {
    for (const id of ["north", "south"]) {
      const ledger = new EdgeLedger(id);
      for (let index = 0; index < 60; index += 1)
        raised(ledger, `a${index}`, index % 2 === 0 ? "overstay" : "gate-fault");
      await office.send(ledger.batch());
    }
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: AlertPage = await office.look<AlertPage>(
        `/api/alerts${cursor === "" ? "" : `?cursor=${cursor}`}`,
      );
      seen.push(...page.alerts.map(({ facility_id, alert_id }) => `${facility_id} ${alert_id}`));
      cursor = page.next_cursor;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  test("are seen as far as somebody's rights reach", async () => {
    await office.send(raised(new EdgeLedger("north"), "n1", "gate-fault").batch());
    await office.send(raised(new EdgeLedger("south"), "s1", "gate-fault").batch());
    const { browser } = await hire(office, "tech", [
      { role: "technician", place: facility("south") },
    ]);
    const page = await browser.read<AlertPage>("/api/alerts");
    expect(page.alerts.map(({ alert_id }) => alert_id)).toEqual(["s1"]);
    expect(page.open).toEqual({ critical: 1, warning: 0, info: 0, unattended: 1 });
    expect((await browser.ask("GET", "/api/facilities/north/alerts/n1")).status).toBe(404);
    expect(
      await browser.act("/api/facilities/north/alerts/n1/acknowledge", { request_id: requestId() }),
    ).toMatch(/^404/);
  });

  test("that the facility looks after are told with its word, and head office's own stands before it", async () => {
    const ledger = raised(new EdgeLedger("north"), "n1", "gate-fault");
    ledger.write("alert-acknowledged", { alert_id: "n1", by: { kind: "attendant", id: "ana" } });
    await office.send(ledger.batch());
    const read = () => office.look<AlertDetail>("/api/facilities/north/alerts/n1");
    expect((await read()).alert.acknowledged).toMatchObject({ by: "ana", where: "facility" });
    const { browser } = await hire(office, "ben", [{ role: "supervisor", place: main }]);
    const word = { request_id: requestId(), note: "On my way" };
    expect(await browser.act("/api/facilities/north/alerts/n1/acknowledge", word)).toBe("204");
    expect(await browser.act("/api/facilities/north/alerts/n1/acknowledge", word)).toBe("204");
    expect((await read()).alert.acknowledged).toMatchObject({
      by: "ben Example",
      where: "head-office",
      note: "On my way",
    });
    const told = await office.rows(
      "select action from audit_lines where action = 'alert-acknowledged'",
    );
    expect(told).toHaveLength(1);
    expect(await office.rows("select acknowledged_by from alerts")).toEqual([
      { acknowledged_by: "ana" },
    ]);
  });

  test("open to the lines that name them, and to the same before", async () => {
    const ledger = writeStay(new EdgeLedger("north"), "1");
    raised(ledger, "old", "gate-fault", -120);
    ledger.write(
      "alert-resolved",
      { alert_id: "old", by: { kind: "system" } },
      isoOf((noon - 6_000_000) as Instant),
    );
    raised(ledger, "n1", "gate-fault");
    await office.send(ledger.batch());
    const detail = await office.look<AlertDetail>("/api/facilities/north/alerts/n1");
    expect(detail.lines.map(({ type }) => type)).toContain("alert-raised");
    expect(detail.lines.every(({ says }) => says !== null)).toBe(true);
    expect(detail.before.map(({ alert_id }) => alert_id)).toEqual(["old"]);
    expect(detail.details).toEqual({ seen: 3 });
  });

  test("of head office begin anew when their trouble comes back: nobody looks after them then", async () => {
    await office.send(writeStay(new EdgeLedger("north"), "1").batch());
    await office.clock.advance(minutes(20));
    await office.headquarters.outbox.once();
    expect(await list("?type=facility-silent")).toEqual(["north facility-silent"]);
    const path = "north/alerts/facility-silent";
    expect((await act(`${path}/acknowledge`)).status).toBe(204);
    expect(await list("?state=acknowledged")).toEqual(["north facility-silent"]);
    expect((await act(`${path}/resolve`)).status).toBe(204);
    await office.clock.advance(hours(1));
    await office.headquarters.outbox.once();
    expect(await list("?state=open")).toEqual(["north facility-silent"]);
  });

  test("that are over or never were cannot be looked after, and a question that makes no sense is told so", async () => {
    expect((await act("north/alerts/none/acknowledge")).status).toBe(404);
    const refused = await office.request("/api/alerts?tier=loud&state=x", {
      headers: { authorization: `Bearer ${officeToken}` },
    });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/tier.*state|state.*tier/s);
    const zero = await act("north/alerts/%00/acknowledge");
    expect(zero.status).toBe(422);
  });
});
