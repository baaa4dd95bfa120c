import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditPage } from "@gatehouse/shared/contracts/audit";
import { Permit } from "@gatehouse/shared/contracts/directive";
import { AccessRule, type RulePage } from "@gatehouse/shared/contracts/rules/access";
import type { Problem } from "@gatehouse/shared/contracts/problem";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeLedger } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { requestId } from "../office-people.ts";

const base = "/v1/facilities/north";
const permit: Permit = {
  permit_id: "P-1",
  plates: ["AB12CDE", "BGH1234"],
  holder: "Ada Example",
  valid_from: "2026-11-01T00:00:00+01:00",
  valid_until: "2027-11-01T00:00:00+01:00",
};

describeWithPostgres("the registry of who may park", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(async () => {
    await office.begin();
  });
  afterAll(() => postgres.stop());

  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    office.request(`${base}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${officeToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const put = (rule: object, version?: number, headers: Record<string, string> = {}) =>
    send(
      "PUT",
      "permits/P-1",
      { request_id: requestId(), rule, ...(version === undefined ? {} : { version }) },
      headers,
    );
  const rules = async (path: string) => (await office.look<RulePage>(`${base}/${path}`)).rules;
  const problemOf = async (response: Response) => {
    const { type, errors } = (await response.json()) as Problem;
    const paths = errors?.map(({ path }) => path);
    return paths === undefined ? `${response.status} ${type}` : [response.status, type, paths];
  };
  const directives = () =>
    office.rows<{ number: number; kind: string; body: object }>(
      "select number, kind, body from directives order by number",
    );

  test("makes, changes and revokes a permit, each with its directive and its audit line", async () => {
    const made = await put(permit, 0);
    expect([made.status, made.headers.get("etag")]).toEqual([200, '"1"']);
    expect(AccessRule(Permit).parse(await made.json())).toMatchObject({
      state: "sent",
      standing: "now",
      directive_number: 1,
    });
    const changed = await put({ ...permit, holder: "Ada Other" }, undefined, { "if-match": '"1"' });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, '"2"']);
    await put({ ...permit, revoked: true }, 2);
    expect((await directives()).map(({ number, kind }) => `${number} ${kind}`)).toEqual([
      "1 permit",
      "2 permit",
      "3 permit",
    ]);
    const [kept] = await rules("permits?standing=ended");
    expect(kept).toMatchObject({ id: "P-1", version: 3, standing: "ended", directive_number: 3 });
    const { lines } = await office.look<AuditPage>("/api/audit/main?action=rule-changed");
    expect(lines.map(({ before, after }) => [before, after])).toMatchObject([
      [{ holder: "Ada Other" }, { revoked: true, directive: 3 }],
      [{ holder: "Ada Example" }, { holder: "Ada Other", directive: 2 }],
      [null, { holder: "Ada Example", directive: 1 }],
    ]);
  });

  test("lets nobody change what they have not seen, and does nothing twice", async () => {
    expect(await problemOf(await put(permit))).toBe("428 version-needed");
    const order = { request_id: requestId(), version: 0, rule: permit };
    const twice = [
      await send("PUT", "permits/P-1", order),
      await send("PUT", "permits/P-1", order),
    ];
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect(await directives()).toHaveLength(1);
    expect(await problemOf(await put(permit, 0))).toBe("409 changed-meanwhile");
    expect(await problemOf(await put(permit, undefined, { "if-match": '"7"' }))).toBe(
      "412 other-version",
    );
    const both = await Promise.all([
      put({ ...permit, holder: "X" }, 1),
      put({ ...permit, holder: "Y" }, 1),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  test.each([
    [{ ...permit, permit_id: "P-2" }, ["rule"]],
    [{ ...permit, valid_until: permit.valid_from }, ["rule.valid_until"]],
    [{ ...permit, plates: ["b-1"] }, ["rule.plates[0]"]],
    [{ ...permit, windwos: [] }, ["rule"]],
  ])("refuses what does not fit, and says where: %#", async (rule, paths) => {
    expect(await problemOf(await put(rule, 0))).toEqual([422, "not-understood", paths]);
    expect(await directives()).toEqual([]);
  });

  test("knows no permit of a pool that is not there", async () => {
    const pooled = { ...permit, pool_id: "staff" };
    expect(await problemOf(await put(pooled, 0))).toBe("422 no-such-pool");
    const pool = { pool_id: "staff", name: "Staff", capacity: 20, when_full: "refuse" };
    const made = await send("PUT", "pools/staff", {
      request_id: requestId(),
      version: 0,
      rule: pool,
    });
    expect(made.status).toBe(200);
    expect((await put(pooled, 0)).status).toBe(200);
    expect(await rules("permits?pool=staff")).toHaveLength(1);
    expect(await rules("permits?pool=other")).toEqual([]);
  });

  test("takes a CSV whole or not at all, with every complaint at its line", async () => {
    const head = "permit_id;plates;holder;valid_from;valid_until";
    const wrong = [
      head,
      "P-1;B-GH 1234 | AB12CDE;Ada;2026-11-01;2026-12-31",
      "P-2;;Bob;2026-11-01;2026-12-31",
      "P-1;X1;Cy;2026-11-01;2026-10-31",
    ].join("\r\n");
    const asked = (csv: string, more: object = {}) =>
      send("POST", "permits/import", { request_id: requestId(), csv, ...more });
    expect(await problemOf(await asked(wrong))).toEqual([
      422,
      "import-refused",
      ["line 3: plates", "line 4: valid_until", "line 4"],
    ]);
    expect(await directives()).toEqual([]);

    const right = `\u{FEFF}${head}\nP-1;B-GH 1234 | AB12CDE;"Ada; and Co";2026-11-01;2026-12-31\nP-2;X1;=1+1;2026-11-01;2026-12-31\n`;
    const check = await asked(right, { check_only: true });
    expect(await check.json()).toEqual({ made: 2, changed: 0, unchanged: 0 });
    expect(await directives()).toEqual([]);
    expect(await (await asked(right)).json()).toEqual({ made: 2, changed: 0, unchanged: 0 });
    expect(await directives()).toMatchObject([
      {
        number: 1,
        body: {
          plates: ["BGH1234", "AB12CDE"],
          holder: "Ada; and Co",
          valid_from: "2026-11-01T00:00:00.000Z",
          valid_until: "2027-01-01T00:00:00.000Z",
        },
      },
      { number: 2 },
    ]);

    const csv = await (await send("GET", "permits/export?format=csv")).text();
    expect(csv).toContain("'=1+1");
    expect(await (await asked(csv)).json()).toEqual({ made: 0, changed: 0, unchanged: 2 });
    expect(await directives()).toHaveLength(2);
  });

  test("finds by plate, name and reason, page by page", async () => {
    const lines = Array.from({ length: 25 }, (_, at) => `deny,X${at},unpaid ${at},,`);
    const csv = ["list,plate,reason,valid_until,removed", ...lines, "allow,Y1,the mayor,,"].join(
      "\n",
    );
    await send("POST", "lists/import", { request_id: requestId(), csv });
    expect((await rules("lists?search=MAYOR")).map(({ id }) => id)).toEqual(["allow:Y1"]);
    expect(await rules("lists?list=deny&limit=500")).toHaveLength(25);
    expect(await rules("lists?search=%25")).toEqual([]);
    const seen = new Set<string>();
    let cursor = "";
    do {
      const page = await office.look<RulePage>(`${base}/lists?limit=10${cursor}`);
      for (const { id } of page.rules) seen.add(id);
      cursor = page.next_cursor === null ? "" : `&cursor=${page.next_cursor}`;
    } while (cursor !== "");
    expect(seen.size).toBe(26);
    expect((await send("GET", "lists?cursor=nonsense")).status).toBe(422);
    expect((await send("GET", "lists?colour=red")).status).toBe(422);
  });

  test("shows how far a rule has come, and why the facility refused it", async () => {
    await put(permit, 0);
    const ledger = new EdgeLedger().write("directive-applied", {
      number: 1,
      kind: "permit",
      result: "not-understood",
      detail: "body.plates: too many",
    });
    await office.send(ledger.batch());
    expect(await rules("permits?state=refused")).toMatchObject([
      { state: "refused", detail: "body.plates: too many" },
    ]);
    await put({ ...permit, plates: ["AB12CDE"] }, 1);
    await office.send(
      ledger.write("directive-applied", { number: 2, kind: "permit", result: "applied" }).batch(2),
    );
    expect(await rules("permits")).toMatchObject([{ state: "applied", detail: null, version: 2 }]);
  });

  test("shows what people decided at the facility, and leaves it to them", async () => {
    const actor = { kind: "attendant", id: "berta" } as const;
    const entry = { list: "deny", plate: "X1", actor, reason: "why" } as const;
    const ledger = new EdgeLedger()
      .write("list-entry-changed", {
        ...entry,
        before: null,
        after: { reason: "rowdy", valid_until: null },
      })
      .write("visitor-changed", {
        visitor_id: "v1",
        actor,
        reason: "asked",
        before: null,
        after: {
          kind: "contractor",
          plate: "Y1",
          name: "Cy",
          host: null,
          valid_from: "2026-11-20T12:00:00.000Z",
          valid_until: "2026-11-21T12:00:00.000Z",
          entries_max: 2,
          ended: false,
        },
      });
    await office.send(ledger.batch());
    const order = { list: "deny", plate: "X1", reason: "unpaid" };
    await send("PUT", "lists/deny:X1", { request_id: requestId(), version: 0, rule: order });
    const both = await rules("lists?search=x1");
    expect(both.map(({ owner, state, changed_by }) => [owner, state, changed_by])).toEqual(
      expect.arrayContaining([
        ["head-office", "sent", null],
        ["facility", "told", "berta"],
      ]),
    );
    expect(await rules("visitors")).toMatchObject([
      { id: "v1", owner: "facility", body: { visitor_id: "v1", name: "Cy", entries_max: 2 } },
    ]);
    await office.clock.advance(minutes(1));
    await office.send(
      ledger
        .write("list-entry-changed", {
          ...entry,
          before: { reason: "rowdy", valid_until: null },
          after: null,
        })
        .batch(3),
    );
    expect(await rules("lists?owner=facility")).toMatchObject([
      { standing: "ended", body: { reason: "rowdy", removed: true } },
    ]);
  });

  test("of an older head office is taken over as it would have been written", async () => {
    const orders = [
      { kind: "permit", body: permit },
      { kind: "permit", body: { ...permit, holder: "Later" } },
      { kind: "pool", body: { pool_id: "staff", name: "Staff", capacity: 2, when_full: "let-in" } },
      { kind: "list-entry", body: { list: "deny", plate: "X1", reason: "gone", removed: true } },
      {
        kind: "reservation",
        body: {
          reservation_id: "r1",
          plate: "Z1",
          reserved_from: "2026-11-20T12:00:00Z",
          reserved_until: "2026-11-20T18:00:00Z",
          reservation_amount: 500,
          status: "cancelled",
          created_at: "2026-11-19T12:00:00Z",
        },
      },
      { kind: "tariff", body: { ...defaultTariff, version: 2, valid_to: "2030-01-01T00:00:00Z" } },
    ];
    for (const order of orders) expect((await office.order("north", order)).status).toBe(201);
    const actor = { kind: "attendant", id: "berta" } as const;
    const said = { reason: "rowdy", valid_until: "2026-12-01T00:00:00.000Z" };
    const visitor = {
      kind: "visitor",
      plate: "Y1",
      name: "Cy",
      host: null,
      valid_from: "2026-11-20T12:00:00.000Z",
      valid_until: "2026-11-21T12:00:00.000Z",
      entries_max: null,
    } as const;
    const entry = { list: "allow", plate: "Q1", actor, reason: "why" } as const;
    const told = { visitor_id: "v1", actor, reason: "asked" };
    await office.send(
      new EdgeLedger()
        .write("list-entry-changed", { ...entry, before: null, after: said })
        .write("list-entry-changed", { ...entry, plate: "Q2", before: null, after: said })
        .write("list-entry-changed", { ...entry, plate: "Q2", before: said, after: null })
        .write("visitor-changed", { ...told, before: null, after: { ...visitor, ended: false } })
        .write("visitor-changed", {
          ...told,
          before: { ...visitor, ended: false },
          after: { ...visitor, ended: true },
        })
        .batch(),
    );
    const columns = `kind, owner, rule_id, body, directive_number, valid_from, valid_until, is_ended,
      search, changed_at, changed_by`;
    const held = async () => [
      await office.rows(`select ${columns} from access_rules order by kind, owner, rule_id`),
      await office.rows("select * from tariffs"),
    ];
    const written = await held();
    expect(written[0]).toHaveLength(7);
    await office.rows("truncate access_rules, tariffs");
    const migration = join(import.meta.dirname, "../../src/store/migrations/0010_rules.sql");
    const statements = readFileSync(migration, "utf8").split("--> statement-breakpoint");
    for (const statement of statements.filter((each) => each.includes("INSERT INTO")))
      await office.rows(statement);
    expect(await held()).toEqual(written);
  });
});
