import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { instantOf, type Instant } from "@gatehouse/shared/time";
import { expect, test, vi } from "vitest";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { MqttSensorFeed } from "../../../src/adapters/sensor/mqtt-sensor-feed.ts";
import { sensorCodecs } from "../../../src/adapters/sensor/codecs.ts";
import { planSensors } from "../../../src/adapters/sensor/sensor-plan.ts";
import { smallSite } from "../../flows/small-site.ts";

vi.setConfig({ testTimeout: 60_000 });

const uplinks = 50_000;
const server = "chirpstack";
const euiOf = (index: number): string => `a81758fffe0a1b0${index}`;

test("of 50,000 uplinks with any bytes each is taken, or refused by name and counted", () => {
  const clock = new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant);
  const config = FacilityConfig.parse({
    ...smallSite(20),
    sensors: sensorCodecs.map(({ model, use }, index) => ({
      id: euiOf(index),
      model,
      ...(use === "counter"
        ? { counter: { zone: "west", into: "left" } }
        : { space: `A00${index + 1}` }),
      ...(use === "distance" && { occupied_below_mm: 1500 }),
    })),
    network_servers: [server],
  });
  const listen = { host: "127.0.0.1", port: 0 };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const feed = new MqttSensorFeed({
    broker: new Broker({ listen, secrets: {}, clock, log }),
    clock,
    sensors: planSensors(config, "/nowhere"),
    networkServers: [server],
  });
  let words = 0;
  feed.onObservations((batch) => void (words += batch.length));
  const random = new SeededRandom(4);
  const upTo = (limit: number): number => Math.floor(random.fraction() * limit);
  const heads = [
    "",
    "",
    "be0202",
    "be0201",
    "80000201",
    "80000203",
    "0175",
    "1566",
    "0482",
    "8400",
  ];
  let unnamed = 0;
  const told = { taken: 0, refused: 0 };
  for (let fCnt = 0; fCnt < uplinks; fCnt += 1) {
    const head = Buffer.from(heads[upTo(heads.length)] ?? "", "hex");
    const tail = Buffer.from(Array.from({ length: upTo(40) }, () => upTo(256)));
    const delivery = feed.deliver(server, {
      deviceInfo: { devEui: euiOf(upTo(sensorCodecs.length)) },
      devAddr: "01ab23cd",
      fCnt: random.fraction() < 0.1 ? upTo(70_000) : fCnt,
      fPort: [1, 2, 3, 15, 85, 190, upTo(256)][upTo(7)],
      data: Buffer.concat([head, tail]).toString("base64"),
    });
    told[delivery.kind] += 1;
    if (delivery.kind === "refused" && delivery.why === "") unnamed += 1;
  }
  const sensors = feed.report().filter(({ kind }) => kind !== "network-server");
  const named = sensors.filter(({ id }) => id.startsWith("a817"));
  const sum = (name: string): number =>
    named.reduce((total, { counters }) => total + (counters[name] ?? 0), 0);
  expect(unnamed).toBe(0);
  expect(told.taken + told.refused).toBe(uplinks);
  expect(sum("messages")).toBe(told.taken);
  expect(sum("refused")).toBe(told.refused);
  expect(words).toBeGreaterThan(500);
  expect(feed.unread().length).toBeLessThanOrEqual(20);
});
