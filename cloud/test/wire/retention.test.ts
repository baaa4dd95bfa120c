import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RetentionReport } from "@gatehouse/shared/contracts/retention";
import type { UserAnalytics } from "@gatehouse/shared/contracts/reports/analytics";
import { hours, type Instant, isoOf } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { retentionRules } from "../../src/domain/retention/rules.ts";
import { retentionJob } from "../../src/jobs/retention-job.ts";
import { archive } from "../../src/main-archive.ts";
import { watchFacilities } from "../../src/store/alerts/watch.ts";
import { ArchiveFolder } from "../../src/store/retention/archive-folder.ts";
import { facilityClearings, peopleClearings } from "../../src/store/retention/clearing.ts";
import { plateTables } from "../../src/store/retention/plates.ts";
import { retentionRound } from "../../src/store/retention/round.ts";
import { EdgeLedger, noon, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, officeToken, TestOffice } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";
import { tellPast, townFacility } from "./town-history.ts";

const dayMs = 86_400_000;
const begin = Date.UTC(2026, 9, 14) as Instant;
const days = 12;

describeWithPostgres("what is past its term", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  let path: string;
  const town = townFacility(0, begin, 0.2);
  const site = town.plan.facilityId;

  beforeAll(async () => {
    postgres = await startPostgres();
    path = mkdtempSync(join(tmpdir(), "gatehouse-archive-"));
    office = await new TestOffice(postgres.database, [site, "north"]).begin();
    await tellPast(office, town, 24 * days);
  }, 120_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(path, { recursive: true, force: true });
  });

  const round = (daysLater: number): Promise<number | undefined> =>
    retentionRound({
      database: postgres.database,
      key: officeKey,
      folder: new ArchiveFolder(path),
      now: (begin + (days + daysLater) * dayMs) as Instant,
      isOver: () => false,
    });
  const command = async (...args: string[]): Promise<{ code: number; said: string[] }> => {
    const said: string[] = [];
    const note = (line: string): void => void said.push(line);
    return {
      code: await archive([...args, "--archive", path], {}, { log: note, error: note }),
      said,
    };
  };
  const count = async (table: string, where = "true"): Promise<number> =>
    (await office.rows<{ n: number }>(`select count(*) as n from ${table} where ${where}`))[0]?.n ??
    0;
  /** What head office tells of the archive once it has looked at its facilities. */
  const archiveAlerts = async (): Promise<string[]> => {
    await watchFacilities(postgres.database, office.clock.now());
    const rows = await office.rows<{ facility_id: string; is_over: boolean }>(
      `select facility_id, resolved_at is not null as is_over from alerts
       where alert_type = 'archive-stopped' order by 1`,
    );
    return rows.map(({ facility_id, is_over }) => `${facility_id} ${is_over ? "over" : "open"}`);
  };
  const report = (): Promise<RetentionReport> =>
    office.look(`/v1/facilities/${site}/reports/retention`);

  test("is decided for every table, and what is decided is also done", async () => {
    const tables = await office.rows<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'gatehouse_migrations'",
    );
    const ruled = new Set(retentionRules.map(({ table }) => table));
    expect([...ruled].toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
    const of = (...acts: string[]): string[] =>
      retentionRules.flatMap(({ act, table }) => (acts.includes(act) ? [table] : [])).toSorted();
    const cleared = [...facilityClearings, ...peopleClearings].map(({ table }) => table);
    expect([...cleared, "archive_files"].toSorted()).toEqual(of("delete", "thin"));
    expect(plateTables.map(({ table }) => table).toSorted()).toEqual(of("pseudonymise"));
  });

  describe("as raw lines", () => {
    let figures: unknown;
    let sums: unknown;
    const readSums = (): Promise<unknown> =>
      Promise.all(
        [
          "zone_hours",
          "lane_hours",
          "space_days",
          "event_days",
          "facility_hours",
          "staff_days",
        ].map((table) =>
          office.rows(`select * from ${table} where facility_id = $1 order by 2, 3, 4`, [site]),
        ),
      );
    const look = (): Promise<unknown> =>
      office
        .look<{ figures: unknown }>(
          `/v1/facilities/${site}/reports/kpis?from=2026-10-14&to=2026-10-25`,
        )
        .then((told) => told.figures);

    beforeAll(async () => {
      [figures, sums] = [await look(), await readSums()];
    });

    test("stays while it is young", async () => {
      const held = await count("ledger_lines");
      await round(20);
      expect(await count("ledger_lines")).toBe(held);
      expect(readdirSync(path)).toEqual([]);
    });

    test("goes into files that prove themselves, and every figure stays", async () => {
      const held = await office.heldTexts(site);
      await round(120);
      const left = await office.heldTexts(site);
      // A restore has begun another epoch, so that nothing of the first is left.
      expect(left).toEqual([]);
      const read = await command("read", site, "--epoch", "1", "--plates");
      expect(read.said).toEqual(held);
      const { code, said } = await command("verify");
      expect([code, said]).toEqual([0, [expect.stringMatching(/^whole: \d+ files, /)]]);
      expect(await look()).toEqual(figures);
      const { archive: kept, last_round } = await report();
      expect(kept.lines).toBe(held.length);
      expect(kept.files).toBeGreaterThan(10);
      expect(last_round).toMatchObject({ trouble: null, has_more: false });
    });

    test("is read without plates unless somebody asks for them", async () => {
      const { said } = await command("read", site, "--to", "200");
      const plates = await office.rows<{ plate: string }>(
        "select distinct plate from sessions where plate <> ''",
      );
      expect(said.length).toBeGreaterThan(100);
      for (const { plate } of plates) expect(said.join()).not.toContain(plate);
    });

    test("is not gone twice", async () => {
      const files = await count("archive_files");
      await round(121);
      expect(await count("archive_files")).toBe(files);
    });

    test("still makes the sums when the facility turns out to be in another zone", async () => {
      await office.rows("update facilities set timezone = 'Asia/Kolkata' where facility_id = $1", [
        site,
      ]);
      await round(122);
      expect(await readSums()).not.toEqual(sums);
      await office.rows("update facilities set timezone = $2 where facility_id = $1", [
        site,
        town.plan.card.timezone,
      ]);
      await round(123);
      expect(await readSums()).toEqual(sums);
    });

    test("leaves the sums as they are, and says so, when a file is not what it was", async () => {
      const [file] = await new ArchiveFolder(path).manifests(site);
      const name = join(path, site, file?.sha256.slice(0, 2) ?? "", `${file?.sha256}.ndjson.gz`);
      const whole = readFileSync(name);
      const bytes = Buffer.from(whole);
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      writeFileSync(name, bytes);
      await office.rows("update facilities set timezone = 'Asia/Kolkata' where facility_id = $1", [
        site,
      ]);
      await round(124);
      expect(await readSums()).toEqual(sums);
      expect((await report()).last_round?.trouble).toContain("bytes were changed");
      expect(await archiveAlerts()).toEqual([`${site} open`]);
      expect((await command("verify")).code).toBe(2);
      rmSync(name);
      expect((await command("verify")).said.join()).toContain("the file is gone");
      writeFileSync(name, whole);
      expect((await command("verify")).code).toBe(0);
      await office.rows("update facilities set timezone = $2 where facility_id = $1", [
        site,
        town.plan.card.timezone,
      ]);
      await round(124);
      expect(await archiveAlerts()).toEqual([`${site} over`]);
    });

    test("goes on at the other facilities when one breaks", async () => {
      const ranAt = (): Promise<{ facility_id: string; ran_at: Date; trouble: string | null }[]> =>
        office.rows("select facility_id, ran_at, trouble from retention_rounds order by 1 desc");
      await office.rows("update facilities set timezone = 'Mars/Base' where facility_id = 'north'");
      await round(125);
      const [broken, whole] = (await ranAt()).toSorted((a) => (a.facility_id === "north" ? -1 : 1));
      expect(broken?.trouble).toContain("Mars/Base");
      expect(whole).toMatchObject({ trouble: null, ran_at: broken?.ran_at });
      await office.rows("update facilities set timezone = 'UTC' where facility_id = 'north'");
      await round(125);
      expect((await ranAt()).map(({ trouble }) => trouble)).toEqual([null, null]);
    });
  });

  describe("as plates", () => {
    test("becomes a pseudonym that still counts visits, once the stay is closed and paid", async () => {
      const users = (): Promise<UserAnalytics> =>
        office.look(`/v1/facilities/${site}/reports/users?from=2026-10-14&to=2026-10-24`);
      const told = await users();
      const readable = "plate <> '' and plate not like '~%'";
      const old = `exit_at < '${isoOf((begin + days * dayMs) as Instant)}'`;
      const isOwing = `exists (select from debts where debts.session_id = sessions.session_id and debts.state = 'open')
        or exists (select from violations as v where v.session_id = sessions.session_id and v.status not in ('paid', 'waived'))`;
      await round(130);
      const open = "state in ('open', 'settled', 'pending')";
      expect(
        await count("sessions", `${readable} and not ${open} and ${old} and not (${isOwing})`),
      ).toBe(0);
      expect(await count("sessions", "plate like '~%'")).toBeGreaterThan(100);
      expect(await count("sessions", "plate like '~%' and raw_plate is not null")).toBe(0);
      expect(await count("sessions", `${readable} and (${isOwing})`)).toBeGreaterThan(0);
      const { about: _, vehicles, ...rest } = await users();
      const { about: __, vehicles: before, ...same } = told;
      expect(rest).toMatchObject({ visits: same.visits, permit_visits: same.permit_visits });
      // Whoever still owes stands there under their plate, and under the pseudonym of their other stays.
      expect(vehicles).toBeGreaterThanOrEqual(before);
      expect(vehicles).toBeLessThan(before * 1.1);
    });
  });

  describe("as facts of money", () => {
    test("stays for the year it is of and ten whole ones, then it goes", async () => {
      const tables = ["payments", "postings", "documents", "sessions"];
      const counts = (): Promise<number[]> =>
        Promise.all(tables.map((table) => count(table, `facility_id = '${site}'`)));
      const before = await counts();
      await round((Date.UTC(2036, 11, 30) - begin) / dayMs - days);
      expect(await counts()).toEqual(before);
      await round((Date.UTC(2037, 0, 2) - begin) / dayMs - days);
      const [payments, postings] = await counts();
      expect([payments, postings]).toEqual([0, 0]);
      expect(readdirSync(join(path, site)).filter((name) => name.endsWith(".json"))).toEqual([]);
      const { log } = await report();
      expect(log.find(({ table }) => table === "payments")).toMatchObject({
        act: "deleted",
        rows: before[0],
      });
    });
  });

  describe("of a facility that goes on", () => {
    const at = (day: number): string => isoOf((noon + day * dayMs) as Instant);
    /** Five quiet days of which every line has its day's moment. */
    const quiet = (): EdgeLedger => {
      const ledger = new EdgeLedger();
      for (let day = 0; day < 5; day += 1)
        for (let n = 0; n < 600; n += 1)
          ledger.write("alert-resolved", { alert_id: `a${n}`, by: { kind: "system" } }, at(day));
      return ledger;
    };
    const send = async (ledger: EdgeLedger, from = 1, to = ledger.written): Promise<void> => {
      for (let first = from; first <= to; first += 500)
        await office.send(ledger.batch(first, Math.min(to, first + 499)));
    };

    beforeEach(async () => {
      await office.begin();
      rmSync(path, { recursive: true, force: true });
    });

    test("keeps its newest lines, takes old ones again, and goes on with the chain", async () => {
      const ledger = quiet();
      await send(ledger);
      await round(500);
      expect(await count("ledger_lines")).toBe(2_000);
      expect((await office.upload(ledger.batch(1, 500))).status).toBe(200);
      expect((await office.upload(ledger.batch(800, 1_250))).status).toBe(200);
      const other = new EdgeLedger();
      for (let n = 0; n < 1_250; n += 1)
        other.write("alert-resolved", { alert_id: "x", by: { kind: "system" } });
      expect((await office.upload(other.batch(800, 1_250))).status).toBe(409);
      writeStay(ledger, "1");
      await send(ledger, 3_001);
      expect((await command("verify")).code).toBe(0);
    });

    test("is written again where the process died before the lines had left the database", async () => {
      const ledger = quiet();
      await send(ledger);
      await office.rows(`create function fails() returns trigger language plpgsql as
        $$ begin raise exception using errcode = '57014'; end $$`);
      await office.rows(
        "create trigger fails before insert on archive_files execute function fails()",
      );
      await expect(round(500)).rejects.toMatchObject({ code: "57014" });
      expect((await command("list")).said).toHaveLength(1);
      await office.rows("drop function fails cascade");
      for (let n = 0; n < 700; n += 1)
        ledger.write("alert-resolved", { alert_id: `b${n}`, by: { kind: "system" } }, at(1));
      await send(ledger, 3_001);
      await round(501);
      expect((await command("verify")).code).toBe(0);
      const [held] = await office.rows<{ lines: number }>(
        "select sum(last_seq - first_seq + 1)::integer as lines from archive_files",
      );
      expect((held?.lines ?? 0) + (await count("ledger_lines"))).toBe(3_700);
    });

    test("is gone through by head office itself, and not after it has stopped", async () => {
      await send(quiet());
      const { clock } = office;
      const job = retentionJob({
        database: postgres.database,
        clock,
        key: officeKey,
        log: silentLog,
        archiveFolder: path,
      });
      await clock.advance(hours(24 * 100));
      await job.start();
      await clock.advance(hours(1));
      await expect.poll(() => count("archive_files"), { timeout: 20_000 }).toBeGreaterThan(0);
      await job.stop();
      await office.rows("delete from retention_rounds");
      await clock.advance(hours(24));
      expect(await count("retention_rounds")).toBe(0);
    });

    test("is held back where a line may still be understood", async () => {
      const ledger = new EdgeLedger().writeAny("drone-landed", { pad: 7 }, at(0));
      for (const line of quiet().lines)
        ledger.writeAny("alert-resolved", (JSON.parse(line.text) as { body: never }).body, at(0));
      await send(ledger);
      await round(200);
      expect(await count("archive_files")).toBe(0);
      await round(600);
      expect(await count("archive_files")).toBeGreaterThan(0);
    });

    test("is not archived where a line in the database was changed", async () => {
      await send(quiet());
      await office.rows("update ledger_lines set text = text || ' ' where seq = 300");
      await round(500);
      expect(await count("ledger_lines")).toBe(3_000);
      const told = await office.look<RetentionReport>("/v1/facilities/north/reports/retention");
      expect(told.last_round?.trouble).toContain("line 1/300 in the database does not follow");
    });

    test("takes the terms that somebody sets, within what law asks, and the audit keeps them", async () => {
      const order = (settings: object): Promise<Response> =>
        office.request("/v1/facilities/north/retention", {
          method: "POST",
          headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
          body: JSON.stringify({ request_id: "r1", settings, why: "a test" }),
        });
      const usual = { raw_days: 90, plate_days: 30, staff_days: 400, money_years: 10 };
      expect((await order({ ...usual, money_years: 5 })).status).toBe(422);
      expect((await order(usual)).status).toBe(204);
      const told = await office.look<RetentionReport>("/v1/facilities/north/reports/retention");
      expect(told.settings).toEqual(usual);
      const [line] = await office.rows<{ text: string }>(
        "select text from audit_lines where action = 'retention-set'",
      );
      expect(JSON.parse(line?.text ?? "{}")).toMatchObject({
        before: { plate_days: 90 },
        after: { plate_days: 30 },
        why: "a test",
      });
    });
  });
});
