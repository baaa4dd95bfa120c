import type { AuditPage } from "@gatehouse/shared/contracts/audit";
import type { Overview } from "@gatehouse/shared/contracts/office";
import type { PlaceRef } from "@gatehouse/shared/contracts/people";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { type Right, rights, type Role, roles } from "@gatehouse/shared/contracts/rights-at-office";
import { hours, isoOf, later } from "@gatehouse/shared/time";
import type { TokenMade } from "@gatehouse/shared/contracts/own-account";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { may, type Place } from "../../src/domain/people/rights.ts";
import { type Access, declaredRoutes } from "../../src/routes/declared-access.ts";
import { readGrants } from "../../src/store/people/grants.ts";
import { facilityPlace } from "../../src/store/people/organisations.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";
import {
  asOfficeToken,
  facility,
  type Hired,
  hire,
  main,
  organisation,
  requestId,
} from "../office-people.ts";

/** What a route answers, as far as rights go. */
type Answer = "lets in" | "refuses";

/** North belongs to berlin, rhine to bonn; both stand below main. */
const facilities = ["north", "rhine"];

describeWithPostgres("every route, for every role, at every facility", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  /** `role at place` → whoever has it, and nothing else. */
  const people = new Map<string, Hired>();
  let nobody: Hired;

  /** An organisation and a facility say all that a place can: the root is one more organisation. */
  const places: readonly PlaceRef[] = [organisation("berlin"), facility("north")];

  beforeAll(async () => {
    postgres = await startPostgres();
    office = await new TestOffice(postgres.database, facilities).begin();
    for (const [id, facilityId] of [
      ["berlin", "north"],
      ["bonn", "rhine"],
    ] as const) {
      const made = { request_id: requestId(), organisation_id: id, name: id };
      await asOfficeToken(office, "/api/organisations", made);
      const move = { request_id: requestId(), organisation_id: id, why: "a test" };
      await asOfficeToken(office, `/api/facilities/${facilityId}/organisation`, move);
    }
    nobody = await hire(office, "nobody", []);
    const hired: readonly (readonly [Role, PlaceRef])[] = [
      ...roles.flatMap((role) => places.map((place) => [role, place] as const)),
      ["manager", organisation("bonn")],
      // The first token opens everything only until there is an admin of all: so that one comes last.
      ["admin", main],
    ];
    for (const [role, place] of hired)
      people.set(
        `${role} at ${place.id}`,
        await hire(office, `${role}-${place.id}`, [{ role, place }]),
      );
  }, 300_000);
  afterAll(() => postgres.stop());

  const routes = (): { method: "GET" | "POST"; path: string; anyOf: readonly Right[] }[] =>
    declaredRoutes(office.headquarters.app).flatMap(({ route, access: [access] }) => {
      const [method = "", path = ""] = route.split(" ");
      if (access?.kind !== "right") return [];
      return [{ method: method as "GET" | "POST", path, anyOf: access.anyOf }];
    });

  /** What a route answers somebody; of an answer without an end only the beginning is read. */
  async function answerOf(who: Hired, method: "GET" | "POST", path: string): Promise<Answer> {
    const response = await who.browser.ask(method, path);
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
      await response.body?.cancel();
      return "lets in";
    }
    const { type = "" } = (await response.json().catch(() => ({}))) as { type?: string };
    const isRefused =
      response.status === 401 || response.status === 403 || type === "no-such-facility";
    return isRefused ? "refuses" : "lets in";
  }

  test("is answered as the table of rights says, and nobody else is", async () => {
    const at = await Promise.all(facilities.map((id) => facilityPlace(postgres.database, id)));
    const everywhere: Place[] = [
      ...at.filter((place) => place !== undefined),
      ...["main", "berlin", "bonn"].map(
        (organisationId) => ({ kind: "organisation", organisationId }) as const,
      ),
    ];
    const questions = routes().flatMap(({ method, path, anyOf }) =>
      path.includes(":facility_id")
        ? facilities.map((id, index) => ({
            method,
            anyOf,
            path: realPath(path, id),
            places: at.slice(index, index + 1).filter((place) => place !== undefined),
          }))
        : [{ method, anyOf, path: realPath(path), places: everywhere }],
    );
    expect(questions.length).toBeGreaterThan(20);
    const wrong: string[] = [];
    for (const [name, person] of people) {
      const { grants } = await readGrants(postgres.database, person);
      const answers = questions.map(async ({ method, path, anyOf, places: asked }) => {
        const isRight = asked.some((place) => anyOf.some((right) => may({ grants }, right, place)));
        const answer = await answerOf(person, method, path);
        if (answer !== (isRight ? "lets in" : "refuses"))
          wrong.push(`${name}: ${method} ${path} ${answer}`);
      });
      await Promise.all(answers);
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test("is refused to whoever has no role at all", async () => {
    for (const { method, path } of routes()) {
      const real = realPath(path);
      expect([real, await answerOf(nobody, method, real)]).toEqual([real, "refuses"]);
    }
    expect((await nobody.browser.ask("GET", "/api/me")).status).toBe(200);
  });

  test("tells nobody of a facility that they may not see", async () => {
    const { browser } = who("manager", "bonn");
    const hidden = await browser.ask("GET", "/api/facilities/north");
    const none = await browser.ask("GET", "/api/facilities/nowhere");
    const toldOf = async (answer: Response): Promise<unknown> => {
      const told = (await answer.json()) as { trace_id?: string };
      return { ...told, trace_id: told.trace_id?.length };
    };
    expect(await toldOf(hidden)).toEqual(await toldOf(none));
    const { facilities: seen, counts } = await browser.read<Overview>("/api/overview");
    expect(seen.map(({ facility_id }) => facility_id)).toEqual(["rhine"]);
    expect(counts.unknown).toBe(1);
  });

  test.each<[Role, string, number]>([
    ["manager", "tariff", 201],
    ["supervisor", "tariff", 403],
    ["supervisor", "notice", 201],
    ["attendant", "notice", 403],
  ])("lets a %s send a %s or not: %i", async (role, kind, status) => {
    const body = kind === "notice" ? { notice_id: "n", text: "Snow" } : defaultTariff;
    const path = "/api/facilities/north/directives";
    const response = await who(role, "north").browser.ask("POST", path, { kind, body });
    expect(response.status).toBe(status);
  });

  test("lets an admin enrol facilities of their own organisation, and hand out codes for no other's", async () => {
    const { browser } = who("admin", "berlin");
    const enrol = (facility_id: string, organisation_id?: string): Promise<string> =>
      browser.act("/api/facilities", {
        request_id: requestId(),
        facility_id,
        name: facility_id,
        ...(organisation_id === undefined ? {} : { organisation_id }),
      });
    expect(await enrol("spree", "berlin")).toBe("201");
    expect(await enrol("spree", "bonn")).toBe("201");
    expect(await enrol("rhine", "berlin")).toBe("404 no-such-organisation");
    expect(await enrol("other")).toBe("404 no-such-organisation");
    const { lines } = await browser.read<AuditPage>("/api/audit/berlin?subject_id=spree");
    expect(lines.map(({ action }) => action)).toEqual(["facility-enrolled", "facility-enrolled"]);
    expect(lines[0]).toMatchObject({ after: { organisation_id: "berlin" } });
  });

  describe("with a token of their own", () => {
    const tokenOf = async (owner: Hired, scopes: readonly Right[]): Promise<Response> =>
      owner.browser.ask("POST", "/api/me/tokens", {
        request_id: requestId(),
        name: "a tool",
        scopes,
        ends_at: isoOf(later(office.clock.now(), hours(24))),
      });
    const bearing = (token: string, method: string, path: string): Promise<Response> =>
      office.request(path, { method, headers: { authorization: `Bearer ${token}` } });

    test("are let in where the token's scopes reach, and their own rights", async () => {
      const owner = who("manager", "berlin");
      const scopes: Right[] = ["see-facilities", "see-money"];
      const { token } = (await (await tokenOf(owner, scopes)).json()) as TokenMade;
      const wrong: string[] = [];
      for (const { method, path, anyOf } of routes()) {
        const real = realPath(path);
        const { status, body } = await bearing(token, method, real);
        await body?.cancel();
        const isIn = status !== 401 && status !== 403;
        if (isIn !== anyOf.some((right) => scopes.includes(right))) wrong.push(`${real} ${status}`);
      }
      expect(wrong).toEqual([]);
      expect((await bearing(token, "GET", "/api/facilities/rhine")).status).toBe(404);
    });

    test("never change an account, whatever their scopes", async () => {
      const { token } = (await (await tokenOf(who("admin", "berlin"), rights)).json()) as TokenMade;
      const own = declaredRoutes(office.headquarters.app).filter(
        ({ access }) => (access[0] as Access).kind === "self",
      );
      expect(own.length).toBeGreaterThan(5);
      for (const { route } of own) {
        const [method = "", path = ""] = route.split(" ");
        const response = await bearing(token, method, path);
        expect([route, response.status]).toEqual([route, 403]);
      }
    });

    test("hold no more than their owner", async () => {
      const refused = await tokenOf(who("attendant", "north"), ["set-prices"]);
      expect(refused.status).toBe(403);
    });
  });

  function realPath(path: string, facilityId = "north"): string {
    return path.replace(":facility_id", facilityId).replaceAll(/:\w+/g, "main");
  }

  function who(role: Role, place: string): Hired {
    const found = people.get(`${role} at ${place}`);
    if (found === undefined) throw new Error(`there is no ${role} at ${place}`);
    return found;
  }
});
