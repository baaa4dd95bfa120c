import { minutes } from "@gatehouse/shared/time";
import type { RequestsTold } from "@gatehouse/shared/contracts/v1/requests";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";

const snow = { kind: "notice", body: { notice_id: "n", text: "Snow" } };
const ice = { kind: "notice", body: { notice_id: "n", text: "Ice" } };
const path = "/v1/facilities/north/directives";

describeWithPostgres("a request to the API", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 300_000);
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });

  const post = (body: unknown, key?: string, to = path): Promise<Response> =>
    office.request(to, {
      method: "POST",
      headers: {
        authorization: `Bearer ${officeToken}`,
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      body: JSON.stringify(body),
    });
  const toldOf = async (response: Response): Promise<unknown[]> => [
    response.status,
    await response.json(),
    response.headers.get("idempotency-replayed"),
  ];
  const issued = async (): Promise<number> => (await office.rows("select from directives")).length;

  test("with a key is done once, and the same again gets the same answer", async () => {
    expect(await toldOf(await post(snow, "key-0001"))).toEqual([201, { number: 1 }, null]);
    expect(await toldOf(await post(snow, "key-0001"))).toEqual([201, { number: 1 }, "true"]);
    expect(await toldOf(await post(snow, "key-0002"))).toEqual([201, { number: 2 }, null]);
    expect(await issued()).toBe(2);
    const [audited] = await office.rows<{ request_id: string }>(
      "select request_id from audit_lines order by seq limit 1",
    );
    expect(audited).toEqual({ request_id: "key-0001" });
  });

  test("with a key of another request is refused, and with what is no key too", async () => {
    await post(snow, "key-0001");
    const other = await post(ice, "key-0001");
    expect([other.status, await other.json()]).toMatchObject([
      422,
      { type: "idempotency-key-used" },
    ]);
    const elsewhere = await post(snow, "key-0001", "/v1/facilities/south/directives");
    expect(elsewhere.status).toBe(422);
    expect(await (await post(snow, "key!")).json()).toMatchObject({
      errors: [{ path: "Idempotency-Key" }],
    });
    expect(await issued()).toBe(1);
  });

  test("that was refused leaves its key free for the same put right", async () => {
    expect((await post({ kind: "wish" }, "key-0001")).status).toBe(422);
    expect((await post(snow, "key-0001")).status).toBe(201);
  });

  test("sent twice at once is done once", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(snow, "key-0001")));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(new Set(statuses).difference(new Set([201, 409]))).toEqual(new Set());
    expect(statuses[0]).toBe(201);
    expect(await issued()).toBe(1);
  });

  test("whose process died between the change and its answer is not done twice", async () => {
    await post(snow, "key-0001");
    await office.rows("update idempotent_answers set status = null, sealed = null");
    const busy = await post(snow, "key-0001");
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([409, "1"]);
    await office.clock.advance(minutes(2));
    expect(await toldOf(await post(snow, "key-0001"))).toEqual([201, { number: 1 }, null]);
    expect(await issued()).toBe(1);
  });

  test("leaves nothing readable behind, and is forgotten after a day", async () => {
    const order = { request_id: "first-code", hours: 1 };
    const codes = "/v1/facilities/north/codes";
    const { code } = (await (await post(order, "key-0001", codes)).json()) as { code: string };
    const [kept] = await office.rows<{ sealed: string }>("select sealed from idempotent_answers");
    expect(kept?.sealed).not.toContain(code.slice(-9));
    await office.clock.advance(minutes(24 * 60 + 1));
    await post(snow, "key-0002");
    expect(await office.rows("select key from idempotent_answers")).toEqual([{ key: "key-0002" }]);
  });

  test("is measured, for the facility that it is about and for Prometheus", async () => {
    const asked = async (at: string): Promise<string> =>
      (await office.request(at, { headers: { authorization: `Bearer ${officeToken}` } })).text();
    await office.clock.advance(minutes(1));
    await asked("/v1/facilities/north/reports/zones");
    await asked("/v1/facilities/north/reports/zones?colour=red");
    await asked("/v1/facilities/nowhere/reports/zones");
    await office.headquarters.start();
    await office.headquarters.stop();
    await asked("/v1/facilities/north/reports/zones");
    await office.headquarters.start();
    await office.headquarters.stop();
    const rows = await office.rows(
      `select facility_id, route, requests, refused, failed, within300 from request_hours
       order by facility_id`,
    );
    const zones = { route: "getZones", failed: 0 };
    expect(rows).toEqual([
      { ...zones, facility_id: "", requests: 1, refused: 1, within300: 1 },
      { ...zones, facility_id: "north", requests: 3, refused: 1, within300: 3 },
    ]);
    const told = JSON.parse(await asked("/v1/requests?hours=1")) as RequestsTold;
    expect(told.routes).toMatchObject([{ route: "getZones", requests: 4, refused: 2 }]);
    const metrics = await asked("/metrics");
    expect(metrics).toContain(
      'gatehouse_office_request_seconds_count{route="getZones",status="2xx"} 2',
    );
    await asked("/api/facilities/north");
    expect(await asked("/metrics")).toContain('route="GET /api/facilities/:facility_id"');
    expect(metrics).toContain('gatehouse_office_database_connections{state="waited-for"} 0');
    expect((await office.request("/metrics")).status).toBe(401);
    const board = JSON.parse(
      await asked("/v1/facilities/north/reports/kpis?from=2026-11-20&to=2026-11-20"),
    );
    expect(board).toMatchObject({
      figures: expect.arrayContaining([
        expect.objectContaining({ name: "api_response_times", unit: "ms", value: 0 }),
      ]),
    });
  });

  test("tells how many more are allowed; beyond them it waits, and nobody else does", async () => {
    const ask = (): Promise<Response> => office.request("/v1");
    const first = await ask();
    expect(first.headers.get("ratelimit-policy")).toBe('"address";q=600;w=60');
    expect(first.headers.get("ratelimit")).toBe('"address";r=599;t=60');
    for (let asked = 1; asked < 600; asked += 1) await ask();
    const beyond = await ask();
    expect([beyond.status, beyond.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await beyond.json()).toMatchObject({ type: "too-many-requests" });
    const person = await office.request("/v1/facilities", {
      headers: { authorization: `Bearer ${officeToken}` },
    });
    expect([person.status, person.headers.get("ratelimit")]).toEqual([200, '"person";r=5999;t=60']);
    await office.clock.advance(minutes(1));
    expect((await ask()).status).toBe(200);
  });
});
