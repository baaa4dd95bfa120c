import { PacedClock } from "@gatehouse/shared/paced-clock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HomeAssistant } from "../../../src/adapters/home-assistant/home-assistant.ts";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { TestDesk } from "../../faces/desk-fixture.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import { nameOf, secretsOf, silentLog, until } from "./test-broker.ts";

const publish = 3;
const suback = 9;
const clock = new PacedClock();

let broker: Broker;
let desk: TestDesk;
let told: HomeAssistant;
beforeEach(async () => {
  broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: secretsOf(["listener-ha", "bay-A1"]),
    clock,
    log: silentLog,
  });
  desk = new TestDesk(clock);
  told = new HomeAssistant({
    source: desk,
    publish: (topic, payload) => broker.publishRetained(topic, payload),
    clock,
    log: silentLog,
  });
  await broker.start();
  await told.start();
});
afterEach(async () => {
  await told.stop();
  await broker.stop();
});

/** The last that was said on each topic. */
const said = (client: RawClient): Map<string, string> =>
  new Map(
    client.answers
      .filter(({ type }) => type === publish)
      .map(({ body }) => {
        const end = 2 + body.readUInt16BE(0);
        // With QoS 1 the message's number stands between topic and payload.
        return [body.subarray(2, end).toString(), body.subarray(end + 2).toString()];
      }),
  );

/** Home Assistant as it comes: with its last will, asking for everything that is announced. */
async function homeAssistant() {
  const client = await RawClient.login(broker.port, {
    ...nameOf("listener-ha"),
    will: { topic: "homeassistant/status", payload: "offline" },
  });
  client.send(packets.subscribe("homeassistant/#", 1));
  expect((await client.next(suback))?.body[2]).toBe(1);
  client.send(packets.subscribe("gatehouse/#", 1, 2));
  expect((await client.next(suback))?.body[2]).toBe(1);
  return {
    client,
    heard: {
      has: (topic: string) => said(client).has(topic),
      get: (topic: string) => said(client).get(topic),
      all: () => said(client),
    },
  };
}

const base = "gatehouse/gueterbahnhof";
const entry = "homeassistant/sensor/gatehouse_gueterbahnhof/lane_entry-1_state/config";

test("whoever comes later finds every lane, zone and device, and its state", async () => {
  const { client, heard } = await homeAssistant();
  await until(() => heard.has(`${base}/status`) && heard.has(entry));
  await until(() => heard.has(`${base}/devices/entry-1-gate/problem`));
  const config = JSON.parse(heard.get(entry) ?? "{}") as Record<string, string>;
  expect(config).toMatchObject({
    unique_id: "gatehouse_gueterbahnhof_lane_entry-1_state",
    state_topic: `${base}/lanes/entry-1/state`,
    availability_topic: `${base}/status`,
  });
  expect(heard.get(`${base}/status`)).toBe("online");
  expect(heard.get(`${base}/lanes/entry-1/state`)).toBe("idle");
  expect(heard.get(`${base}/lanes/entry-1/hold`)).toBe("none");
  expect(heard.get(`${base}/devices/entry-1-gate/problem`)).toBe("OFF");
  // Every state that a config names is there, and every discovery topic is one that Home Assistant reads.
  const configs = [...heard.all()].filter(([topic]) => topic.startsWith("homeassistant/"));
  expect(configs.length).toBeGreaterThan(10);
  for (const [topic, payload] of configs) {
    expect(topic).toMatch(/^homeassistant\/(sensor|binary_sensor)\/[\w-]+\/[\w-]+\/config$/);
    const { state_topic } = JSON.parse(payload) as { state_topic: string };
    expect(heard.has(state_topic)).toBe(true);
  }
  client.socket.destroy();
});

test("a change is told, what is gone is taken back, and the end is said", async () => {
  const { client, heard } = await homeAssistant();
  await until(() => heard.has(`${base}/lanes/entry-1/state`) && heard.has(`${base}/free`));
  const free = heard.get(`${base}/free`);
  desk.changeLane("entry-1", { state: "fault" });
  desk.lanes.splice(1, 1);
  await until(() => heard.get(`${base}/lanes/entry-1/state`) === "fault");
  await until(() => heard.get(`${base}/lanes/entry-2/state`) === "");
  expect(heard.get(`${base}/free`)).toBe(free);
  await told.stop();
  await until(() => heard.get(`${base}/status`) === "offline");
  client.socket.destroy();
});

test("it only hears: what it publishes reaches nobody, and a sensor hears none of it", async () => {
  const { client, heard } = await homeAssistant();
  await until(() => heard.has(`${base}/status`));
  const before = heard.get(entry);
  client.send(packets.publish(entry, "{}", { retain: true }));
  client.send(packets.publish("homeassistant/status", "online"));
  await until(() => (broker.report()[0]?.counters["refused_unknown_topic"] ?? 0) === 2);
  expect(broker.isConnected("listener-ha")).toBe(true);
  expect(heard.get(entry)).toBe(before);
  expect(heard.has("homeassistant/status")).toBe(false);
  client.send(packets.publish(`${base}/lanes/entry-1/state`, "open", { retain: true }));
  await client.closed();
  expect(heard.get(`${base}/lanes/entry-1/state`)).toBe("idle");

  const sensor = await RawClient.login(broker.port, nameOf("bay-A1"));
  sensor.send(packets.subscribe("gatehouse/#"));
  expect((await sensor.next(suback))?.body[2]).toBe(128);
  sensor.socket.destroy();
});
