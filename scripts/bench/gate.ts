import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildLaneHardware } from "@gatehouse/edge/adapters/lane-hardware";
import { PushReader } from "@gatehouse/edge/adapters/lpr/push-reader";
import { PushServer } from "@gatehouse/edge/adapters/lpr/push-server";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { Facility } from "@gatehouse/edge/facility";
import { Book } from "@gatehouse/edge/store/book";
import { LaneInputsSim } from "@gatehouse/firmware-sim/devices/lane-inputs-sim";
import { waveshare8ch } from "@gatehouse/firmware-sim/wire/waveshare-8ch";
import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { inOrder } from "@gatehouse/shared/part";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { Gate } from "@gatehouse/shared/ports/gate";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Bench } from "../bench.ts";
import { type GateLoad, gateLoad } from "./gate-load.ts";

const reads = 400;
/** Pulses and passages run this much faster than real time, so that the lane is free again soon. */
const rate = 200;
const token = randomBytes(16).toString("hex");
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * From the last byte of a plate push to the first byte of the open command on the wire, p99 in milliseconds: the
 * facility with its book on disk while a thousand sensor messages a second come in over its broker and its vision
 * looks at pictures without a pause, over the same facility with nothing else to do. Beside them the same HTTP
 * server and relay wire without a decision and without a database.
 */
export async function benchGate(): Promise<Bench> {
  const wires = await measure(throughWiresAlone);
  const idle = await measure(throughFacility);
  const load: Record<string, number> = {};
  const busy = await measure(throughBusyFacility, (what, figure) => (load[what] = figure));
  return {
    name: "gate",
    value: p99(busy),
    floor: p99(idle),
    ratio: p99(busy) / p99(idle),
    unit: "ms p99",
    parts: {
      "busy, median": median(busy),
      "idle, median": median(idle),
      "no database, p99": p99(wires),
      "no database, median": median(wires),
      ...load,
    },
  };
}

interface Lane {
  readonly config: FacilityConfig;
  readonly clock: PacedClock;
  readonly stopwatch: SystemStopwatch;
  readonly gate: Gate;
  readonly reader: PushReader;
  readonly inputs: LaneInputsSim;
  /** Adds one latency. */
  readonly sample: (ms: number) => void;
  /** Adds a figure of what else was done meanwhile. */
  readonly tell: (what: string, figure: number) => void;
}

/** Connects a lane's reader with its gate in one way or the other. @returns what ends it */
type Joining = (lane: Lane) => Promise<() => Promise<void>>;

async function throughWiresAlone({
  gate,
  reader,
  stopwatch,
  sample,
}: Lane): Promise<() => Promise<void>> {
  let commands = 0;
  reader.onRead((read: PlateRead): ReadOutcome => {
    void gate.open(`command-${++commands}`, () => sample(stopwatch.read() - read.receivedMs));
    return { kind: "open", decisionId: "none" };
  });
  const parts = inOrder("wires alone", [gate, reader]);
  await parts.start();
  return () => parts.stop();
}

const throughFacility: Joining = (lane) => throughFacilityIn(newFolder(), lane);

async function throughBusyFacility(lane: Lane): Promise<() => Promise<void>> {
  const folder = newFolder();
  const load = await gateLoad(folder);
  await load.broker.start();
  const leave = await throughFacilityIn(folder, lane, load);
  const end = load.begin();
  await untilBusy(load);
  const [before, from] = [load.done(), performance.now()];
  return async () => {
    const [after, seconds] = [load.done(), (performance.now() - from) / 1000];
    lane.tell("sensor messages/s", (after.messages - before.messages) / seconds);
    lane.tell("pictures/s", (after.pictures - before.pictures) / seconds);
    end();
    await leave();
    await load.broker.stop();
  };
}

async function throughFacilityIn(
  folder: string,
  lane: Lane,
  load?: GateLoad,
): Promise<() => Promise<void>> {
  const { config, clock, stopwatch, gate, reader, inputs, sample } = lane;
  const book = new Book(join(folder, "book.sqlite"));
  const facility = new Facility({
    config,
    book,
    version: "bench",
    ports: {
      clock,
      stopwatch,
      random: new SystemRandom(),
      log: silent,
      lanes: new Map([["entry-1", { gate, inputs, readers: [reader] }]]),
      spaceFeeds: load === undefined ? [] : [load.sensors, load.vision],
      sensorFeeds: load === undefined ? [] : [load.sensors],
      sightFeeds: load === undefined ? [] : [load.vision],
      reporting: [],
    },
  });
  const taken = facility.counters.sample.bind(facility.counters);
  facility.counters.sample = (name, value) => {
    if (name === "gate_ms") sample(value);
    taken(name, value);
  };
  await facility.start();
  return async () => {
    await facility.stop();
    book.close();
    rmSync(folder, { recursive: true });
  };
}

