import { createHash } from "node:crypto";
import type { SeenPlate } from "@gatehouse/firmware-sim/hardware";
import { Frigate } from "@gatehouse/firmware-sim/wire/mqtt/frigate";
import { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FrigateReader } from "../../../src/adapters/lpr/frigate-reader.ts";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { clock, quiet, stopwatch } from "./camera-door.ts";

const random = new SystemRandom();
const patience = { timeout: 10_000, interval: 5 };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

let broker: Broker;
let frigate: Frigate;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: { frigate: sha256("secret-f"), "bay-1": sha256("secret-b") },
    frigates: new Set(["frigate"]),
    clock,
    log: quiet,
  });
  await broker.start();
  const at = { host: "127.0.0.1", port: broker.port };
  frigate = new Frigate({ client: "frigate", password: "secret-f", broker: at, random });
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await frigate.stop();
  await broker.stop();
});

async function readerOf(fields: object) {
  const config = ReaderConfig.parse({ id: "cam-1", format: "frigate", camera: "north", ...fields });
  const reads: PlateRead[] = [];
  const reader = new FrigateReader({
    reader: config as Extract<ReaderConfig, { format: "frigate" }>,
    laneId: "entry-1",
    broker,
    clock,
    stopwatch,
    log: quiet,
  });
  reader.onRead((read) => {
    reads.push(read);
    return { kind: "open", decisionId: "d" };
  });
  await reader.start();
  ends.push(() => reader.stop());
  return { reader, reads };
}

const seen = (rawPlate: string): SeenPlate => ({
  readId: "",
  truePlate: rawPlate,
  rawPlate,
  confidence: 0.9,
  vehicleClass: "truck",
  at: clock.now(),
  retransmission: false,
});

test("a vehicle is one read, at the lane whose zone it is in", async () => {
  const east = await readerOf({ zones: ["lane-east"] });
  const west = await readerOf({ id: "cam-2", zones: ["lane-west"] });
  const south = await readerOf({ id: "cam-3", camera: "south" });
  await frigate.start();
  frigate.see(seen("AB1"), { camera: "north", zones: ["lane-east"] });
  frigate.see(seen("AB2"), { camera: "north", zones: ["lane-west"] });
  frigate.see(seen("AB3"), { camera: "north", zones: ["street"] });
  frigate.see(seen("AB4"), { camera: "south", zones: [] });
  await vi.waitUntil(() => south.reads.length === 1, patience);
  const told = [east, west, south].map(({ reads }) => reads.map(({ rawPlate }) => rawPlate));
  expect(told).toEqual([["AB1"], ["AB2"], ["AB4"]]);
  expect(east.reads[0]).toMatchObject({
    confidence: 0.9,
    vehicleClass: "truck",
    laneId: "entry-1",
  });
});

test("a Frigate that stops or is lost is told of", async () => {
  const { reader } = await readerOf({});
  await frigate.start();
  frigate.see(seen("AB1"), { camera: "north", zones: [] });
  await vi.waitUntil(() => reader.report()[0]?.state === "online", patience);
  frigate.say("frigate/available", "stopped", true);
  await vi.waitUntil(() => reader.report()[0]?.detail === "Frigate is stopped", patience);
  await frigate.stop();
  await vi.waitUntil(() => reader.report()[0]?.detail === "Frigate is away", patience);
  expect(reader.report()[0]?.state).toBe("offline");
});

test("what cannot be understood is counted and acknowledged, and the next plate counts", async () => {
  const { reader, reads } = await readerOf({});
  await frigate.start();
  frigate.say("frigate/events", "{");
  frigate.say("frigate/tracked_object_update", JSON.stringify({ type: "lpr", id: 7 }));
  frigate.say("frigate/stats", JSON.stringify({ cpu: 3 }));
  frigate.see(seen("AB1"), { camera: "north", zones: [] });
  await vi.waitUntil(() => reads.length === 1, patience);
  expect(reader.report()[0]?.counters["refused_malformed"]).toBe(2);
  expect(broker.isConnected("frigate")).toBe(true);
});

describe("the broker lets Frigate have its own topics", () => {
  const refusals = (): number => broker.report()[0]?.counters["refused_acl"] ?? 0;

  test("to hear and to say, and keeps nothing of them", async () => {
    await readerOf({});
    await frigate.start();
    await frigate.stop();
    await frigate.start();
    const heard: string[] = [];
    await frigate.hear("frigate/#", (topic) => heard.push(topic));
    frigate.say("frigate/north/motion", "ON");
    await vi.waitUntil(() => heard.length > 0, patience);
    // Its availability was said to be kept, and said anew before anybody listened.
    expect(heard).toEqual(["frigate/north/motion"]);
    expect(refusals()).toBe(0);
  });

  test("and Frigate no others", async () => {
    await readerOf({});
    await frigate.start();
    frigate.say("bays/bay-1/state", "{}");
    await vi.waitUntil(() => refusals() === 1 && !broker.isConnected("frigate"), patience);
    expect(broker.report()[0]?.counters["refused_acl"]).toBe(1);
  });

  test("and nobody else: a bay sensor that says it is Frigate does not come in", async () => {
    const at = { host: "127.0.0.1", port: broker.port };
    const sensor = new Frigate({ client: "bay-1", password: "secret-b", broker: at, random });
    await expect(sensor.start()).rejects.toThrow(/not authorized/i);
    expect(refusals()).toBe(1);
  });
});
