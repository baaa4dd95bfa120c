import { isSimulatedMake, sensorFrames } from "@gatehouse/firmware-sim/lora/sensor-frames";
import { LoraSensor } from "@gatehouse/firmware-sim/lora/lora-sensor";
import { NetworkServerSim } from "@gatehouse/firmware-sim/lora/network-server";
import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { Part } from "@gatehouse/shared/part";
import type { SensorHealth, VehicleCount } from "@gatehouse/shared/ports/sensor-feed";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PushServer } from "../../../src/adapters/lpr/push-server.ts";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { MqttSensorFeed } from "../../../src/adapters/sensor/mqtt-sensor-feed.ts";
import { planSensors } from "../../../src/adapters/sensor/sensor-plan.ts";
import { UplinkPush } from "../../../src/adapters/sensor/uplink-push.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { smallSite } from "../../flows/small-site.ts";
import * as packets from "../mqtt/packets.ts";
import { RawClient } from "../mqtt/raw-client.ts";
import { nameOf, passwordOf, secretsOf, silentLog, until } from "../mqtt/test-broker.ts";

const clock = new PacedClock();
const random = new SystemRandom();
const makes = Object.keys(sensorFrames).filter(isSimulatedMake);
const euiOf = (index: number): string => `a81758fffe0a1b${String(index).padStart(2, "0")}`;
const radar = "a81758fffe0a1bff";
const mapped = "a81758fffe0a1bee";

let broker: Broker;
let feed: MqttSensorFeed;
let pushes: PushServer;
let words: SpaceObservation[];
let counts: VehicleCount[];
let healths: SensorHealth[];
let trouble: Fault | undefined;
let started: Part[];

const on = async <Device extends Part>(device: Device): Promise<Device> => {
  started.push(device);
  await device.start();
  return device;
};

beforeEach(async () => {
  [words, counts, healths, started, trouble] = [[], [], [], [], undefined];
  const config = FacilityConfig.parse({
    ...smallSite(20),
    sensors: [
      ...makes.map((model, index) => ({
        id: euiOf(index),
        model,
        space: `A00${index + 1}`,
        ...(model === "milesight_em400_udl" && { occupied_below_mm: 1500 }),
      })),
      { id: radar, model: "parametric_tcr", counter: { zone: "west", into: "right" } },
      { id: mapped, model: "flat-json", space: "A009" },
      { id: "zigbee-7", model: "flat-json", space: "A010" },
    ],
    network_servers: ["chirpstack", "tts"],
  });
  broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: secretsOf(["chirpstack", "tts", "zigbee-7", "bay-A001"]),
    networkServers: new Set(config.network_servers),
    clock,
    log: silentLog,
  });
  const { network_servers: networkServers } = config;
  feed = new MqttSensorFeed({
    broker,
    clock,
    sensors: planSensors(config, "/nowhere"),
    networkServers,
  });
  feed.onObservations((batch) => {
    if (trouble !== undefined) throw trouble;
    words.push(...batch);
  });
  feed.onCounts((batch) => void counts.push(...batch));
  feed.onHealth((health) => void healths.push(health));
  const token = createHash("sha256").update("secret-of-tts").digest("hex");
  pushes = new PushServer({
    host: "127.0.0.1",
    port: 0,
    readers: networkServers.map((id) => new UplinkPush(id, feed)),
    tokens: { tts: token },
    stopwatch: new SystemStopwatch(),
    log: silentLog,
  });
  for (const part of [broker, feed, pushes]) await on(part);
});
afterEach(async () => {
  for (const part of started.reverse()) await part.stop();
});

const addressOf = (deviceId: string) => ({
  deviceId,
  password: passwordOf(deviceId),
  broker: { host: "127.0.0.1", port: broker.port },
  random,
});
const said = (sensorId: string): boolean[] =>
  words.filter(({ sourceId }) => sourceId === sensorId).map(({ occupied }) => occupied);
const reportOf = (id: string) => feed.report().find((report) => report.id === id);

/** What The Things Stack posts about the radar or about a sensor whose codec runs on the server. */
const post = (message: object, token = "secret-of-tts"): Promise<Response> =>
  fetch(`http://127.0.0.1:${pushes.port}/push/tts`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(message),
  });
const uplink = (devEui: string, fCnt: number, message: object) => ({
  end_device_ids: { device_id: "x", dev_eui: devEui.toUpperCase(), dev_addr: "01AB23CD" },
  received_at: "2026-03-01T08:48:38.912Z",
  uplink_message: { f_port: 15, f_cnt: fCnt, ...message },
});

test.each(makes.map((make, index) => ({ make, index })))(
  "a $make behind ChirpStack moves its space, each change once",
  async ({ make, index }) => {
    const server = await on(new NetworkServerSim(addressOf("chirpstack"), "chirpstack"));
    server.setFault("twice");
    const hear = server.hear.bind(server);
    const sensor = await on(new LoraSensor({ devEui: euiOf(index), make, clock, random, hear }));
    for (const occupied of [true, false, true]) sensor.set(occupied);
    await until(() => said(euiOf(index)).length >= 8);
    const once = new Map(words.map((word) => [`${word.boot} ${word.sequence}`, word.occupied]));
    expect([...once.values()]).toEqual([false, true, false, true]);
    expect(words[0]).toMatchObject({ spaceId: `A00${index + 1}`, source: "sensor" });
    expect(reportOf(euiOf(index))).toMatchObject({
      state: "online",
      counters: { repeated: 4, lost_frames: 0, refused: 0 },
    });
    expect(reportOf("chirpstack")).toMatchObject({ kind: "network-server", state: "online" });
  },
);