async function measure(
  joining: Joining,
  tell: Lane["tell"] = () => {},
): Promise<readonly number[]> {
  const clock = new PacedClock({
    rate,
    realEpochMs: Date.now(),
    virtualEpoch: Date.now() as Instant,
  });
  const stopwatch = new SystemStopwatch();
  const board = waveshare8ch({ clock }, { port: 0 });
  await board.start();
  const config = configFor(board.port);
  const hardware = buildLaneHardware(config, { clock, log: silent, random: new SystemRandom() });
  const gate = hardware.gates.get("entry-1");
  if (gate === undefined) throw new Error("the bench's lane has no gate");
  const reader = new PushReader({
    reader: { id: "camera", format: "platerecognizer", direction: "checked" },
    laneId: "entry-1",
    timezone: "UTC",
    clock,
    log: silent,
  });
  const tokens = { camera: createHash("sha256").update(token).digest("hex") };
  const server = new PushServer({
    host: "127.0.0.1",
    port: 0,
    readers: [reader],
    tokens,
    stopwatch,
    log: silent,
  });
  const inputs = new LaneInputsSim(clock, "entry-1");
  const samples: number[] = [];
  const wires = inOrder("wires", hardware.wires);
  await wires.start();
  const leave = await joining({
    config,
    clock,
    stopwatch,
    gate,
    reader,
    inputs,
    sample: (ms) => void samples.push(ms),
    tell,
  });
  await server.start();
  for (let count = 0; count < reads; count++) {
    await drive(clock, inputs, () => push(server.port, clock, count));
  }
  await server.stop();
  await leave();
  await wires.stop();
  await board.stop();
  if (samples.length < reads * 0.95)
    throw new Error(`only ${samples.length} of ${reads} reads opened the gate`);
  return samples.toSorted((a, b) => a - b);
}

/** Both kinds of load are under way. @throws Error when one of them is not within a minute */
async function untilBusy(load: GateLoad): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { messages, pictures } = load.done();
    if (messages > 500 && pictures > 5) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the load does not come about: ${JSON.stringify(load.done())}`);
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), "gatehouse-bench-"));

const p99 = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length * 0.99)] ?? 0;
const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** One car: it stops on the loop, is read, and drives through. */
async function drive(
  clock: PacedClock,
  inputs: LaneInputsSim,
  read: () => Promise<void>,
): Promise<void> {
  const [arming, safety] = [inputs.input("arming"), inputs.input("safety")];
  arming.set(true);
  await clock.sleep(1000 as never);
  await read();
  await clock.sleep(4000 as never);
  safety.set(true);
  await clock.sleep(1000 as never);
  arming.set(false);
  await clock.sleep(1000 as never);
  safety.set(false);
  await clock.sleep(1000 as never);
}

async function push(port: number, clock: PacedClock, count: number): Promise<void> {
  const at = isoOf(clock.now());
  const plate = `BE${String(count).padStart(5, "0")}`;
  const results = [
    {
      plate,
      score: 0.97,
      candidates: [{ plate, score: 0.97 }],
      vehicle: { type: "Sedan", score: 0.9 },
    },
  ];
  const form = new FormData();
  form.set(
    "json",
    JSON.stringify({
      hook: { id: "camera" },
      data: { camera_id: "camera", filename: `${count}`, timestamp: at, results },
    }),
  );
  const answer = await fetch(`http://127.0.0.1:${port}/push/camera`, {
    method: "POST",
    headers: { authorization: `Token ${token}` },
    body: form,
  });
  if (!answer.ok) throw new Error(`the push was answered ${answer.status}: ${await answer.text()}`);
}

const configFor = (port: number): FacilityConfig =>
  FacilityConfig.parse({
    facility: { id: "bench", name: "Bench", timezone: "UTC", currency: "EUR" },
    zones: [{ id: "a", name: "A", level: "1", spaces: [{ numbers: "A001-A500", sensors: false }] }],
    wires: { relay: { kind: "rtu-over-tcp", host: "127.0.0.1", port } },
    lanes: [
      {
        id: "entry-1",
        name: "Entry 1",
        direction: "entry",
        gate: { profile: "waveshare-8ch", wire: "relay", relay: 1 },
        inputs: { kind: "mqtt", device: "simulated" },
        readers: [{ id: "camera", format: "platerecognizer" }],
        read_valid_s: 3600,
      },
    ],
    http: { kiosk: { port: 0 }, cameras: { port: 0 } },
    mqtt: { port: 0 },
  });
