import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { hours, seconds } from "@gatehouse/shared/time";
import Database from "better-sqlite3";
import { Broker } from "../../edge/src/adapters/mqtt/broker.ts";
import { MqttSensorFeed } from "../../edge/src/adapters/sensor/mqtt-sensor-feed.ts";
import { plainSensor } from "../../edge/src/adapters/sensor/planned-sensor.ts";
import { SystemRandom } from "../../edge/src/adapters/system-random.ts";
import { Counters } from "../../edge/src/flows/counters.ts";
import { OccupancyFlow } from "../../edge/src/flows/occupancy.ts";
import { Book } from "../../edge/src/store/book.ts";

const sensorCount = 120;
const underWay = 10;
/** Route and floor take turns, because the machine's other work comes and goes; the medians count. */
const rounds = 3;
const warmUpMs = 1500;
const measureMs = 2000;
const floorMs = 1000;
const password = "bench";

export interface IngestBench {
  readonly name: "ingest";
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  readonly unit: "messages/s";
}

/**
 * Sensor messages made durable and acknowledged each second, over MQTT, through the daemon's own broker, feed,
 * occupancy flow and book. The floor is raw SQLite on the same disk: the same rows in groups of the same size,
 * with nothing around them.
 */
export async function benchIngest(): Promise<IngestBench> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-ingest-"));
  try {
    const rates: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const route = await measureRoute(join(folder, `book${round}.db`));
      rates.push(route.rate);
      floors.push(measureFloor(join(folder, `floor${round}.db`), route.group));
    }
    const [rate, floor] = [medianOf(rates), medianOf(floors)];
    return { name: "ingest", value: rate, floor, ratio: rate / floor, unit: "messages/s" };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns messages a second, and how many were written together on average */
async function measureRoute(file: string): Promise<{ rate: number; group: number }> {
  const spaces = Array.from({ length: sensorCount }, (_, index) => spaceOf(index));
  const clock = new PacedClock();
  const hash = createHash("sha256").update(password).digest("hex");
  const broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: Object.fromEntries(spaces.map(({ spaceId }) => [`bay-${spaceId}`, hash])),
    clock,
    log: { info: () => {}, warn: console.warn, error: console.error },
    limits: { tokensPerSecond: 1e9, tokenBurst: 1e9 },
  });
  const feed = new MqttSensorFeed({
    broker,
    clock,
    sensors: spaces.map(({ spaceId }) => plainSensor(`bay-${spaceId}`, spaceId)),
  });
  const book = new Book(file);
  const flow = new OccupancyFlow({
    book,
    clock,
    random: new SystemRandom(),
    counters: new Counters(),
    facilityId: "bench",
    spaces,
    feeds: [feed],
    hold: seconds(3),
    stale: hours(1),
    changed: () => {},
  });
  await broker.start();
  await flow.start();
  await feed.start();
  const load = fork(
    fileURLToPath(new URL("./sensor-load.ts", import.meta.url)),
    [
      String(broker.port),
      String(underWay),
      "0",
      ...spaces.map(({ spaceId }) => `bay-${spaceId}:${password}`),
    ],
    { execArgv: [] },
  );
  const kept = (): { messages: number; groups: number } => {
    const { kept: messages = 0, groups = 0 } = broker.report()[0]?.counters ?? {};
    return { messages, groups };
  };
  try {
    await pause(warmUpMs);
    const [before, from] = [kept(), performance.now()];
    await pause(measureMs);
    const [after, to] = [kept(), performance.now()];
    const messages = after.messages - before.messages;
    if (messages === 0) throw new Error("no sensor message arrived");
    const group = Math.max(1, Math.round(messages / (after.groups - before.groups)));
    return { rate: (messages / (to - from)) * 1000, group };
  } finally {
    load.kill();
    await feed.stop();
    await flow.stop();
    await broker.stop();
    book.close();
  }
}

/** The rows of one message are the raw observation and its sensor's last word. */
function measureFloor(file: string, group: number): number {
  new Book(file).close();
  const database = new Database(file);
  database.pragma("journal_mode = wal");
  database.pragma("synchronous = full");
  const observation = database.prepare(
    "insert or ignore into observations values (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const source = database.prepare(
    `insert into observation_sources (source_id, space_id, source, boot, sequence, occupied, confidence, at, received_at, lost, battery_percent)
     values (?, ?, 'sensor', ?, ?, ?, ?, ?, ?, 0, ?)
     on conflict (source_id, space_id) do update set boot = excluded.boot, sequence = excluded.sequence,
     occupied = excluded.occupied, confidence = excluded.confidence, at = excluded.at,
     received_at = excluded.received_at, lost = excluded.lost, battery_percent = excluded.battery_percent`,
  );
  let sequence = 0;
  const writeGroup = database.transaction(() => {
    for (let count = 0; count < group; count += 1) {
      sequence += 1;
      const sensor = sequence % sensorCount;
      const [id, space, now] = [`bay-A${sensor}`, `A${sensor}`, Date.now()];
      observation.run(id, space, "bench", sequence, sequence & 1, 0.97, now, now);
      source.run(id, space, "bench", sequence, sequence & 1, 0.97, now, now, 92);
    }
  });
  const from = performance.now();
  while (performance.now() - from < floorMs) writeGroup.immediate();
  const rate = (sequence / (performance.now() - from)) * 1000;
  database.close();
  return rate;
}

const spaceOf = (index: number): SpaceSpec => ({
  spaceId: `A${index}`,
  number: `A${index}`,
  zoneId: "A",
  level: "0",
  type: "standard",
  sensorId: `bay-A${index}`,
});

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