test("frames that are lost on the air are counted by the next one, and a join begins anew", async () => {
  const server = await on(new NetworkServerSim(addressOf("tts"), "the-things-stack"));
  const [make = "bosch_tps110"] = makes;
  let dropping = false;
  const sensor = new LoraSensor({
    devEui: euiOf(0),
    make,
    clock,
    random,
    hear: (frame) => (dropping ? undefined : server.hear(frame)),
  });
  await on(sensor);
  dropping = true;
  for (const occupied of [true, false, true]) sensor.set(occupied);
  dropping = false;
  sensor.set(false);
  await until(() => reportOf(euiOf(0))?.counters["lost_frames"] === 3);
  sensor.join();
  sensor.set(true);
  await until(() => said(euiOf(0)).at(-1) === true);
  expect(reportOf(euiOf(0))?.counters).toMatchObject({ restarts: 1, lost_frames: 3 });
  expect(healths.at(-1)).toMatchObject({ sensorId: euiOf(0), lostFrames: 3, snr: 7.5 });
});

test("a webhook brings the counts of a radar, and the same message twice is one", async () => {
  const payload = Buffer.from(
    "be0202646412c218b800000000010600000000020b00000000011e000000000000",
    "hex",
  ).toString("base64");
  for (const _ of [1, 2]) {
    const answer = await post(uplink(radar, 7, { frm_payload: payload }));
    expect(answer.status).toBe(200);
  }
  expect(new Set(counts.map((count) => JSON.stringify(count))).size).toBe(1);
  expect(counts[0]).toMatchObject({ zoneId: "west", into: 4, out: 0 });
  expect(words).toEqual([]);
  expect(reportOf(radar)).toMatchObject({
    kind: "counter",
    counters: { counted_in: 4, repeated: 1, battery_v: 25.7 },
  });
});

test("what a server's own codec made of the bytes is read through a mapping", async () => {
  const decoded_payload = { occupied: "OCCUPIED", battery: 12, temperature: -3.5 };
  await post(uplink(mapped, 1, { frm_payload: "AQ==", decoded_payload }));
  expect(words).toMatchObject([{ spaceId: "A009", occupied: true, confidence: 0.9 }]);
  expect(healths.at(-1)).toMatchObject({
    batteryPercent: 12,
    batteryLow: true,
    temperatureC: -3.5,
  });
});

test("a foreign sensor on our broker is read through its mapping", async () => {
  const client = await RawClient.login(broker.port, nameOf("zigbee-7"));
  const tell = (payload: string) =>
    client.send(packets.publish("bays/zigbee-7/state", payload, { id: 7 }));
  tell('{"occupied":1,"battery":80}');
  tell('{"occupied":"maybe"}');
  await until(() => feed.unread().length === 1 && words.length === 1);
  expect(words).toMatchObject([{ spaceId: "A010", occupied: true, batteryPercent: 80 }]);
  expect(feed.unread()[0]).toMatchObject({
    sensorId: "zigbee-7",
    why: 'at /occupied is "maybe", neither yes nor no',
    payload: '{"occupied":"maybe"}',
  });
  client.socket.destroy();
});

test("a full disk is answered so that the server comes again, and then the word is kept", async () => {
  const word = uplink(euiOf(0), 1, { f_port: 1, frm_payload: "AQ==" });
  trouble = new Fault("disk-full", "no room");
  expect((await post(word)).status).toBe(503);
  trouble = undefined;
  expect((await post(word)).status).toBe(200);
  expect(said(euiOf(0))).toEqual([true]);
});

test("each message that nobody can read is refused by name, counted and kept for a look", async () => {
  const refusals: [object, string][] = [
    [uplink("0000000000000001", 1, { frm_payload: "AQ==" }), "no sensor of the configuration"],
    [uplink(euiOf(0), 1, { f_port: 9, frm_payload: "AQ==" }), "fPort 9"],
    [uplink(euiOf(0), 2, { f_port: 1, frm_payload: "AQ" }), "base64"],
    [{ hello: "world" }, "DevEUI"],
  ];
  for (const [message, why] of refusals) {
    const answer = await post(message);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { title: string }).title).toContain(why);
  }
  expect(feed.unread()).toHaveLength(refusals.length);
  expect(reportOf("tts")?.counters).toMatchObject({ complaints: refusals.length });
  expect((await post({}, "wrong")).status).toBe(401);
  expect(words).toEqual([]);
});

test("a network server may wait for orders to its sensors, and hears nobody else", async () => {
  const client = await RawClient.login(broker.port, nameOf("chirpstack"));
  const granted = async (filter: string): Promise<number | undefined> => {
    client.send(packets.subscribe(filter));
    return (await client.next(9))?.body.at(-1);
  };
  expect(await granted("application/+/device/+/command/+")).toBe(0);
  expect(await granted("bays/+/state")).toBe(128);
  client.socket.destroy();
});

test("only a network server may speak for others' sensors", async () => {
  const client = await RawClient.login(broker.port, nameOf("bay-A001"));
  client.send(packets.publish(`application/x/device/${euiOf(0)}/event/up`, "{}", { id: 9 }));
  await client.closed();
  expect(broker.report()[0]?.counters).toMatchObject({ refused_acl: 1 });
});
