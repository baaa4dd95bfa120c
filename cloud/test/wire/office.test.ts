import type { FacilityDetail, Overview } from "@gatehouse/shared/contracts/office";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { hours, isoOf, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { declaredRoutes } from "../../src/routes/declared-access.ts";
import { EdgeLedger, noon, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice, tokenOf } from "../head-office.ts";

describeWithPostgres("head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
    await office.begin();
  });
  afterAll(() => postgres.stop());

  const origin = "http://office.example";
  const fromPage = { origin, host: "office.example", "content-type": "application/json" };
  const signIn = (token: string, headers: Record<string, string> = fromPage): Promise<Response> =>
    office.request(`${origin}/api/login`, {
      method: "POST",
      headers,
      body: JSON.stringify({ token }),
    });
  const cookieOf = (response: Response): string =>
    (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

  describe("lets in", () => {
    test("who shows its token, with a cookie that scripts and other sites cannot use", async () => {
      const response = await signIn(officeToken);
      expect(response.status).toBe(204);
      const cookie = response.headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
      expect(cookie).not.toContain(officeToken);
      const overview = await office.request("/api/overview", {
        headers: { cookie: cookieOf(response) },
      });
      expect(overview.status).toBe(200);
      expect(overview.headers.get("cache-control")).toBe("no-store");
    });

    test("for a working day, then asks again", async () => {
      const cookie = cookieOf(await signIn(officeToken));
      await office.clock.advance(hours(12));
      expect((await office.request("/api/overview", { headers: { cookie } })).status).toBe(401);
    });

    test("over TLS with a cookie for TLS alone", async () => {
      const response = await signIn(officeToken, { ...fromPage, "x-forwarded-proto": "https" });
      expect(response.headers.get("set-cookie")).toMatch(/; Secure/);
    });
  });

  describe("refuses", () => {
    test("a wrong token, a facility's token and a forged cookie", async () => {
      for (const token of ["wrong", tokenOf("north"), `${officeToken} x`])
        expect((await signIn(token)).status).toBe(401);
      const headers = { cookie: "gatehouse_office=1.2.3" };
      expect((await office.request("/api/overview", { headers })).status).toBe(401);
      const bearer = { authorization: `Bearer ${tokenOf("north")}` };
      expect((await office.request("/api/overview", { headers: bearer })).status).toBe(401);
    });

    test("the eleventh guess within a minute, also the right one; then it listens again", async () => {
      for (let guess = 0; guess < 10; guess += 1) await signIn("wrong");
      const refused = await signIn(officeToken);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
      await office.clock.advance(minutes(1));
      expect((await signIn(officeToken)).status).toBe(204);
    });

    test.each([
      ["another site", { origin: "https://evil.example" }],
      ["another port", { origin: "http://office.example:81" }],
      ["nowhere", { origin: "null" }],
    ])("a login and an order that come from %s", async (_, foreign) => {
      expect((await signIn(officeToken, { ...fromPage, ...foreign })).status).toBe(403);
      const cookie = cookieOf(await signIn(officeToken));
      const order = await office.request(`${origin}/api/facilities/north/directives`, {
        method: "POST",
        headers: { ...fromPage, cookie, ...foreign },
        body: JSON.stringify({ kind: "notice", body: { notice_id: "n", text: "Snow" } }),
      });
      expect(order.status).toBe(403);
    });

    test("everybody without credentials at every route but these", async () => {
      const open = [
        "GET /healthz",
        "GET /readyz",
        "GET /admin/analytics/analyticsreport",
        "GET /admin/analytics/analyticsreport/",
        "GET /admin/analytics/systemmetrics",
        "GET /admin/analytics/systemmetrics/",
        "GET /api/login",
        "POST /api/login",
        "POST /api/logout",
        "POST /api/invitations/accept",
        "POST /v1/callbacks/:facility_id/:gateway",
        "POST /v1/join",
        "GET /receipt/:token",
        "GET /v1",
        "GET /v1/openapi.json",
        "GET /v1/open-data/places",
        "GET /v1/open-data/places/:place_id",
        "GET /v1/open-data/places/:place_id/demand",
        "GET /v1/open-data/places/:place_id/rates",
        "GET /v1/open-data/places/:place_id/datex2/table",
        "GET /v1/open-data/places/:place_id/datex2/status",
        "GET /receipt.css",
        "POST /receipt/:token/rating",
        "GET /*",
      ];
      const routes = declaredRoutes(office.headquarters.app);
      const openOnes = routes.filter(({ access }) => access[0]?.kind === "anyone");
      expect(openOnes.map(({ route }) => route).toSorted()).toEqual(open.toSorted());
      expect(routes.length).toBeGreaterThan(open.length + 5);
      for (const { route } of routes) {
        if (open.includes(route)) continue;
        const [method = "", path = ""] = route.split(" ");
        const response = await office.request(path.replaceAll(/:\w+/g, "north"), { method });
        expect([route, response.status]).toEqual([route, 401]);
      }
    });
  });

  test("lists the facilities with problems first", async () => {
    await office.send(writeStay(new EdgeLedger("south"), "1").batch());
    const poisoned = new EdgeLedger("north").writeText("not json");
    await office.send(poisoned.batch());
    const { facilities } = await office.look<Overview>("/api/overview");
    expect(facilities.map(({ facility_id, level }) => [facility_id, level])).toEqual([
      ["north", "attention"],
      ["south", "ok"],
    ]);
  });

  test("counts who is inside, and tells what is not known as not known", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    await office.send(ledger.batch(1, 8));
    const { facilities } = await office.look<Overview>("/api/overview");
    expect(facilities.find(({ facility_id }) => facility_id === "north")).toMatchObject({
      sessions_open: 1,
      currency: null,
      ledger: { written: null, acked: 8, last_hash: ledger.lines[7]?.hash },
    });
    expect(facilities.find(({ facility_id }) => facility_id === "south")).toMatchObject({
      level: "unknown",
      heard_at: null,
      ledger: { last_hash: null },
    });
  });

  test("calls a zone as the facility does, and by its id where it has told no name", async () => {
    const at = isoOf(noon);
    const layout = {
      zones: [{ zone_id: "g", name: "Ground Floor", level: "0", spaces: { standard: 1 } }],
      lanes: [],
      devices: {},
    };
    const spaces = ["g", "roof"].map((zone_id, index) => ({
      space_id: `${zone_id}-1`,
      zone_id,
      level: `${index}`,
      space_type: "standard" as const,
      status: "free" as const,
      changed_at: at,
      change: index + 1,
    }));
    const ledger = new EdgeLedger().write("layout-told", layout, at);
    await office.send(ledger.batch(1, 1, { spaces, spaces_through: 2 }));
    const { zones } = await office.look<FacilityDetail>("/api/facilities/north");
    expect(zones.map(({ zone_id, name }) => [zone_id, name])).toEqual([
      ["g", "Ground Floor"],
      ["roof", "roof"],
    ]);
  });

  test("never shows a plate among the last lines", async () => {
    await office.send(writeStay(new EdgeLedger(), "1").batch());
    const detail = await office.look("/api/facilities/north");
    expect(JSON.stringify(detail)).not.toContain("AB12CDE");
  });

  test("closes its own alerts, and the same trouble opens them again", async () => {
    const ledger = new EdgeLedger().writeText("not json");
    await office.send(ledger.batch());
    const resolve = (): Promise<Response> =>
      office.request("/api/facilities/north/alerts/set-aside-not-a-line/resolve", {
        method: "POST",
        headers: { authorization: `Bearer ${officeToken}` },
      });
    expect([(await resolve()).status, (await resolve()).status]).toEqual([204, 404]);
    await office.send(ledger.writeText("nor this").batch(2));
    expect((await resolve()).status).toBe(204);
  });

  describe("orders", () => {
    test("a directive and learns its number", async () => {
      const response = await office.order("north", { kind: "tariff", body: defaultTariff });
      expect([response.status, await response.json()]).toEqual([201, { number: 1 }]);
    });

    test.each([
      ["of an unknown kind", { kind: "dance", body: {} }, ["kind"]],
      [
        "with a tariff that forgets cars",
        {
          kind: "tariff",
          body: { ...defaultTariff, rates: [{ prices: { bus: 10 }, per: "1 h" }] },
        },
        ["body.rates[0].prices.car"],
      ],
      [
        "with a number of its own",
        { kind: "notice", number: 7, body: { notice_id: "n", text: "x" } },
        [""],
      ],
      [
        "for a permit without plates",
        { kind: "permit", body: { permit_id: "p", plates: [] } },
        ["body.plates", "body.valid_from", "body.valid_until"],
      ],
    ])("nothing %s", async (_, order, paths) => {
      const response = await office.order("north", order);
      const { errors } = (await response.json()) as { errors: { path: string }[] };
      expect([response.status, errors.map(({ path }) => path)]).toEqual([422, paths]);
    });

    test("nothing that cannot be stored, and the number is not used up", async () => {
      const nul = await office.order("north", {
        kind: "notice",
        body: { notice_id: "n", text: "a\0b" },
      });
      expect(nul.status).toBe(422);
      const next = await office.order("north", {
        kind: "notice",
        body: { notice_id: "n", text: "ok" },
      });
      expect(await next.json()).toEqual({ number: 1 });
    });

    test("nothing for a facility that does not exist", async () => {
      const order = { kind: "notice", body: { notice_id: "n", text: "x" } };
      expect((await office.order("west", order)).status).toBe(404);
    });
  });

  test("answers nothing at an unknown address and never a file", async () => {
    for (const path of [
      "/nothing",
      "/../package.json",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/assets/../../x",
    ])
      expect((await office.request(path)).status).toBe(404);
  });

  test("lets no page run what it did not bring itself", async () => {
    const policy = (await office.request("/healthz")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});
