import { readFileSync } from "node:fs";
import { HttpCloudLink } from "@gatehouse/edge/adapters/cloud/http-cloud-link";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Headquarters } from "../../src/headquarters.ts";
import { migrate } from "../../src/store/migrate.ts";
import { ifMine } from "../../src/store/locked.ts";
import { makeDueReports } from "../../src/store/reports/due.ts";
import { EdgeLedger, noon, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, officeToken, TestOffice, tokenOf } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";

const journal = new URL("../../src/store/migrations/meta/_journal.json", import.meta.url);
const { entries } = JSON.parse(readFileSync(journal, "utf8")) as { readonly entries: unknown[] };
const migrations = entries.length;

describeWithPostgres("two processes of head office on one database", () => {
  let postgres: TestPostgres;
  let one: TestOffice;
  let other: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    one = new TestOffice(postgres.database);
    other = new TestOffice(postgres.another());
  });
  beforeEach(() => one.begin());
  afterAll(() => postgres.stop());

  test("make the schema together and once", async () => {
    await postgres.database.pool.query("create schema fresh");
    const fresh = [postgres.another(), postgres.another(), postgres.another()];
    for (const { pool } of fresh)
      pool.on("connect", (client) => void client.query("set search_path to fresh"));
    const applied = await Promise.all(fresh.map((database) => migrate(database)));
    expect(applied.toSorted((a, b) => a - b)).toEqual([0, 0, migrations]);
  });

  test("take the same batches at the same moment exactly once", async () => {
    const ledger = new EdgeLedger();
    for (let car = 0; car < 40; car += 1) writeStay(ledger, `${car}`);
    for (let first = 1; first <= ledger.written; first += 25) {
      const batch = ledger.batch(first, first + 24);
      const answers = await Promise.all([
        one.upload(batch),
        other.upload(batch),
        one.upload(batch),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    }
    expect(await one.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
    const [sums] = await one.rows("select captured_minor, entries, exits from facility_days");
    expect(sums).toEqual({ captured_minor: 40 * 250, entries: 40, exits: 40 });
  });

  test("take a ledger in turns, whatever each remembers of it", async () => {
    const ledger = new EdgeLedger();
    for (let car = 0; car < 12; car += 1) writeStay(ledger, `${car}`);
    for (let first = 1; first <= ledger.written; first += 10) {
      const office = first % 40 === 1 ? other : one;
      const ack = await office.send(ledger.batch(first, first + 9));
      expect(ack.acked_seq).toBe(first + 9);
    }
    expect(await one.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
    const [sums] = await one.rows("select captured_minor, entries, exits from facility_days");
    expect(sums).toEqual({ captured_minor: 12 * 250, entries: 12, exits: 12 });
  });

  test("take batches that were sent ahead to either of them: each waits for the one ahead of it", async () => {
    await Promise.all([one.headquarters.start(), other.headquarters.start()]);
    const ledger = new EdgeLedger();
    for (let car = 0; car < 20; car += 1) writeStay(ledger, `${car}`);
    await one.send(ledger.batch(1, 10));
    const acks = await Promise.all(
      Array.from({ length: 19 }, (_, ten) =>
        (ten % 2 === 0 ? other : one).send(ledger.batch(ten * 10 + 11, ten * 10 + 20)),
      ),
    );
    expect(acks.map(({ acked_seq }) => acked_seq)).toEqual(
      Array.from({ length: 19 }, (_, ten) => ten * 10 + 20),
    );
    expect(await one.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
    await Promise.all([one.headquarters.stop(), other.headquarters.stop()]);
  });

  test("make the calendar's reports together and once, and another goes on where one has ended", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    await one.send(ledger.batch());
    // The day is over, and the facility has told that it is.
    const later = (noon + 2 * 86_400_000) as Instant;
    await one.send(
      ledger
        .write("edge-started", { boot_id: "b", version: "1", clock_suspect: false }, isoOf(later))
        .batch(ledger.written),
    );
    const ids = (name: string) => {
      let made = 0;
      return () => `${name}-${(made += 1)}`;
    };
    const kept = async () =>
      (await one.rows<{ n: number }>("select count(*) as n from analytics_reports"))[0]?.n;
    const holders = () =>
      one.rows<{ pid: number }>(
        `select pid from pg_locks where locktype = 'advisory' and granted
           and database = (select oid from pg_database where datname = current_database())`,
      );
    const made = await Promise.all([
      makeDueReports(one.database, later, ids("one")),
      makeDueReports(other.database, later, ids("other")),
      makeDueReports(one.database, later, ids("third")),
    ]);
    const count = made.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    expect(count).toBeGreaterThan(0);
    expect(await kept()).toBe(count);
    expect(await makeDueReports(other.database, later, ids("again"))).toBe(0);

    // Whoever is at it dies: the lock goes with its connection.
    await one.rows("delete from analytics_reports");
    const working = Promise.withResolvers<void>();
    const dying = ifMine(postgres.another(), "calendar", () => working.promise);
    await expect.poll(holders).toHaveLength(1);
    expect(await makeDueReports(other.database, later, ids("waiting"))).toBeUndefined();
    await one.rows(`select pg_terminate_backend(${(await holders())[0]?.pid})`);
    await expect
      .poll(() => makeDueReports(other.database, later, ids("next")), { timeout: 15_000 })
      .toBe(count);
    expect(await kept()).toBe(count);
    working.resolve();
    await dying;
  });

  test("number their directives together without a hole", async () => {
    const order = { kind: "notice", body: { notice_id: "n", text: "Snow" } };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : other).order("north", order),
      ),
    );
    const numbers = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { number: number }).number),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });

  test("tell each other's viewers what changed", async () => {
    const listening = new Headquarters({
      database: postgres.another(),
      clock: new PacedClock(),
      random: new SeededRandom(1),
      log: silentLog,
      tokens: { office: officeToken, facilities: [] },
      key: officeKey,
    });
    await listening.start();
    try {
      const headers = { authorization: `Bearer ${officeToken}` };
      const live = await listening.app.request("/api/live", { headers });
      const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
      let heard = "";
      const hear = async (text: string): Promise<void> => {
        while (!heard.includes(text)) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`the line ended: ${heard}`);
          heard += value;
        }
      };
      await hear("event: beat");
      await one.send(writeStay(new EdgeLedger("south"), "1").batch());
      await hear('{"facility_ids":["south"]}');
      await other.order("north", { kind: "notice", body: { notice_id: "n", text: "Snow" } });
      await hear('{"facility_ids":["north"]}');
      await reader.cancel();
      expect(heard).toMatch(/south[^]*north/);
    } finally {
      await listening.stop();
    }
  });

  test("an edge whose calls wander between them loses and doubles nothing, whatever the line does", async () => {
    const ledger = new EdgeLedger();
    for (let car = 0; car < 60; car += 1) writeStay(ledger, `${car}`, 100 + car);
    const random = new SeededRandom(11);
    const late: (() => Promise<unknown>)[] = [];
    const link = new HttpCloudLink({
      url: "http://office.example",
      facilityId: "north",
      token: tokenOf("north"),
      fetch: async (url, request) => {
        const office = random.fraction() < 0.5 ? one : other;
        const call = (): Promise<Response> => office.request(url, request);
        const weather = random.fraction();
        if (weather < 0.15) throw new TypeError("request lost");
        if (weather < 0.3) {
          late.push(call);
          throw new TypeError("no answer in time");
        }
        const answer = await call();
        if (weather < 0.45) throw new TypeError("answer lost");
        if (weather < 0.55) await call();
        return answer;
      },
    });
    let acked = 0;
    for (let talk = 0; acked < ledger.written; talk += 1) {
      expect(talk).toBeLessThan(2_000);
      const from = Math.max(0, acked - Math.floor(random.fraction() * 4));
      const length = 1 + Math.floor(random.fraction() * 30);
      const ahead = random.fraction() < 0.1 ? 5 : 0;
      const batch = ledger.batch(from + 1 + ahead, from + ahead + length);
      acked = await link.send(batch).then((ack) => ack.acked_seq, unreachable(acked));
      if (random.fraction() < 0.3) await late.shift()?.();
    }
    for (const call of late) await call();
    expect(await one.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
    const [sums] = await one.rows("select captured_minor, payments_captured from facility_days");
    expect(sums).toEqual({ captured_minor: 60 * 100 + (59 * 60) / 2, payments_captured: 60 });
    expect(await one.rows("select alert_id from alerts")).toEqual([]);
  });
});

/** The edge goes on from what it knows; anything else than a cut line is a bug. */
const unreachable =
  (known: number) =>
  (error: unknown): number => {
    if (error instanceof Fault && error.code === "cloud-unreachable") return known;
    throw error;
  };
