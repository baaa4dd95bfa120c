import { PacedClock } from "@gatehouse/shared/paced-clock";
import Database from "better-sqlite3";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { MqttSensorFeed } from "../../../src/adapters/sensor/mqtt-sensor-feed.ts";
import { plainSensor } from "../../../src/adapters/sensor/planned-sensor.ts";
import { secretsOf, silentLog } from "./test-broker.ts";

/* A broker whose listener writes each observation to the SQLite file that its first argument names. */

const [, , file = "", ...deviceIds] = process.argv;
const database = new Database(file);
database.pragma("journal_mode = wal");
database.pragma("synchronous = full");
database.exec(
  `create table if not exists observation
   (sensor text, boot text, sequence integer, occupied integer, primary key (sensor, boot, sequence)) strict`,
);
const insert = database.prepare("insert or ignore into observation values (?, ?, ?, ?)");
const broker = new Broker({
  listen: { host: "127.0.0.1", port: 0 },
  secrets: secretsOf(deviceIds),
  clock: new PacedClock(),
  log: silentLog,
  limits: { tokensPerSecond: 100_000, tokenBurst: 100_000 },
});
const feed = new MqttSensorFeed({
  broker,
  clock: new PacedClock(),
  sensors: deviceIds.map((id) => plainSensor(id, id)),
});
feed.onObservations((batch) => {
  database.transaction(() => {
    for (const { sourceId, boot, sequence, occupied } of batch)
      insert.run(sourceId, boot, sequence, occupied ? 1 : 0);
  })();
});
await broker.start();
await feed.start();
process.on("disconnect", () => process.exit());
process.send?.({ port: broker.port });
