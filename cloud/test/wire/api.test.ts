import type { ApiIndex } from "@gatehouse/shared/contracts/v1/api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { declaredRoutes } from "../../src/routes/declared-access.ts";
import { describedRoutes, honoPath } from "../../src/routes/v1/described.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";

const bearer = { authorization: `Bearer ${officeToken}` };

describeWithPostgres("the API", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 300_000);
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    office.request(path, { headers: { ...bearer, ...headers } });

  test("describes every one of its routes, each under a name of its own", () => {
    const { app } = office.headquarters;
    const described = describedRoutes(app);
    const names = new Set(described.map(({ method, path }) => `${method} ${honoPath(path)}`));
    const undescribed = declaredRoutes(app)
      .map(({ route }) => route)
      .filter((route) => / \/v1(\/|$)/.test(route) && !names.has(route));
    expect(undescribed).toEqual([]);
    expect(new Set(described.map(({ id }) => id)).size).toBe(described.length);
    expect(described.length).toBeGreaterThan(25);
  });

  test("says whom a route answers just as its guard does", () => {
    const { app } = office.headquarters;
    const declared = new Map(declaredRoutes(app).map(({ route, access }) => [route, access[0]]));
    for (const { method, path, access } of describedRoutes(app))
      expect([path, declared.get(`${method} ${honoPath(path)}`)]).toEqual([path, access]);
  });

  test("has an index and a document that name the same routes", async () => {
    const index = (await (await office.request("/v1")).json()) as ApiIndex;
    const document = (await (await office.request(index.document)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const told = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(told.toSorted()).toEqual(index.routes.map(({ id }) => id).toSorted());
  });

  test("refuses a parameter that it does not know, with its name and those that there are", async () => {
    const refused = await get("/v1/facilities/north/reports/revenue?form=2026-11-01");
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      type: "not-understood",
      errors: [{ path: "form", message: "there is no such parameter; there are from, to" }],
    });
    const twice = await get("/v1/facilities/north/reports/peak-hours?days=7&days=8");
    expect(await twice.json()).toMatchObject({
      errors: [{ path: "days", message: "write it once" }],
    });
  });

  test("tells whoever has an answer already that it still holds, whatever time it is", async () => {
    const path = "/v1/facilities/north/reports/zones";
    const first = await get(path);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"/);
    await office.clock.advance(60_000 as Parameters<typeof office.clock.advance>[0]);
    const again = await get(path, { "if-none-match": `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    await office.rows("update facilities set name = 'North Bank' where facility_id = 'north'");
    expect((await get(path, { "if-none-match": etag })).status).toBe(200);
  });

  test("gives every request a trace id, and every refusal too", async () => {
    const own = await get("/v1/facilities/nowhere/reports/zones");
    const trace = own.headers.get("trace-id");
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    expect(await own.json()).toMatchObject({ type: "no-such-facility", trace_id: trace });
    const given = "4bf92f3577b34da6a3ce929d0e0e4736";
    const traced = await get("/v1/facilities/north/reports/zones", {
      traceparent: `00-${given}-00f067aa0ba902b7-01`,
    });
    expect(traced.headers.get("trace-id")).toBe(given);
  });
});
