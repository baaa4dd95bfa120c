import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../cloud/src/store/database.ts";
import { upload } from "../../edge/src/flows/upload.ts";
import { lastSeqOf } from "../../edge/src/store/outbox.ts";
import { Ack, type Batch, batchLineLimit } from "../../shared/src/contracts/batch.ts";
import { cloudLedger, type CloudLedger } from "./cloud-ledger.ts";
import { facilityTokenOf, type OfficeProcess, startOffice } from "./office-process.ts";

/** Route and floor take turns, because the machine's other work comes and goes; the medians count. */
const rounds = 3;
const warmUpLines = 5_000;
const measuredLines = 20_000;
/** What a facility of 10,000 spaces writes in a day or so (reliability 6: catch-up of 24 h). */
const catchUpLines = 200_000;
/** Head office hears many facilities; as many as this at the same time show what its cores can do together. */
const atOnce = 4;

export interface CloudBench {
  readonly name: "cloud";
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  readonly unit: "events/s";
  readonly parts: Readonly<Record<string, number>>;
}

/**
 * Events from an upload over HTTP to committed rows, a backlog of one facility, sent by the edge's own flow: checked,
 * chained, stored and folded into every table of reports, by head office as its own process. The floor is the same
 * PostgreSQL on the same disk, given the same lines by raw `unnest` in batches of the same size, with nothing around
 * them.
 */
export async function benchCloud(): Promise<CloudBench> {
  const data = mkdtempSync(join(tmpdir(), "gatehouse-cloud-bench-"));
  let office: OfficeProcess | undefined;
  try {
    office = await startOffice(data, ["warm", "behind", ...measured, ...together]);
    return await measure(office.database, office.url);
  } finally {
    await office?.stop();
    for (const each of [data, office?.socket]) {
      if (each !== undefined) rmSync(each, { recursive: true, force: true });
    }
  }
}

const measured = Array.from({ length: rounds }, (_, round) => `bench-${round}`);
const together = Array.from({ length: atOnce }, (_, place) => `together-${place}`);

async function measure(database: Database, url: string): Promise<CloudBench> {
  await database.pool.query("create table bench_lines (like ledger_lines including indexes)");
  const rates: number[] = [];
  const floors: number[] = [];
  const warm = cloudLedger("warm", warmUpLines);
  await send(url, warm);
  await insertRaw(database, warm);
  for (const id of measured) {
    const ledger = cloudLedger(id, measuredLines);
    floors.push(await insertRaw(database, ledger));
    rates.push(await send(url, ledger));
  }
  const [value, floor] = [medianOf(rates), medianOf(floors)];
  const caughtUp = await send(url, cloudLedger("behind", catchUpLines));
  const ledgers = together.map((id) => cloudLedger(id, measuredLines));
  const floorTogether = await rateOf(ledgers, (ledger) => insertRaw(database, ledger));
  const rateTogether = await rateOf(ledgers, (ledger) => send(url, ledger));
  const parts = {
    "catch-up of 200,000 events, s": catchUpLines / caughtUp,
    [`${atOnce} facilities at the same time, events/s`]: rateTogether,
    "floor of as many at the same time, events/s": floorTogether,
  };
  return { name: "cloud", value, floor, ratio: value / floor, unit: "events/s", parts };
}

/** @returns events a second of all of them at the same time */
async function rateOf(
  ledgers: readonly CloudLedger[],
  sendAll: (ledger: CloudLedger) => Promise<number>,
): Promise<number> {
  const from = performance.now();
  await Promise.all(ledgers.map(sendAll));
  return ((ledgers.length * measuredLines) / (performance.now() - from)) * 1000;
}

/** As an edge sends its backlog. @returns events a second */
async function send(url: string, { facilityId, batches, lines }: CloudLedger): Promise<number> {
  const bodies = new Map(batches.map((batch) => [batch.first_seq, JSON.stringify(batch)]));
  const from = performance.now();
  let held = 0;
  const next = (after: Batch | undefined): Batch | undefined =>
    batches[(after === undefined ? held : lastSeqOf(after)) / batchLineLimit];
  const keep = (batch: Batch, ack: Ack): boolean => {
    held = ack.acked_seq;
    return held >= lastSeqOf(batch);
  };
  const sendOne = async ({ first_seq }: Batch): Promise<Ack> => {
    const response = await fetch(`${url}/v1/facilities/${facilityId}/batches`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${facilityTokenOf(facilityId)}`,
        "content-type": "application/json",
      },
      body: bodies.get(first_seq) ?? "",
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return Ack.parse(JSON.parse(text));
  };
  while (held < lines.length) await upload({ next, keep, send: sendOne });
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

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
