import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { agreementOf } from "./start/agreement.ts";
import { audit } from "./start/audit.ts";
import { cameraWords } from "./start/camera-word.ts";
import { DataInUse } from "./start/data-lock.ts";
import { overheadCamera } from "./start/demo-facility.ts";
import { Demonstration } from "./start/demonstration.ts";
import { readMetrics } from "./start/kiosk-feed.ts";
import { readOptions, usage, UsageError } from "./start/options.ts";
import { PortTaken } from "./start/ports.ts";
import { liveLine, welcome } from "./start/words.ts";

/** At the end arrivals stop; lanes and sync get so long to finish what is under way. */
const drainMs = 15_000;
const liveEveryMs = 1000;
const exitCodes = { done: 0, broken: 2, fault: 3, usage: 64 } as const;

process.exit(await run());

async function run(): Promise<number> {
  let demonstration: Demonstration | undefined;
  const told = toldToEnd();
  try {
    const options = readOptions(process.argv.slice(2));
    demonstration = new Demonstration(options);
    await Promise.race([demonstration.start(), told]);
    if (told.isTold()) return exitCodes.done;
    return await serve(demonstration, told);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${usage}`);
      return exitCodes.usage;
    }
    if (error instanceof DataInUse || error instanceof PortTaken) console.error(error.message);
    else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    return exitCodes.fault;
  } finally {
    await demonstration?.stop();
  }
}

async function serve(demonstration: Demonstration, told: Told): Promise<number> {
  const { options, ports, day } = demonstration;
  console.error(welcome(demonstration));
  const from = day.now();
  demonstration.open();
  const live = setInterval(() => {
    day.save();
    void showLive(demonstration);
  }, liveEveryMs);
  const forMs = options.forSeconds === undefined ? undefined : options.forSeconds * 1000;
  const time = forMs === undefined ? [] : [sleep(forMs, undefined, { ref: false })];
  await Promise.race([told, demonstration.failed, ...time]);
  clearInterval(live);
  day.save();
  if (demonstration.failure !== undefined) {
    console.error(`\n${demonstration.failure}`);
    return exitCodes.fault;
  }
  if (forMs === undefined || told.isTold()) return exitCodes.done;

  const to = day.now();
  await drain(demonstration);
  const { ledger } = await demonstration.status();
  const metrics = await readMetrics(ports["kiosk and API"]);
  await demonstration.stopEdge();
  const { stats } = demonstration;
  if (stats === undefined) throw new Error("the simulator told nothing");
  const token = demonstration.credentials.firstStart.head_office_token;
  const bookFile = join(demonstration.dataDir, "edge", "book.sqlite");
  const books = await audit({
    bookFile,
    fromSeq: demonstration.fromSeq,
    stats,
    office: { port: ports["head office"], token },
  });
  const sensor = agreementOf(demonstration.truth, demonstration.published, from, to);
  const camera = agreementOf(
    demonstration.truth.filter(({ spaceId }) => demonstration.overheadSpaces.has(spaceId)),
    cameraWords(bookFile, overheadCamera),
    from,
    to,
  );
  const summary = {
    cars: { in: stats.cars_in, out: stats.cars_out },
    sessions: books.sessions,
    captured_minor: books.capturedMinor,
    refused: refusedIn(metrics),
    ledger: { written: ledger.written, acknowledged: ledger.acknowledged },
    occupancy: { sensor: roundedShare(sensor), camera: roundedShare(camera) },
    gate_ms: { p50: gateMs(metrics, "0.5"), p99: gateMs(metrics, "0.99") },
    invariants: { checked: books.checked.length, broken: books.broken.length },
  };
  for (const broken of books.broken) console.error(`invariant broken, ${broken}`);
  if (options.json) console.log(JSON.stringify(summary));
  else console.error(`\n${JSON.stringify(summary, undefined, 2)}`);
  return books.broken.length === 0 ? exitCodes.done : exitCodes.broken;
}

function roundedShare(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 100_000) / 100_000;
}

/** Nobody comes any more; waits until no car stands in a lane and head office holds everything. */
async function drain(demonstration: Demonstration): Promise<void> {
  demonstration.drain();
  const deadline = Date.now() + drainMs;
  while (Date.now() < deadline) {
    await sleep(100);
    const { ledger } = await demonstration.status();
    if (demonstration.stats?.queued === 0 && ledger.written === ledger.acknowledged) return;
  }
}

async function showLive(demonstration: Demonstration): Promise<void> {
  const metrics = await readMetrics(demonstration.ports["kiosk and API"]).catch(() => undefined);
  const line = liveLine(demonstration, metrics && gateMs(metrics, "0.99"));
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  else console.error(line);
}

function gateMs(metrics: ReadonlyMap<string, number>, quantile: string): number {
  const value = metrics.get(`gatehouse_gate_ms{quantile="${quantile}"}`);
  return Math.round((value ?? 0) * 10) / 10;
}

function refusedIn(metrics: ReadonlyMap<string, number>): Record<string, number> {
  const named = /^gatehouse_refused_total\{reason="([^"]+)"\}$/;
  return Object.fromEntries(
    [...metrics].flatMap(([name, count]) => {
      const reason = named.exec(name)?.[1];
      return reason === undefined ? [] : [[reason, count]];
    }),
  );
}

interface Told extends Promise<void> {
  isTold(): boolean;
}

/** Ctrl-C, SIGTERM, or the end of whoever started us. */
function toldToEnd(): Told {
  let ended = false;
  const parent = process.ppid;
  const told = new Promise<void>((resolve) => {
    const end = (): void => {
      ended = true;
      resolve();
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
    process.once("SIGHUP", end);
    setInterval(() => {
      if (process.ppid !== parent) end();
    }, 1000).unref();
  });
  return Object.assign(told, { isTold: () => ended });
}
