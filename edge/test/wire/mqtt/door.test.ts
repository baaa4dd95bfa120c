import { MqttBaySensor } from "@gatehouse/firmware-sim/wire/mqtt/bay-sensor";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import {
  bayPayload,
  nameOf,
  passwordOf,
  startBroker,
  type TestBroker,
  until,
} from "./test-broker.ts";

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker(["bay-A1", "bay-A2"]);
});
afterEach(() => house.stop());
const visitor = (id: string) => house.broker.visitors().find((each) => each.id === id);

test("each client's messages and refusals are its own, and strangers leave no trace", async () => {
  const { port } = house.broker;
  const client = await RawClient.login(port, nameOf("bay-A1"));
  client.send(packets.publish("bays/bay-A1/state", bayPayload(1)));
  client.send(packets.publish("bays/bay-A2/state", bayPayload(1)));
  await client.closed();
  await until(() => visitor("bay-A1")?.refused["acl"] === 1);
  expect(visitor("bay-A1")?.messages).toBe(2);

  for (const id of ["bay-A2", "nobody-knows"]) {
    const wrong = await RawClient.open(port);
    wrong.send(packets.connect({ id, user: id, password: "wrong" }));
    await wrong.closed();
  }
  expect(visitor("bay-A2")).toMatchObject({ isInside: false, refused: { login: 1 } });
  expect(visitor("bay-A2")?.lastSeen).toBeUndefined();
  expect(visitor("nobody-knows")).toBeUndefined();
});

test("who is shut out is put out, and stays out until it is let in; others are not touched", async () => {
  const { broker } = house;
  const sensor = (deviceId: string) =>
    new MqttBaySensor({
      deviceId,
      password: passwordOf(deviceId),
      broker: { host: "127.0.0.1", port: broker.port },
      random: new SystemRandom(),
      clock: new PacedClock(),
    });
  const [bad, good] = [sensor("bay-A1"), sensor("bay-A2")];
  await Promise.all([bad.start(), good.start()]);
  await until(() => broker.isConnected("bay-A1") && broker.isConnected("bay-A2"));

  broker.shutOut(new Set(["bay-A1"]));
  await until(() => !broker.isConnected("bay-A1"));
  // It knocks again by itself, with the right password.
  await until(() => (visitor("bay-A1")?.refused["shut_out"] ?? 0) > 0);
  bad.set(true);
  good.set(true);
  await until(() => house.kept.some(({ sourceId, occupied }) => sourceId === "bay-A2" && occupied));
  expect(house.kept.some(({ sourceId, occupied }) => sourceId === "bay-A1" && occupied)).toBe(
    false,
  );
  expect(house.counters()["refused_shut_out"]).toBeGreaterThan(0);

  broker.shutOut(new Set());
  await until(() => house.kept.some(({ sourceId, occupied }) => sourceId === "bay-A1" && occupied));
  await Promise.all([bad.stop(), good.stop()]);
});

test("a client that is put out comes anew", async () => {
  const { broker } = house;
  const client = await RawClient.login(broker.port, nameOf("bay-A1"));
  await until(() => broker.isConnected("bay-A1"));
  expect(broker.putOut("bay-A1")).toBe(true);
  await client.closed();
  await until(() => !broker.isConnected("bay-A1"));
  expect(broker.putOut("bay-A1")).toBe(false);
  const again = await RawClient.login(broker.port, nameOf("bay-A1"));
  await until(() => broker.isConnected("bay-A1"));
  again.socket.destroy();
});
