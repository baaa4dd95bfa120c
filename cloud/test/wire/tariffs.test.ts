import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteStay } from "@gatehouse/edge/domain/quote";
import { tariffInForce } from "@gatehouse/edge/store/rights";
import type { AuditPage } from "@gatehouse/shared/contracts/audit";
import type { Problem } from "@gatehouse/shared/contracts/problem";
import {
  ReplayTold,
  StaysTested,
  TariffDraft,
  TariffsTold,
} from "@gatehouse/shared/contracts/rules/tariffs";
import { defaultTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import { priceStay } from "@gatehouse/shared/tariff/price";
import { hours, type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeAtWork } from "../edge-at-work.ts";
import { EdgeLedger, noon } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { requestId } from "../office-people.ts";

const base = "/v1/facilities/north";
const day = hours(24);
const card = { name: "North", timezone: "Europe/Berlin", currency: "EUR", locale: "de" };

/** Two euros an hour from noon on, so many days later. */
const draft = (version: number, inDays: number, price = 2): Tariff => ({
  tariff_id: "city",
  version,
  name: "City",
  currency: "EUR",
  valid_from: isoOf(later(noon, (inDays * day) as typeof day)),
  rates: [{ name: "day", price, per: "1 h" }],
  tax: { percent: 19, prices: "inclusive" },
});

describeWithPostgres("tariffs at head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });
  afterAll(() => postgres.stop());

  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    office.request(`${base}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${officeToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const publish = (tariff: object, more: object = {}): Promise<Response> =>
    send("POST", "tariffs", { request_id: requestId(), tariff, ...more });
  const saidBy = async (response: Response): Promise<string> =>
    `${response.status} ${((await response.json()) as Problem).type ?? ""}`.trim();
  const told = async (): Promise<TariffsTold> =>
    TariffsTold.parse(await office.look(`${base}/tariffs`));
  /** What of each version is said, the newest first. */
  const versions = async (): Promise<string[]> =>
    (await told()).versions.map(({ version, state, place }) => `${version} ${state} ${place}`);

  test("one is sent with its notice, and is planned, in force and past as time goes by", async () => {
    expect((await publish(draft(1, 14))).status).toBe(201);
    expect((await publish(draft(2, 20, 3))).status).toBe(201);
    expect(await versions()).toEqual(["2 sent planned", "1 sent planned"]);
    await office.clock.advance(hours(24 * 15));
    expect(await versions()).toEqual(["2 sent planned", "1 sent in-force"]);
    await office.clock.advance(hours(24 * 15));
    const { timeline } = await told();
    expect(await versions()).toEqual(["2 sent in-force", "1 sent past"]);
    expect(timeline).toEqual([
      {
        tariff_id: "city",
        version: 1,
        from: draft(1, 14).valid_from,
        until: draft(2, 20).valid_from,
      },
      { tariff_id: "city", version: 2, from: draft(2, 20).valid_from, until: null },
    ]);
    const { lines } = await office.look<AuditPage>("/api/audit/main?action=tariff-published");
    expect(lines[0]).toMatchObject({ before: draft(1, 14), after: { version: 2 } });
  });

  test("one that comes sooner than its notice needs a reason, which is kept", async () => {
    expect(await saidBy(await publish(draft(1, 3)))).toBe("409 notice-needed");
    expect((await publish(draft(1, 3), { why: "The fair begins on Monday." })).status).toBe(201);
    expect((await told()).versions[0]).toMatchObject({ why: "The fair begins on Monday." });
    const notice = { request_id: requestId(), notice_days: 2 };
    expect((await send("PUT", "tariff-notice", notice)).status).toBe(204);
    expect(await told()).toMatchObject({ notice_days: 2, earliest: isoOf(later(noon, hours(48))) });
    expect((await publish(draft(2, 3))).status).toBe(201);
  });

  test.each<[string, object, string]>([
    ["of a version that was sent", draft(1, 20, 9), "409 version-known"],
    ["of a time that is over", { ...draft(2, -9), valid_to: isoOf(noon) }, "409 never-in-force"],
    ["that a later version hides", { ...draft(2, -9) }, "409 never-in-force"],
    ["that is none", { ...draft(2, 20), rates: [] }, "422 not-understood"],
    ["in another currency", { ...draft(2, 20), currency: "CHF" }, "422 not-understood"],
  ])("one %s is refused and not sent", async (_, tariff, said) => {
    await office.send(new EdgeLedger().write("epoch-begun", begun).batch(1, 1, { facility: card }));
    await publish(draft(1, -1), { why: "the first" });
    expect(await saidBy(await publish(tariff, { why: "now" }))).toBe(said);
    expect(await office.rows("select number from directives")).toHaveLength(1);
  });

  test("one that is not in force yet is taken back by the one before it", async () => {
    await publish(draft(1, -1), { why: "the first" });
    await publish(draft(2, 20, 9));
    const withdraw = (version: number): Promise<Response> =>
      send("POST", `tariffs/city/${version}/withdraw`, { request_id: requestId(), why: "a typo" });
    expect(await saidBy(await withdraw(1))).toBe("409 not-planned");
    expect(await saidBy(await withdraw(7))).toBe("404 no-such-tariff");
    expect(await (await withdraw(2)).json()).toEqual({ tariff_id: "city", version: 3, number: 3 });
    expect(await versions()).toEqual(["3 sent planned", "2 withdrawn never", "1 sent in-force"]);
    const [last] = await office.rows<{ body: Tariff }>(
      "select body from directives where number = 3",
    );
    expect(last?.body).toMatchObject({
      valid_from: draft(2, 20).valid_from,
      rates: draft(1, 0).rates,
    });
    expect(await saidBy(await withdraw(2))).toBe("409 not-planned");

    await office.rows("truncate tariffs");
    await publish(draft(9, 20));
    expect(await saidBy(await withdraw(9))).toBe("409 nothing-before");
  });

  test("a draft may be wrong, belongs to nobody alone, and is gone once it is sent", async () => {
    const keep = (tariff: object, version: number): Promise<Response> =>
      send("PUT", "tariff-drafts/d1", { request_id: requestId(), version, tariff });
    expect((await keep({ name: "Half", rates: "?" }, 0)).status).toBe(200);
    expect(await saidBy(await keep({ name: "Other" }, 0))).toBe("409 changed-meanwhile");
    expect((await told()).drafts).toMatchObject([{ draft_id: "d1", name: "Half", version: 1 }]);
    const second = TariffDraft.parse(await (await keep(draft(1, 20), 1)).json());
    expect(second).toMatchObject({ version: 2, complaints: 0, body: { tariff_id: "city" } });
    expect((await publish(second.body, { draft_id: "d1" })).status).toBe(201);
    expect((await send("GET", "tariff-drafts/d1")).status).toBe(404);
    await keep({}, 0);
    expect((await send("DELETE", "tariff-drafts/d1")).status).toBe(204);
    expect(await saidBy(await send("DELETE", "tariff-drafts/d1"))).toBe("404 no-such-draft");
  });

  test("made-up stays are priced line by line as the engine does, on the facility's own clock", async () => {
    await office.send(new EdgeLedger().write("epoch-begun", begun).batch(1, 1, { facility: card }));
    await office.rows("insert into holidays values ('north', '2026-12-24', 'Eve')");
    const tariff = {
      ...draft(1, 0),
      rates: [{ name: "holiday", when: { days: ["holiday"] }, price: 0 }, ...draft(1, 0).rates],
      lost_ticket: { charge: "flat", price: 25 },
      exit_grace: "10 min",
    };
    const stay = { vehicle_class: "car", entry: "2026-12-23T22:30", exit: "2026-12-24T02:00" };
    const body = {
      tariff,
      stays: [
        stay,
        { ...stay, lost_ticket: true },
        {
          ...stay,
          entry: "2026-12-23T10:00",
          exit: "2026-12-23T11:09",
          paid_at: "2026-12-23T11:00",
        },
        { ...stay, exit: "2026-02-31T10:00" },
        { ...stay, exit: "2026-12-01T10:00" },
      ],
    };
    const tested = StaysTested.parse(await (await send("POST", "tariffs/test-stays", body)).json());
    expect(tested.complaints).toEqual([]);
    expect(tested.stays).toMatchObject([
      {
        kind: "price",
        total_minor: 400,
        lines: [
          { rule: "day", from: "2026-12-23T21:30:00.000Z", minor: 400, explain: { price: "2" } },
          { rule: "holiday", to: "2026-12-24T01:00:00.000Z", minor: 0 },
        ],
      },
      { total_minor: 2500 },
      { total_minor: 200 },
      { kind: "refused" },
      { kind: "refused" },
    ]);
    const wrong = { ...body, tariff: { ...tariff, rates: [{ price: "x", per: "1 h" }] } };
    const answer = StaysTested.parse(
      await (await send("POST", "tariffs/test-stays", wrong)).json(),
    );
    expect(answer.stays).toEqual([]);
    expect(answer.complaints.map(({ path }) => path)).toContain("rates[0].price");
    expect(await (await send("POST", "tariffs/check", { tariff: wrong.tariff })).json()).toEqual({
      complaints: answer.complaints,
    });
  });

  test("a month is replayed to the cent: the sum of the engine over the raw stays", async () => {
    await publish({ ...defaultTariff, version: 1 }, { why: "the first" });
    const ledger = new EdgeLedger();
    let [seed, charged, drafted] = [7, 0, 0];
    const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    const wanted = draft(1, 0, 3);
    const zone = { timezone: "Europe/Berlin", holidays: [] };
    for (let at = 0; at < 300; at += 1) {
      const entry = (noon - next(20 * day) - 2 * day) as Instant;
      const exit = later(entry, minutes(1 + next(600)));
      const isFree = at % 10 === 0;
      const price = (tariff: Tariff): number => {
        const priced = priceStay({ tariff, zone, vehicleClass: "car", entry, exit });
        return priced.kind === "price" ? priced.total : Number.NaN;
      };
      const total = isFree ? 0 : price(defaultTariff);
      charged += total;
      drafted += isFree ? 0 : price(wanted);
      writeEnded(ledger, `s${at}`, { entry, exit, total, permit: isFree ? "P-1" : null });
    }
    writeEnded(
      ledger,
      "guessed",
      { entry: noon, exit: noon, total: 0, permit: null },
      "closed-assumed",
    );
    for (let first = 1; first <= ledger.written; first += 500)
      await office.send(ledger.batch(first, first + 499, { facility: card }));

    const asked = { tariff: wanted, from: "2026-10-25", to: "2026-11-20" };
    const replayed = ReplayTold.parse(await (await send("POST", "tariffs/replay", asked)).json());
    expect(replayed).toMatchObject({ stays: 300, charged_minor: charged, draft_minor: drafted });
    expect(replayed.more.minor - replayed.less.minor).toBe(drafted - charged);
    expect(replayed.more.stays + replayed.less.stays + replayed.same).toBe(300);
    expect(replayed.kept).toEqual([{ reason: "permit", stays: 30 }]);
    expect(replayed.left_out).toEqual([{ reason: "exit-assumed", stays: 1 }]);
    expect(replayed.reproduced).toEqual({ stays: 270, matched: 270 });
    expect(replayed.by_day.reduce((sum, row) => sum + row.draft_minor, 0)).toBe(drafted);
    expect(replayed.largest.length).toBeLessThanOrEqual(20);
    expect((await send("POST", "tariffs/replay", { ...asked, tariff: {} })).status).toBe(422);
  });

  test("one that is planned at head office prices the stays at the facility from its moment on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gatehouse-tariffs-"));
    const edge = new EdgeAtWork(office, join(folder, "book"));
    try {
      await edge.start();
      await publish(draft(1, -1), { why: "the first" });
      await publish(draft(2, 20, 9));
      await office.clock.advance(minutes(3));
      expect(await versions()).toEqual(["2 applied planned", "1 applied in-force"]);
      const pays = (entry: Instant): number => {
        const tariff = tariffInForce(edge.book, entry);
        if (tariff === undefined) throw new Error("the facility has no tariff");
        return quoteStay({
          tariff,
          zone: { timezone: "Europe/Berlin", holidays: [] },
          vehicleClass: "car",
          entry,
          entrySteady: 0,
          nowSteady: hours(2),
          paid: 0,
          hasPermit: false,
          graceUntilSteady: undefined,
        }).total;
      };
      const from = later(noon, hours(24 * 20));
      expect([pays((from - 1) as Instant), pays(from)]).toEqual([400, 1800]);

      await send("POST", "tariffs/city/2/withdraw", { request_id: requestId(), why: "a typo" });
      await office.clock.advance(minutes(3));
      expect(pays(from)).toBe(400);

      const legacy = { ...draft(1, 30, 4), tariff_id: "city", name: "Another" };
      await office.order("north", { kind: "tariff", body: { ...legacy, version: 2 } });
      await office.clock.advance(minutes(3));
      expect((await office.rows("select result from directives order by number")).at(-1)).toEqual({
        result: "not-understood",
      });
    } finally {
      await edge.stop();
      rmSync(folder, { recursive: true });
    }
  });
});

const begun = { previous_epoch: 1, previous_seq: 0, forgotten: 0, retold: 0 };

function writeEnded(
  ledger: EdgeLedger,
  id: string,
  stay: { entry: Instant; exit: Instant; total: number; permit: string | null },
  outcome: "closed" | "closed-assumed" = "closed",
): void {
  const [entry, exit] = [isoOf(stay.entry), isoOf(stay.exit)];
  const session = { session_id: id, lane_id: "entry-1" };
  ledger
    .write(
      "session-pending",
      {
        ...session,
        plate: `X${id.toUpperCase()}`,
        raw_plate: "X",
        vehicle_class: "car",
        tariff_id: "default",
        tariff_version: 1,
        permit_id: stay.permit,
        steady_ms: 1,
      },
      entry,
    )
    .write("session-opened", { ...session, entry_at: entry, steady_ms: 1, assumed: false }, entry)
    .write(
      "session-closed",
      {
        ...session,
        exit_at: exit,
        duration_s: Math.floor((stay.exit - stay.entry) / 1000),
        total_minor: stay.total,
        paid_minor: stay.total,
        owed_minor: 0,
        outcome,
      },
      exit,
    );
}
