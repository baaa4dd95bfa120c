import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../cloud/src/store/database.ts";
import { upload } from "../../edge/src/flows/upload.ts";
import { lastSeqOf } from "../../edge/src/store/outbox.ts";
import { Ack, type Batch, batchLinesMax } from "../../shared/src/contracts/batch.ts";
import { cloudLedger, type CloudLedger } from "./cloud-ledger.ts";
import { facilityTokenOf, type OfficeProcess, startOffice } from "./office-process.ts";
import { RawRows, type RawWrite, rowTables } from "./raw-rows.ts";

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
 * PostgreSQL on the same disk, given the very rows that the upload made (lines, sessions, payments, stays) by raw
 * `unnest` in batches of the same size, with nothing around them. The floor of the lines alone is told as well.
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
  const rows = await new RawRows(database, rowTables, "raw_rows").begin();
  const onlyLines = await new RawRows(database, ["ledger_lines"], "raw_lines").begin();
  const rates: number[] = [];
  const floors: number[] = [];
  const floorsOfLines: number[] = [];
  const floorOf = async (raw: RawRows, id: string, lines: number): Promise<number> => {
    const write = await raw.prepare(id, Math.ceil(lines / batchLinesMax));
    return rate(lines, await write());
  };
  await send(url, cloudLedger("warm", warmUpLines));
  for (const raw of [rows, onlyLines]) await floorOf(raw, "warm", warmUpLines);
  for (const id of measured) {
    rates.push(rate(measuredLines, await send(url, cloudLedger(id, measuredLines))));
    floors.push(await floorOf(rows, id, measuredLines));
    floorsOfLines.push(await floorOf(onlyLines, id, measuredLines));
  }
  const [value, floor, floorOfLines] = [medianOf(rates), medianOf(floors), medianOf(floorsOfLines)];
  const caughtUpMs = await send(url, cloudLedger("behind", catchUpLines));
  const ledgers = together.map((id) => cloudLedger(id, measuredLines));
  const rateTogether = await rateOf(ledgers.map((ledger) => () => send(url, ledger)));
  const writes: RawWrite[] = [];
  for (const { facilityId, batches } of ledgers)
    writes.push(await rows.prepare(facilityId, batches.length));
  const floorTogether = await rateOf(writes);
  const parts = {
    "floor of the lines alone, events/s": floorOfLines,
    "ratio to it": value / floorOfLines,
    "catch-up of 200,000 events, s": caughtUpMs / 1000,
    [`${atOnce} facilities at the same time, events/s`]: rateTogether,
    "floor of as many at the same time, events/s": floorTogether,
  };
  return { name: "cloud", value, floor, ratio: value / floor, unit: "events/s", parts };
}

const rate = (events: number, ms: number): number => (events / ms) * 1000;

/** @returns events a second of all of them at the same time */
async function rateOf(works: readonly (() => Promise<number>)[]): Promise<number> {
  const from = performance.now();
  await Promise.all(works.map((work) => work()));
  return rate(works.length * measuredLines, performance.now() - from);
}

/** As an edge sends its backlog. @returns milliseconds */
async function send(url: string, { facilityId, batches, lines }: CloudLedger): Promise<number> {
  const bodies = new Map(
    batches.map((batch) => [batch.first_seq, Buffer.from(JSON.stringify(batch))]),
  );
  const from = performance.now();
  let held = 0;
  const next = (after: Batch | undefined): Batch | undefined =>
    batches[(after === undefined ? held : lastSeqOf(after)) / batchLinesMax];
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
      body: bodies.get(first_seq) ?? null,
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return Ack.parse(JSON.parse(text));
  };
  while (held < lines.length) await upload({ next, keep, send: sendOne });
  return performance.now() - from;
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
