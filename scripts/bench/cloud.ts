import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { Headquarters } from "../../cloud/src/headquarters.ts";
import { type Database, openDatabase } from "../../cloud/src/store/database.ts";
import { EmbeddedPostgres } from "../../cloud/src/store/embedded-postgres.ts";
import { PacedClock } from "../../shared/src/paced-clock.ts";
import { batchLineLimit } from "../../shared/src/contracts/batch.ts";
import { SystemRandom } from "../../edge/src/adapters/system-random.ts";
import { cloudLedger, type CloudLedger } from "./cloud-ledger.ts";

/** Route and floor take turns, because the machine's other work comes and goes; the medians count. */
const rounds = 3;
const warmUpLines = 5_000;
const measuredLines = 20_000;
/** What a facility of 10,000 spaces writes in a day or so (reliability 6: catch-up of 24 h). */
const catchUpLines = 200_000;

export interface CloudBench {
  readonly name: "cloud";
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  readonly unit: "events/s";
  readonly parts: Readonly<Record<string, number>>;
}

const log = { info: () => {}, warn: console.warn, error: console.error };

/**
 * Events from an upload over HTTP to committed rows, batch after batch of one facility, as an edge sends them: checked,
 * chained, stored and folded into every table of reports. The floor is the same PostgreSQL on the same disk, given the
 * same lines by raw `unnest` in batches of the same size, with nothing around them.
 */
export async function benchCloud(): Promise<CloudBench> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-cloud-bench-"));
  const server = new EmbeddedPostgres({ folder, log });
  await server.start();
  const database = openDatabase(server.connection, log);
  try {
    return await measure(database);
  } finally {
    await database.pool.end();
    const { host } = server.connection;
    await server.stop();
    for (const each of [folder, host]) rmSync(each, { recursive: true, force: true });
  }
}

async function measure(database: Database): Promise<CloudBench> {
  const ids = Array.from({ length: rounds }, (_, round) => `bench-${round}`);
  const all = ["warm", "behind", ...ids];
  const office = new Headquarters({
    database,
    clock: new PacedClock(),
    random: new SystemRandom(),
    log,
    tokens: {
      office: "token-of-the-bench-office",
      facilities: all.map((facilityId) => ({ facilityId, token: tokenOf(facilityId) })),
    },
  });
  await office.prepare();
  await database.pool.query(`create table bench_lines (like ledger_lines including indexes)`);
  const http = createAdaptorServer({ fetch: office.app.fetch }) as Server;
  // As the program's own door: a connection outlives the pauses between uploads.
  http.keepAliveTimeout = 90_000;
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  try {
    const rates: number[] = [];
    const floors: number[] = [];
    const warm = cloudLedger("warm", warmUpLines);
    await upload(url, warm);
    await insertRaw(database, warm);
    for (const id of ids) {
      const ledger = cloudLedger(id, measuredLines);
      floors.push(await insertRaw(database, ledger));
      rates.push(await upload(url, ledger));
    }
    const [value, floor] = [medianOf(rates), medianOf(floors)];
    const behind = cloudLedger("behind", catchUpLines);
    const caughtUp = await upload(url, behind);
    const parts = { "catch-up of 200,000 events, s": catchUpLines / caughtUp };
    return { name: "cloud", value, floor, ratio: value / floor, unit: "events/s", parts };
  } finally {
    http.closeAllConnections();
    http.close();
  }
}

/** @returns events a second */
async function upload(url: string, { facilityId, batches, lines }: CloudLedger): Promise<number> {
  const bodies = batches.map((batch) => JSON.stringify(batch));
  const from = performance.now();
  for (const body of bodies) {
    const response = await fetch(`${url}/v1/facilities/${facilityId}/batches`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokenOf(facilityId)}`,
        "content-type": "application/json",
      },
      body,
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  }
  return (lines.length / (performance.now() - from)) * 1000;
}

/** @returns events a second */
async function insertRaw({ pool }: Database, { facilityId, lines }: CloudLedger): Promise<number> {
  const from = performance.now();
  for (let first = 0; first < lines.length; first += batchLineLimit) {
    const some = lines.slice(first, first + batchLineLimit);
    await pool.query({
      name: "bench-floor",
      text: `insert into bench_lines (facility_id, epoch, seq, type, at, text, hash, received_at)
         select $1, 1, $2 + place, type, at, text, hash, now()
         from unnest($3::text[], $4::timestamptz[], $5::text[], $6::text[])
           with ordinality as line(type, at, text, hash, place)`,
      values: [
        facilityId,
        first,
        some.map(({ type }) => type),
        some.map(({ at }) => at),
        some.map(({ text }) => text),
        some.map(({ hash }) => hash),
      ],
    });
  }
  return (lines.length / (performance.now() - from)) * 1000;
}

const tokenOf = (facilityId: string): string => `token-of-facility-${facilityId}`;

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
