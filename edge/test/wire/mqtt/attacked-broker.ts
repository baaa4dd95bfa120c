import { createServer, type AddressInfo } from "node:net";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { Aedes } from "aedes";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { TopicEmitter } from "../../../src/adapters/mqtt/emitter.ts";
import { GuardedConnection } from "../../../src/adapters/mqtt/guarded-connection.ts";
import { type BrokerLimits, brokerLimits } from "../../../src/adapters/mqtt/limits.ts";
import { TokenBucket } from "../../../src/adapters/mqtt/token-bucket.ts";
import { MqttSensorFeed } from "../../../src/adapters/sensor/mqtt-sensor-feed.ts";
import { plainSensor } from "../../../src/adapters/sensor/planned-sensor.ts";
import { secretsOf, silentLog } from "./test-broker.ts";

/*
 * A broker in a process of its own, for tests that may kill it. It answers each message of its parent with its
 * counts. Started as `open`, everybody may do everything on it: what then holds it up is the emitter, the drain
 * limit and the guarded connection alone. Started as `house`, it is the facility's broker.
 */

const [, , mode = "house", limitsJson = "{}", ...deviceIds] = process.argv;
const limits: BrokerLimits = {
  ...brokerLimits,
  ...(JSON.parse(limitsJson) as Partial<BrokerLimits>),
};
const serve = mode === "open" ? serveOpen : serveHouse;
const { port, counts } = await serve();
process.on("message", () => process.send?.(counts()));
process.on("disconnect", () => process.exit());
process.send?.({ port });

async function serveOpen(): Promise<{ port: number; counts: () => object }> {
  const emitter = new TopicEmitter({
    atOnce: limits.deliveriesAtOnce,
    waiting: limits.deliveriesWaiting,
  });
  const aedes = await Aedes.createBroker({ mq: emitter, drainTimeout: limits.drainMs });
  let slowReaders = 0;
  aedes.on("clientError", (_client, error) => {
    if (error.message === "drain timeout") slowReaders += 1;
  });
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    const connection = new GuardedConnection(socket, limits, {
      onRefused: () => {},
      onHeld: () => {},
    });
    const bucket = new TokenBucket(limits.tokensPerSecond, limits.tokenBurst, performance.now());
    connection.admit("device", bucket, limits.packetBytes);
    aedes.handle(connection);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port: free } = server.address() as AddressInfo;
  return { port: free, counts: () => ({ slow_readers: slowReaders }) };
}

async function serveHouse(): Promise<{ port: number; counts: () => object }> {
  const clock = new PacedClock();
  const broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: secretsOf(deviceIds),
    clock,
    log: silentLog,
    limits,
  });
  const feed = new MqttSensorFeed({
    broker,
    clock,
    sensors: deviceIds.map((id) => plainSensor(id, id)),
  });
  const kept = new Map<string, number>();
  feed.onObservations((batch) => {
    for (const { sourceId } of batch) kept.set(sourceId, (kept.get(sourceId) ?? 0) + 1);
  });
  await broker.start();
  await feed.start();
  let shown = 0;
  setInterval(() => {
    shown += 1;
    void broker.publishRetained("signs/victim/show", String(shown));
  }, 50);
  return {
    port: broker.port,
    counts: () => ({ ...broker.report()[0]?.counters, kept: Object.fromEntries(kept), shown }),
  };
}
