import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HttpCloudLink } from "@gatehouse/edge/adapters/cloud/http-cloud-link";
import { upload } from "@gatehouse/edge/flows/upload";
import { lastSeqOf } from "@gatehouse/edge/store/outbox";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { type Ack, type Batch, batchLineLimit } from "@gatehouse/shared/contracts/batch";
import { Fault } from "@gatehouse/shared/fault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CuttingProxy } from "../../../edge/test/simulation/cutting-proxy.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import {
  EmbeddedPostgres,
  embeddedDatabase,
  embeddedUser,
} from "../../src/store/embedded-postgres.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres } from "../embedded.ts";
import { TestOffice, tokenOf } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";

/** `GATEHOUSE_CHAOS_EVENTS=500000` is the long run. */
const events = Number(process.env["GATEHOUSE_CHAOS_EVENTS"] ?? "50000");
const facilityIds = ["east", "north", "south", "west"] as const;
const stops = 22;
/** Answers of the database that head office never gets, and answers of head office that no edge gets. */
const cuts = 50;
const linesOfStay = 10;
/** The embedded server gives up on one that dies this often in a row; a new one takes its folder over. */
const deathsOfOne = 6;
const limitMs = 30 * 60_000;

const priceOf = (car: number): number => 100 + (car % 997);

describeWithPostgres("head office whose database is torn away again and again", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-chaos-"));
  const open: Database[] = [];
  let server: EmbeddedPostgres;
  let proxy: CuttingProxy;
  let offices: readonly TestOffice[];

  const startServer = async (): Promise<void> => {
    server = new EmbeddedPostgres({ folder, log: silentLog });
    await server.start();
  };
  beforeAll(async () => {
    await startServer();
    proxy = new CuttingProxy(server.connection.host);
    await proxy.start();
    const host = proxy.folder;
    const through = (): TestOffice => {
      const database = openDatabase(
        { host, user: embeddedUser, database: embeddedDatabase },
        silentLog,
      );
      open.push(database);
      return new TestOffice(database, facilityIds);
    };
    offices = [through(), through()];
    await offices[0]!.headquarters.prepare();
  }, limitMs);
  afterAll(async () => {
    await Promise.all(open.map(({ pool }) => pool.end()));
    await proxy.stop();
    const { host } = server.connection;
    await server.stop();
    for (const each of [folder, host]) rmSync(each, { recursive: true, force: true });
  });

  /** `pg_ctl -m immediate`: nothing is finished, nothing is flushed; then it is started again. */
  const stopAtOnce = async (count: number): Promise<void> => {
    const { pid } = server;
    if (pid === undefined) return;
    process.kill(pid, "SIGQUIT");
    while (server.pid === pid) await sleep(5);
    if (count % deathsOfOne === 0) {
      await server.stop();
      await startServer();
    }
  };

  test("holds every line once, every hash and every cent", { timeout: limitMs }, async () => {
    const random = new SeededRandom(22);
    const cars = Math.floor(events / linesOfStay / facilityIds.length);
    const ledgers = facilityIds.map((facilityId) => {
      const ledger = new EdgeLedger(facilityId);
      for (let car = 0; car < cars; car += 1) writeStay(ledger, `${car}`, priceOf(car));
      return ledger;
    });
    const total = cars * linesOfStay * facilityIds.length;
    let [acked, stopped, cut, dropped] = [0, 0, 0, 0];

    const carryUp = async (ledger: EdgeLedger): Promise<void> => {
      const { facilityId } = ledger;
      // Mostly the same process, as behind a balancer that remembers; a batch sent ahead may come to the other one.
      let place = 0;
      const link = new HttpCloudLink({
        url: "http://office.example",
        facilityId,
        token: tokenOf(facilityId),
        fetch: async (url, request) => {
          if (random.fraction() < 0.2) place = 1 - place;
          const office = offices[place]!;
          const answer = await office.request(url, request);
          if (dropped * total >= acked * cuts) return answer;
          dropped += 1;
          throw new TypeError("answer lost");
        },
      });
      let held = 0;
      const next = (after: Batch | undefined): Batch | undefined => {
        const first = (after === undefined ? held : lastSeqOf(after)) + 1;
        return first > ledger.written ? undefined : ledger.batch(first, first + batchLineLimit - 1);
      };
      const keep = (batch: Batch, ack: Ack): boolean => {
        acked += ack.acked_seq - held;
        held = ack.acked_seq;
        return held >= lastSeqOf(batch);
      };
      while (held < ledger.written) {
        const end = await upload({ next, keep, send: (batch) => link.send(batch) }).catch(
          unreachable,
        );
        if (end === undefined) await sleep(10);
      }
    };
    const tearAway = async (): Promise<void> => {
      while (acked < total) {
        await sleep(Math.floor(random.fraction() * 15));
        if (cut * total < acked * cuts) {
          cut += 1;
          proxy.arm(1 + Math.floor(random.fraction() * 4), cut % 2 === 0 ? "before" : "after");
        }
        if (stopped * total < acked * stops) {
          stopped += 1;
          await stopAtOnce(stopped);
        }
      }
    };
    await Promise.all([tearAway(), ...ledgers.map(carryUp)]);
    proxy.disarm();
    expect([stopped, cut, dropped]).toEqual([stops, cuts, cuts]);

    const office = offices[0]!;
    const perCar = Array.from({ length: cars }, (_, car) => priceOf(car));
    const captured = perCar.reduce((sum, minor) => sum + minor, 0);
    for (const { facilityId, lines } of ledgers) {
      const rows = await office.rows<{ seq: number; hash: string }>(
        "select seq, hash from ledger_lines where facility_id = $1 order by seq",
        [facilityId],
      );
      expect(rows.length).toBe(lines.length);
      expect(
        rows.every(({ seq, hash }, index) => seq === index + 1 && hash === lines[index]?.hash),
      ).toBe(true);
      const [sums] = await office.rows(
        `select
           (select sum(amount_minor)::bigint from payments where facility_id = $1 and state = 'captured') as paid,
           (select sum(paid_minor)::bigint from sessions where facility_id = $1 and state = 'closed') as closed,
           (select sum(captured_minor)::bigint from facility_days where facility_id = $1) as days,
           (select sum(entries)::int from facility_days where facility_id = $1) as entries,
           (select count(*)::int from space_stays where facility_id = $1) as stays,
           (select lines_stored from facility_states where facility_id = $1) as stored`,
        [facilityId],
      );
      expect(sums).toEqual({
        paid: captured,
        closed: captured,
        days: captured,
        entries: cars,
        stays: cars,
        stored: lines.length,
      });
    }
    expect(await office.rows("select alert_id from alerts")).toEqual([]);
    expect(await office.rows("select seq from set_aside_lines")).toEqual([]);
  });
});

/** Whatever is lost or away is asked again; anything else is a bug. */
function unreachable(error: unknown): undefined {
  if (error instanceof Fault && error.code === "cloud-unreachable") return;
  throw error;
}
