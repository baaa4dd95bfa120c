import type { ApiIndex } from "@gatehouse/shared/contracts/v1/api";
import type { SpacePage } from "@gatehouse/shared/contracts/v1/office";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { declaredRoutes } from "../../src/routes/declared-access.ts";
import { describedRoutes, honoPath } from "../../src/routes/v1/described.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { openApiFaults } from "../openapi-faults.ts";

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
    expect(described.length).toBeGreaterThan(50);
  });

  test("says whom a route answers just as its guard does", () => {
    const { app } = office.headquarters;
    const declared = new Map(declaredRoutes(app).map(({ route, access }) => [route, access[0]]));
    for (const { method, path, access } of describedRoutes(app))
      expect([path, declared.get(`${method} ${honoPath(path)}`)]).toEqual([path, access]);
  });

  test("reaches everything that a right lets head office's page do", () => {
    const routes = declaredRoutes(office.headquarters.app);
    const known = new Set(routes.map(({ route }) => route));
    const ofPages = routes.flatMap(({ route, access: [access] }) =>
      access?.kind === "right" && route.includes(" /api/") ? [route.replace("/api/", "/v1/")] : [],
    );
    expect(ofPages.length).toBeGreaterThan(30);
    expect(ofPages.filter((route) => !known.has(route))).toEqual([]);
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

  test("has a document that is valid OpenAPI 3.1 itself", async () => {
    const document: unknown = await (await office.request("/v1/openapi.json")).json();
    expect(openApiFaults(document)).toEqual([]);
    const broken = JSON.parse(
      JSON.stringify(document).replaceAll("#/components/schemas/ReportAbout", "#/nowhere"),
    );
    expect(openApiFaults(broken).length).toBeGreaterThan(0);
  });

  test("has a document that a validator of other people finds valid too", async () => {
    const answer = await office.request("/v1/openapi.json");
    const document = (await answer.json()) as Record<string, unknown>;
    const validator = new Validator();
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    const broken = { ...document, paths: { "/v1": { get: { responses: "none" } } } };
    expect(await validator.validate(broken)).toMatchObject({ valid: false });
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

  test("says which methods an address has, and that there is no other origin", async () => {
    const wrong = await office.request("/v1/facilities/north/books", { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await wrong.json()).toMatchObject({
      type: "wrong-method",
      hint: "It has GET, HEAD, OPTIONS.",
    });
    const preflight = await office.request("/v1/facilities", {
      method: "OPTIONS",
      headers: { origin: "https://elsewhere.example", "access-control-request-method": "POST" },
    });
    expect([preflight.status, preflight.headers.get("allow")]).toEqual([
      204,
      "GET, HEAD, POST, OPTIONS",
    ]);
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    const none = await get("/v1/nothing");
    expect([none.status, none.headers.get("content-type")]).toEqual([
      404,
      "application/problem+json",
    ]);
  });

  test("refuses what it cannot read with a problem that says why", async () => {
    const path = "/v1/facilities/north/directives";
    const type = { "content-type": "application/json" };
    const send = async (body: string, headers: Record<string, string>): Promise<unknown> => {
      const answer = await office.request(path, {
        method: "POST",
        headers: { ...bearer, ...headers },
        body,
      });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      const { type: kind, trace_id } = (await answer.json()) as { type: string; trace_id: string };
      expect(trace_id).toBe(answer.headers.get("trace-id"));
      return [answer.status, kind];
    };
    expect(await send("{", type)).toEqual([400, "not-json"]);
    expect(await send("{}", { "content-type": "text/plain" })).toEqual([415, "wrong-type"]);
    expect(await send("{}", { ...type, "content-encoding": "gzip" })).toEqual([415, "encoded"]);
    expect(await send(JSON.stringify("x".repeat(70_000)), type)).toEqual([413, "too-large"]);
    expect(await send('{"kind":"wish"}', type)).toEqual([422, "not-understood"]);
    expect(await send("{}", { ...type, authorization: "Bearer wrong" })).toEqual([
      401,
      "wrong-token",
    ]);
  });

  test("does for tools what head office's page does, at the same words", async () => {
    const order = { kind: "notice", body: { notice_id: "n", text: "Snow" } };
    const sent = await office.request("/v1/facilities/north/directives", {
      method: "POST",
      headers: { ...bearer, "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    expect([sent.status, await sent.json()]).toEqual([201, { number: 1 }]);
    const own = await office.look<{ directives: unknown[] }>("/api/facilities/north");
    const tools = await office.look<{ directives: unknown[] }>("/v1/facilities/north");
    expect(tools.directives).toEqual(own.directives);
    expect(own.directives).toHaveLength(1);
  });

  test("leads through every list page by page, also by the Link of the answer", async () => {
    await office.rows(
      `insert into spaces (facility_id, space_id, zone_id, level, space_type, status, changed_at, epoch, change)
       select 'north', 'P' || lpad(n::text, 3, '0'), 'A', '0', 'standard', 'free', now(), 1, n
       from generate_series(1, 25) as n`,
    );
    const seen: string[] = [];
    for (
      let path: string | undefined = "/v1/facilities/north/spaces?limit=10";
      path !== undefined;
    ) {
      const answer = await get(path);
      const page = (await answer.json()) as SpacePage;
      seen.push(...page.spaces.map(({ space_id }) => space_id));
      expect(answer.headers.has("link")).toBe(page.next_cursor !== null);
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(seen.toSorted());
    expect(new Set(seen).size).toBe(25);
    const first = await office.look<{ facilities: { facility_id: string }[]; next_cursor: string }>(
      "/v1/facilities?limit=1",
    );
    expect([first.facilities[0]?.facility_id, first.next_cursor]).toEqual(["north", "north"]);
    const lines = await office.look<{ next_cursor: null; end_cursor: null }>(
      "/v1/facilities/north/lines",
    );
    expect(lines).toEqual({ lines: [], next_cursor: null, end_cursor: null });
    expect((await get("/v1/facilities/north/lines?cursor=yesterday")).status).toBe(422);
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
