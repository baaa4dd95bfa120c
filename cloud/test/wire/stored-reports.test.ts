import {
  StoredReport,
  StoredReportPage,
  SystemMetricsPage,
} from "@gatehouse/shared/contracts/reports/stored";
import type { Instant } from "@gatehouse/shared/time";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrol } from "../../src/store/facilities.ts";
import { makeDueReports } from "../../src/store/reports/due.ts";
import { tellFacility } from "../../../scripts/populate/tell.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";

/** Friday, 20 November 2026, noon; the history began on the Wednesday of the week before. */
const now = Date.UTC(2026, 10, 20, 12) as Instant;
const begin = Date.UTC(2026, 10, 11) as Instant;
const base = "/v1/facilities/site-001/reports";
const id = "0198f000-0000-7000-8000-000000000001";

describeWithPostgres("reports that are kept", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  const telling = (until: Instant) => ({
    database: postgres.database,
    log: silentLog,
    seed: 5,
    scale: 0.1,
    begin,
    until,
  });

  beforeAll(async () => {
    postgres = await startPostgres();
    office = await new TestOffice(postgres.database, []).begin();
    await tellFacility(telling(now), 0);
  }, 300_000);
  afterAll(() => postgres.stop());

  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    office.request(`${base}/${path}`, {
      method,
      headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const list = async (query = ""): Promise<StoredReportPage> =>
    StoredReportPage.parse(await office.look(`${base}/stored${query}`));

  test("a history that is told again, or further, goes on where it stopped", async () => {
    const before = await office.rows("select count(*) as n, max(hash) as h from ledger_lines");
    const again = await tellFacility(telling(now), 0);
    expect(again.held).toBe(again.lines);
    expect(await office.rows("select count(*) as n, max(hash) as h from ledger_lines")).toEqual(
      before,
    );

    await expect(tellFacility({ ...telling(now), seed: 6 }, 0)).rejects.toThrow(/another history/);
  });

  test("one that is asked for says who asked, is the same when asked again, and says what it did", async () => {
    const order = { request_id: id, report_type: "weekly", title: "The week, with snow" };
    const first = await send("POST", "stored", order);
    expect(first.status).toBe(201);
    const report = StoredReport.parse(await first.json());
    expect(report).toMatchObject({
      id,
      title: "The week, with snow",
      generated_by: "office-token",
      scheduled: false,
      period: { from: "2026-11-13", to: "2026-11-19" },
    });
    expect(report.data.revenue.total_revenue_minor).toBeGreaterThan(0);
    const again = StoredReport.parse(await (await send("POST", "stored", order)).json());
    expect(again.created_at).toBe(report.created_at);

    const csv = await (await send("GET", `stored/${id}?format=csv`)).text();
    const [head, ...rows] = csv.trim().split("\r\n");
    expect(head).toBe("day,currency,revenue_minor,transactions,given_back_minor,entries,exits");
    const sum = rows.reduce((all, row) => all + Number(row.split(",")[2]), 0);
    expect(sum).toBe(report.data.revenue.total_revenue_minor);
    const pdf = Buffer.from(await (await send("GET", `stored/${id}?format=pdf`)).arrayBuffer());
    expect(pdf.subarray(0, 8).toString()).toBe("%PDF-1.4");
    expect((await send("GET", `stored/${id}?format=docx`)).status).toBe(422);
    const custom = { request_id: crypto.randomUUID(), report_type: "custom", from: "2026-11-12" };
    expect((await send("POST", "stored", custom)).status).toBe(422);
  });

  test("two processes make each report of the calendar once", async () => {
    const random = new SeededRandom(1);
    const [one, other] = [postgres.another(), postgres.another()];
    const made = await Promise.all([
      makeDueReports(one, now, () => random.id()),
      makeDueReports(other, now, () => random.id()),
    ]);
    // Both at once, or the second after the first: either way each is there once.
    expect(made.filter((count) => count === 2)).toHaveLength(1);
    expect(await makeDueReports(other, now, () => random.id())).toBe(0);
    // October is left out: the facility was not there yet.
    const { reports } = await list("?by=calendar");
    expect(
      reports.map(({ report_type, period }) => `${report_type} ${period.from}`).toSorted(),
    ).toEqual(["daily 2026-11-19", "weekly 2026-11-09"]);
  });

  test("one facility's that cannot be made holds up no other's, and an alert says so until it can", async () => {
    const newId = () => "unused";
    const told = (): Promise<unknown[]> =>
      office.rows(`select facility_id, details ->> 'reason' as reason, resolved_at is not null as is_over
        from alerts where alert_type = 'reports-not-made'`);
    const zone = (timezone: string): Promise<unknown> =>
      office.rows("update facilities set timezone = $1 where facility_id = 'a-broken'", [timezone]);
    await enrol(postgres.database, { facilityId: "a-broken", token: "a token of it" }, now);
    await zone("Mars/Base");
    await office.rows("delete from system_metrics");
    expect(await makeDueReports(postgres.database, now, newId)).toBe(0);
    expect(await office.rows("select distinct facility_id from system_metrics")).toEqual([
      { facility_id: "site-001" },
    ]);
    const reason = expect.stringContaining("Mars/Base");
    expect(await told()).toEqual([{ facility_id: "a-broken", reason, is_over: false }]);
    await zone("UTC");
    await makeDueReports(postgres.database, now, newId);
    expect(await told()).toEqual([{ facility_id: "a-broken", reason, is_over: true }]);
  });

  test("they are found by title, by what they say and by kind, and page by page", async () => {
    expect((await list("?search=SNOW")).reports.map((report) => report.id)).toEqual([id]);
    expect((await list("?search=Ground%20Floor")).reports.length).toBeGreaterThan(1);
    expect((await list("?search=100%25")).reports).toEqual([]);
    const { authors, months } = await list();
    expect(authors.toSorted((a, b) => (a.generated_by < b.generated_by ? -1 : 1))).toEqual([
      { generated_by: "calendar", name: null, reports: 2 },
      { generated_by: "office-token", name: null, reports: 1 },
    ]);
    expect(months).toEqual([{ month: "2026-11", reports: 3 }]);
    const daily = await list("?type=daily");
    expect(daily.reports.every(({ report_type }) => report_type === "daily")).toBe(true);
  });

  test("a deleted one is gone with what it said, and who deleted it is known", async () => {
    expect((await send("DELETE", `stored/${id}`)).status).toBe(204);
    expect((await send("GET", `stored/${id}`)).status).toBe(404);
    expect((await send("DELETE", `stored/${id}`)).status).toBe(404);
    const [row] = await office.rows(
      "select title, data, deleted_by from analytics_reports where report_id = $1",
      [id],
    );
    expect(row).toEqual({ title: "The week, with snow", data: null, deleted_by: "office-token" });
  });

  test("metrics are added hour by hour and never changed", async () => {
    expect((await send("POST", "metrics")).status).toBe(204);
    const read = async () =>
      SystemMetricsPage.parse(await office.look(`${base}/metrics?from=2026-11-20&to=2026-11-20`))
        .metrics;
    const [taken] = await read();
    expect(taken).toMatchObject({ timestamp: "2026-11-20T12:00:00.000Z" });
    await office.rows("update spaces set status = 'free'");
    expect((await send("POST", "metrics")).status).toBe(204);
    expect(await read()).toEqual([taken]);
    expect((await send("DELETE", `metrics/${taken?.timestamp}`)).status).toBe(204);
    expect(await read()).toEqual([]);
  });
});
