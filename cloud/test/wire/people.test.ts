import type { AuditPage, AuditVerdict } from "@gatehouse/shared/contracts/audit";
import type { Me, OwnTokens, TokenMade } from "@gatehouse/shared/contracts/own-account";
import type {
  Invitation,
  OrganisationsView,
  UsersPage,
  UserView,
} from "@gatehouse/shared/contracts/people";
import { hours, isoOf, later, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Headquarters } from "../../src/headquarters.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, officeToken, TestOffice } from "../head-office.ts";
import {
  asOfficeToken,
  emailOf,
  facility,
  hire,
  main,
  organisation,
  password,
  requestId,
  TestBrowser,
} from "../office-people.ts";
import { silentLog } from "../silent-log.ts";

describeWithPostgres("head office's people", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });
  afterAll(() => postgres.stop());

  const asked = (more: object = {}) => ({ request_id: requestId(), why: "a test", ...more });
  const newUser = (name: string, more: object = {}) => ({
    request_id: requestId(),
    email: emailOf(name),
    first_name: name,
    last_name: "Example",
    ...more,
  });
  const withToken = (token: string): Promise<number> =>
    office
      .request("/api/overview", { headers: { authorization: `Bearer ${token}` } })
      .then(({ status }) => status);
  const found = ({ users }: UsersPage): string[] => users.map(({ first_name }) => first_name);

  describe("the first token", () => {
    test("opens head office until an admin can sign in, and the page it has opened too", async () => {
      const page = new TestBrowser(office);
      await page.ask("POST", "/api/login", { token: officeToken });
      const admin = newUser("ann", { assignments: [{ role: "admin", place: main }] });
      const made = await page.ask("POST", "/api/users", admin);
      const { code } = (await made.json()) as Invitation;
      expect([await withToken(officeToken), await page.act("/api/organisations", {})]).toEqual([
        200,
        "422 not-understood",
      ]);
      const ann = new TestBrowser(office);
      expect(await ann.act("/api/invitations/accept", { code, password })).toBe("204");
      expect([await withToken(officeToken), await page.act("/api/organisations", {})]).toEqual([
        401,
        "401 not-signed-in",
      ]);
      expect(await page.act("/api/login", { token: officeToken })).toBe("401 token-retired");
      expect((await ann.read<Me>("/api/me")).rights).toContain("change-organisations");
    });

    test("stays where head office is told so", async () => {
      const headquarters = new Headquarters({
        database: postgres.database,
        clock: office.clock,
        random: { fraction: () => 0.5, id: () => crypto.randomUUID() },
        log: silentLog,
        tokens: { office: officeToken, officeStays: true, facilities: [] },
        key: officeKey,
      });
      await hire(office, "ann", [{ role: "admin", place: main }]);
      const headers = { authorization: `Bearer ${officeToken}` };
      const answer = await headquarters.app.request("/api/overview", { headers });
      expect([await withToken(officeToken), answer.status]).toEqual([401, 200]);
    });
  });

  test("are found by name and address, a page at a time, by whoever may see them", async () => {
    const manager = await hire(office, "mia", [{ role: "manager", place: main }]);
    await hire(office, "ann", [{ role: "attendant", place: facility("north") }]);
    await hire(office, "bob", []);
    const all = await manager.browser.read<UsersPage>("/api/users");
    expect(found(all)).toEqual(["ann", "bob", "mia"]);
    expect(all.users[0]).toMatchObject({
      has_password: true,
      has_totp: false,
      assignments: [{ role: "attendant", place: facility("north") }],
    });
    expect(found(await manager.browser.read("/api/users?search=BOB"))).toEqual(["bob"]);
    expect(found(await manager.browser.read("/api/users?search=%25"))).toEqual([]);
    expect(found(await manager.browser.read(`/api/users?after=${emailOf("ann")}`))).toEqual([
      "bob",
      "mia",
    ]);
    const ofNorth = await hire(office, "nia", [{ role: "manager", place: facility("north") }]);
    expect(found(await ofNorth.browser.read("/api/users"))).toEqual(["ann", "nia"]);
    expect((await ofNorth.browser.ask("GET", manager.path)).status).toBe(404);
  });

  test("have an address that nobody else has, in no organisation", async () => {
    await hire(office, "ann", []);
    await asOfficeToken(office, "/api/organisations", {
      ...asked({ organisation_id: "berlin", name: "Berlin" }),
    });
    const same = newUser("ann", { organisation_id: "berlin" });
    expect((await asOfficeToken(office, "/api/users", same)).status).toBe(409);
    const bob = await hire(office, "bob", [{ role: "admin", place: main }]);
    const change = asked({ email: emailOf("ann") });
    expect(await bob.browser.act(bob.path, change)).toBe("409 email-taken");
  });

  test("are changed once, however often the same is asked; the audit tells before and after", async () => {
    const admin = await hire(office, "root", [{ role: "admin", place: main }]);
    const made = await admin.browser.ask("POST", "/api/users", newUser("ann"));
    const { user_id } = (await made.json()) as Invitation;
    const path = `/api/users/main/${user_id}`;
    const change = asked({ last_name: "Berg", phone_number: "+49 30 1234567" });
    expect(await admin.browser.act(path, change)).toBe("204");
    expect(await admin.browser.act(path, { ...change, last_name: "Tal" })).toBe("204");
    expect(await admin.browser.act(`${path}/deactivate`, change)).toBe("422 not-understood");
    const { request_id, why } = change;
    expect(await admin.browser.act(`${path}/deactivate`, { request_id, why })).toBe(
      "409 request-id-used",
    );
    const user = await admin.browser.read<UserView>(path);
    expect(user).toMatchObject({ last_name: "Berg", is_active: true });
    const { lines, names } = await admin.browser.read<AuditPage>(
      `/api/audit/main?subject_id=${user_id}`,
    );
    expect(names).toMatchObject({ [user_id]: "ann Berg" });
    expect(lines.map(({ action }) => action)).toEqual(["user-changed", "user-made"]);
    expect(lines[0]).toMatchObject({
      actor: { user_id: admin.userId },
      before: { last_name: "Example", phone_number: null },
      after: { last_name: "Berg", phone_number: "+49 30 1234567" },
      why: "a test",
    });
  });

  describe("gain nothing that nobody above them gave", () => {
    test("a manager gives roles up to their own, at their own place, and no further", async () => {
      const mia = await hire(office, "mia", [{ role: "manager", place: facility("north") }]);
      const ann = await hire(office, "ann", [{ role: "attendant", place: facility("north") }]);
      const give = (role: string, place: object): Promise<string> =>
        mia.browser.act(`${ann.path}/assignments`, asked({ role, place }));
      expect(await give("supervisor", facility("north"))).toBe("204");
      expect(await give("admin", facility("north"))).toBe("403 more-than-yours");
      expect(await give("attendant", facility("south"))).toBe("404 no-such-place");
      expect(await give("attendant", main)).toBe("404 no-such-place");
      const own = asked({ role: "admin", place: main });
      expect(await mia.browser.act(`${mia.path}/assignments`, own)).toBe("404 no-such-place");
      expect(await mia.browser.act("/api/users", newUser("eve"))).toBe("404 no-such-organisation");
    });

    test("nobody takes over the account of somebody who may more", async () => {
      const mia = await hire(office, "mia", [{ role: "manager", place: main }]);
      const ann = await hire(office, "ann", [{ role: "attendant", place: facility("north") }]);
      const root = await hire(office, "root", [{ role: "admin", place: main }]);
      for (const act of ["", "/invitation", "/deactivate", "/sign-out"]) {
        const body = asked(act === "" ? { email: "eve@evil.example" } : {});
        expect([act, await mia.browser.act(`${root.path}${act}`, body)]).toEqual([
          act,
          "403 more-than-yours",
        ]);
        expect(
          await mia.browser.act(`${ann.path}${act}`, { ...body, request_id: requestId() }),
        ).toMatch(/^20/);
      }
    });

    test("a role that is taken is gone with the next question, and the last admin stays", async () => {
      const root = await hire(office, "root", [{ role: "admin", place: main }]);
      const ann = { ...newUser("ann"), assignments: [{ role: "auditor", place: main }] };
      const made = await root.browser.ask("POST", "/api/users", ann);
      const { code, user_id } = (await made.json()) as Invitation;
      const browser = new TestBrowser(office);
      await browser.act("/api/invitations/accept", { code, password });
      expect((await browser.ask("GET", "/api/audit/main")).status).toBe(200);
      const end = asked({ role: "auditor", place: main });
      expect(await root.browser.act(`/api/users/main/${user_id}/assignments/end`, end)).toBe("204");
      expect((await browser.ask("GET", "/api/audit/main")).status).toBe(403);
      const last = asked({ role: "admin", place: main });
      expect(await root.browser.act(`${root.path}/assignments/end`, last)).toBe("409 last-admin");
      expect(await root.browser.act(`${root.path}/deactivate`, asked())).toBe("409 last-admin");
    });
  });

  test("have tokens for their tools, which end when they say, when they leave and in time", async () => {
    const ann = await hire(office, "ann", [{ role: "attendant", place: main }]);
    const root = await hire(office, "root", [{ role: "admin", place: main }]);
    const make = async (more: object = {}): Promise<Response> =>
      ann.browser.ask("POST", "/api/me/tokens", {
        request_id: requestId(),
        name: "a tool",
        scopes: ["see-facilities"],
        ends_at: isoOf(later(office.clock.now(), hours(1))),
        ...more,
      });
    const request_id = requestId();
    const first = (await (await make({ request_id })).json()) as TokenMade;
    expect(await (await make({ request_id })).json()).toEqual(first);
    expect(await withToken(first.token)).toBe(200);
    expect(await withToken(`${first.token}x`)).toBe(401);
    const { tokens } = await ann.browser.read<OwnTokens>("/api/me/tokens");
    expect(tokens).toMatchObject([{ name: "a tool", last_used_at: isoOf(office.clock.now()) }]);
    const end = `/api/me/tokens/${first.token_id}/end`;
    expect(await root.browser.act(end, { request_id: requestId() })).toBe("404 no-such-token");
    expect(await ann.browser.act(end, { request_id: requestId() })).toBe("204");
    expect(await withToken(first.token)).toBe(401);
    const second = (await (await make()).json()) as TokenMade;
    const late = isoOf(later(office.clock.now(), hours(24 * 400)));
    expect((await make({ ends_at: late })).status).toBe(422);
    await office.clock.advance(minutes(59));
    expect(await withToken(second.token)).toBe(200);
    await office.clock.advance(minutes(1));
    expect(await withToken(second.token)).toBe(401);
    const third = (await (await make()).json()) as TokenMade;
    await root.browser.act(`${ann.path}/deactivate`, asked());
    expect(await withToken(third.token)).toBe(401);
  });

  describe("their organisations", () => {
    const make = (id: string, parent: string): Promise<Response> =>
      asOfficeToken(office, "/api/organisations", {
        ...asked({ organisation_id: id, name: `The ${id}`, parent_id: parent }),
      });
    const move = (id: string, parent_id: string): Promise<Response> =>
      asOfficeToken(office, `/api/organisations/${id}`, asked({ parent_id }));

    test("are a tree: a role above reaches what comes to stand below", async () => {
      await make("franchise", "main");
      await make("tenant", "franchise");
      const ann = await hire(office, "ann", [
        { role: "manager", place: organisation("franchise") },
      ]);
      expect((await ann.browser.ask("GET", "/api/facilities/north")).status).toBe(404);
      const path = "/api/facilities/north/organisation";
      await asOfficeToken(office, path, asked({ organisation_id: "tenant" }));
      expect((await ann.browser.ask("GET", "/api/facilities/north")).status).toBe(200);
      const { organisations } = await ann.browser.read<OrganisationsView>("/api/organisations");
      expect(organisations).toEqual([
        {
          organisation_id: "franchise",
          name: "The franchise",
          parent_id: "main",
          facility_ids: [],
        },
        {
          organisation_id: "tenant",
          name: "The tenant",
          parent_id: "franchise",
          facility_ids: ["north"],
        },
      ]);
      expect((await move("tenant", "main")).status).toBe(204);
      expect((await ann.browser.ask("GET", "/api/facilities/north")).status).toBe(404);
    });

    test("never stand below themselves, nor too deep, nor twice", async () => {
      const answers: number[] = [];
      for (const [id, parent] of [
        ["a", "main"],
        ["b", "a"],
        ["c", "b"],
        ["a", "main"],
        ["d", "nowhere"],
      ] as const)
        answers.push((await make(id, parent)).status);
      expect(answers).toEqual([201, 201, 201, 409, 404]);
      expect((await move("a", "c")).status).toBe(409);
      expect((await move("a", "a")).status).toBe(409);
      expect((await move("main", "a")).status).toBe(409);
      const rings = await Promise.all([move("b", "main"), move("a", "b")]);
      expect(rings.filter(({ status }) => status === 204).length).toBeGreaterThan(0);
      const above = await office.rows<{ n: number }>(
        `with recursive up (start, id) as (
           select organisation_id, parent_id from organisations union
           select up.start, o.parent_id from organisations o join up on up.id = o.organisation_id)
         select count(*)::int as n from up where id = 'main' and start <> 'main'`,
      );
      expect(above).toEqual([{ n: 3 }]);
      for (const [id, parent] of [
        ["e", "c"],
        ["f", "e"],
        ["g", "f"],
        ["h", "g"],
        ["i", "h"],
        ["j", "i"],
      ] as const)
        answers.push((await make(id, parent)).status);
      expect(answers.slice(-2)).toEqual([201, 409]);
    });
  });

  describe("the audit", () => {
    const verdict = async (query = ""): Promise<AuditVerdict> =>
      office.look(`/api/audit/main/verdict${query}`);
    const tamper = async (sql: string): Promise<void> => {
      await office.rows("alter table audit_lines disable trigger audit_lines_stay");
      await office.rows(sql);
      await office.rows("alter table audit_lines enable trigger audit_lines_stay");
    };
    beforeEach(async () => {
      for (const name of ["ann", "bob", "eve"])
        await asOfficeToken(office, "/api/users", newUser(name));
    });

    test("is whole, and can only be added to", async () => {
      expect(await verdict()).toMatchObject({ is_whole: true, broken_at: null, end: { seq: 3 } });
      for (const sql of ["update audit_lines set text = text || ' '", "delete from audit_lines"])
        await expect(office.rows(sql)).rejects.toThrow(/only ever added/);
    });

    test.each([
      [
        "a line was changed",
        "update audit_lines set text = replace(text, 'bob', 'bot') where seq = 2",
        2,
      ],
      ["a line was taken out", "delete from audit_lines where seq = 2", 2],
      ["the last line was taken off", "delete from audit_lines where seq = 3", 3],
      [
        "the lines were exchanged",
        "update audit_lines set seq = -seq; update audit_lines set seq = case seq when -1 then 2 when -2 then 1 else 3 end",
        1,
      ],
    ])("shows that %s", async (_, sql, at) => {
      await tamper(sql);
      expect(await verdict()).toMatchObject({ is_whole: false, broken_at: at });
    });

    test("that was written anew is found by whoever kept an earlier end", async () => {
      const { end } = await verdict();
      const kept = `?seq=${end.seq}&hash=${end.hash}`;
      await asOfficeToken(office, "/api/users", newUser("later"));
      expect(await verdict(kept)).toMatchObject({ is_whole: true });
      await office.begin();
      for (const name of ["ann", "bob", "mallory", "later"])
        await asOfficeToken(office, "/api/users", newUser(name));
      expect(await verdict()).toMatchObject({ is_whole: true });
      expect(await verdict(kept)).toMatchObject({ is_whole: false, broken_at: 3 });
    });

    test("numbers what several change at once without a hole", async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (__, index) =>
          asOfficeToken(office, "/api/users", newUser(`at-once-${index}`)),
        ),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(await verdict()).toMatchObject({ is_whole: true, end: { seq: 15 } });
    });

    test("is read a page at a time, and knows what a facility was sent and by whom", async () => {
      const notice = { kind: "notice", body: { notice_id: "n", text: "Snow" } };
      for (let order = 0; order < 101; order += 1) await office.order("north", notice);
      const first = await office.look<AuditPage>("/api/audit/main?action=directive-issued");
      expect([first.lines.length, first.next]).toEqual([100, 5]);
      expect(first.lines[0]).toMatchObject({
        facility_id: "north",
        actor: { kind: "office-token" },
        after: { kind: "notice", number: 101 },
        address: "here",
      });
      const rest = await office.look<AuditPage>(
        `/api/audit/main?action=directive-issued&before=${first.next}`,
      );
      expect([rest.lines.length, rest.next]).toEqual([1, null]);
    });
  });
});
