import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, openDatabase } from "../../cloud/src/store/database.ts";
import { socketFolder } from "../../cloud/src/store/embedded/socket-folder.ts";
import { embeddedDatabase, embeddedUser } from "../../cloud/src/store/embedded-postgres.ts";
import { batchLineLimit } from "../../shared/src/contracts/batch.ts";
import { cloudLedger, type CloudLedger } from "./cloud-ledger.ts";

const program = fileURLToPath(new URL("../../cloud/bin/cloud.mjs", import.meta.url));
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
 * chained, stored and folded into every table of reports, by head office as its own process. The floor is the same
 * PostgreSQL on the same disk, given the same lines by raw `unnest` in batches of the same size, with nothing around
 * them.
 */
export async function benchCloud(): Promise<CloudBench> {
  const data = mkdtempSync(join(tmpdir(), "gatehouse-cloud-bench-"));
  const office = startOffice(data);
  let socket: string | undefined;
  try {
    const url = `http://127.0.0.1:${await portOf(office)}`;
    socket = socketFolder(join(data, "postgres"));
    const where = { host: socket, user: embeddedUser, database: embeddedDatabase };
    const database = openDatabase(where, log);
    const result = await measure(database, url);
    await database.pool.end();
    return result;
  } finally {
    const ended = new Promise((resolve) => office.once("exit", resolve));
    if (office.kill()) await ended;
    for (const each of [data, socket]) {
      if (each !== undefined) rmSync(each, { recursive: true, force: true });
    }
  }
}

const measured = Array.from({ length: rounds }, (_, round) => `bench-${round}`);

function startOffice(data: string): ChildProcess {
  const facilities = ["warm", "behind", ...measured];
  return fork(program, ["--data", data, "--port", "0"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: [],
    env: {
      ...process.env,
      DATABASE_URL: "",
      GATEHOUSE_HEAD_OFFICE_TOKEN: "token-of-the-bench-office",
      GATEHOUSE_FACILITY_TOKENS: facilities.map((id) => `${id}=${tokenOf(id)}`).join(","),
    },
  });
}

function portOf(office: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    office.on("message", (message: { type?: string; port?: number }) => {
      if (message.type === "ready" && message.port !== undefined) resolve(message.port);
    });
    office.once("exit", (code) => reject(new Error(`head office ended: ${code}`)));
  });
}

async function measure(database: Database, url: string): Promise<CloudBench> {
  await database.pool.query("create table bench_lines (like ledger_lines including indexes)");
  const rates: number[] = [];
  const floors: number[] = [];
  const warm = cloudLedger("warm", warmUpLines);
  await upload(url, warm);
  await insertRaw(database, warm);
  for (const id of measured) {
    const ledger = cloudLedger(id, measuredLines);
    floors.push(await insertRaw(database, ledger));
    rates.push(await upload(url, ledger));
  }
  const [value, floor] = [medianOf(rates), medianOf(floors)];
  const caughtUp = await upload(url, cloudLedger("behind", catchUpLines));
  const parts = { "catch-up of 200,000 events, s": catchUpLines / caughtUp };
  return { name: "cloud", value, floor, ratio: value / floor, unit: "events/s", parts };
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
