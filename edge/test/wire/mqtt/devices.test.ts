import { MqttBaySensor } from "@gatehouse/firmware-sim/wire/mqtt/bay-sensor";
import { MqttLoopBoard } from "@gatehouse/firmware-sim/wire/mqtt/loop-board";
import { MqttSignDisplay } from "@gatehouse/firmware-sim/wire/mqtt/sign-display";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { Part } from "@gatehouse/shared/part";
import type { LaneInputChange } from "@gatehouse/shared/ports/lane-inputs";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { instantOf, type Instant } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MqttInputs } from "../../../src/adapters/loop/mqtt-inputs.ts";
import { MqttSign } from "../../../src/adapters/sign/mqtt-sign.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import { nameOf, passwordOf, startBroker, type TestBroker, until } from "./test-broker.ts";

const puback = 4;
const random = new SystemRandom();
const clock = new PacedClock();
const bays = Array.from({ length: 120 }, (_, index) => `bay-A${index}`);

let house: TestBroker;
let started: Part[];
const on = async <Device extends Part>(device: Device): Promise<Device> => {
  started.push(device);
  await device.start();
  return device;
};
const addressOf = (deviceId: string) => ({
  deviceId,
  password: passwordOf(deviceId),
  broker: { host: "127.0.0.1", port: house.broker.port },
  random,
});
const told = (sourceId: string): readonly SpaceObservation[] =>
  house.kept.filter((observation) => observation.sourceId === sourceId);

beforeEach(async () => {
  started = [];
  house = await startBroker([...bays, "loops-2", "display"]);
});
afterEach(async () => {
  await Promise.all(started.map((part) => part.stop()));
  await house.stop();
});

describe("a bay sensor", () => {
  const sensorOn = (sensorId: string, itsClock = clock): Promise<MqttBaySensor> =>
    on(new MqttBaySensor({ ...addressOf(sensorId), clock: itsClock }));

  test("tells each change of its space, in order, until it is acknowledged", async () => {
    const sensor = await sensorOn("bay-A1");
    for (const occupied of [true, false, false, true]) sensor.set(occupied);
    await until(() => sensor.link.connected && sensor.link.unacknowledged === 0);
    const states = told("bay-A1");
    const changes = states.filter((state, index) => state.occupied !== states[index - 1]?.occupied);
    expect(changes.map(({ occupied }) => occupied).slice(-3)).toEqual([true, false, true]);
    expect(states.map(({ sequence }) => sequence)).toEqual(states.map((_, index) => index + 1));
    expect(new Set(states.map(({ boot }) => boot)).size).toBe(1);
    expect(states[0]).toMatchObject({ spaceId: "space of bay-A1", source: "sensor" });
    expect(house.feed.report()[1]).toMatchObject({ id: "bay-A1", state: "online" });
  });

  test("that was out of reach is lost, and brings what it saw meanwhile when it is back", async () => {
    const sensor = await sensorOn("bay-A1");
    sensor.set(true);
    await until(() => told("bay-A1").length > 0);
    await house.feed.stop();
    sensor.link.cut();
    await until(() => !house.broker.isConnected("bay-A1"));
    sensor.set(false);
    sensor.set(true);
    await house.feed.start();
    await until(() => sensor.link.connected && sensor.link.unacknowledged === 0);
    // What was not acknowledged comes again; what comes for the first time comes in order.
    const sequences = [...new Set(told("bay-A1").map(({ sequence }) => sequence))];
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(told("bay-A1").map(({ occupied }) => occupied)).toContain(false);
    expect(told("bay-A1").at(-1)?.occupied).toBe(true);
  });

  test("whose cable is pulled is told lost once, and speaks again by itself", async () => {
    const sensor = await sensorOn("bay-A1");
    sensor.set(true);
    await until(() => told("bay-A1").length > 0);
    sensor.link.cut();
    await until(() => house.lost.length > 0 && sensor.link.connected);
    await until(() => house.feed.report()[1]?.state === "online");
    expect(house.lost).toEqual(["bay-A1"]);
  });

  test("that repeats itself sends the same boot and sequence twice", async () => {
    const sensor = await sensorOn("bay-A1");
    await until(() => told("bay-A1").length === 1);
    sensor.setFault("duplicate");
    sensor.set(true);
    await until(() => told("bay-A1").length === 3);
    const [, first, second] = told("bay-A1");
    expect(first).toMatchObject({ sequence: 2, occupied: true });
    expect(second).toEqual(first);
  });

  test("whose messages come late sends an older sequence after a newer one", async () => {
    const sensor = await sensorOn("bay-A1", fastClock());
    await until(() => told("bay-A1").length > 0);
    sensor.setFault("late");
    const from = told("bay-A1").at(-1)?.sequence ?? 0;
    for (const occupied of [true, false, true, false]) sensor.set(occupied);
    const sequences = (): readonly number[] => told("bay-A1").map(({ sequence }) => sequence);
    await until(() => sequences().includes(from + 1) && sequences().includes(from + 2));
    const odd = from % 2 === 0 ? from + 1 : from + 2;
    expect(sequences().indexOf(odd)).toBeGreaterThan(sequences().indexOf(odd + 1));
  });

  test("that reboots has a new boot and counts from the beginning", async () => {
    const sensor = await sensorOn("bay-A1");
    sensor.set(true);
    await until(() => told("bay-A1").length > 0);
    sensor.reboot();
    await until(() => new Set(told("bay-A1").map(({ boot }) => boot)).size === 2);
    expect(told("bay-A1").at(-1)).toMatchObject({ sequence: 1, occupied: true });
  });

  test("says its state again now and then, in the facility's time", async () => {
    const sensor = await sensorOn("bay-A1", fastClock());
    sensor.set(true);
    await until(() => told("bay-A1").length >= 4);
    expect(told("bay-A1").at(-1)?.occupied).toBe(true);
  });

  test("with a wrong password is never heard, and the others are", async () => {
    await on(new MqttBaySensor({ ...addressOf("bay-A1"), password: "guess", clock })).then(
      (sensor) => sensor.set(true),
    );
    const honest = await sensorOn("bay-A2");
    honest.set(true);
    await until(() => told("bay-A2").length > 0 && (house.counters()["refused_login"] ?? 0) > 0);
    expect(told("bay-A1")).toEqual([]);
  });

  test("takes its leave in order: it is offline, and its status says so", async () => {
    const sensor = await sensorOn("bay-A1");
    await until(() => house.broker.isConnected("bay-A1"));
    await sensor.stop();
    await until(() => !house.broker.isConnected("bay-A1"));
    expect(house.lost).toEqual(["bay-A1"]);
  });
});

test("a hundred and twenty sensors of one process, each with its own name, all are heard before and after the broker's restart", async () => {
  const sensors = await Promise.all(
    bays.map((id) => on(new MqttBaySensor({ ...addressOf(id), clock }))),
  );
  for (const sensor of sensors) sensor.set(true);
  const heard = (): number => new Set(house.kept.map(({ sourceId }) => sourceId)).size;
  await until(() => heard() === bays.length);
  expect(house.counters()).toMatchObject({ connected: bays.length, refused_login: 0 });

  const { port } = house.broker;
  await house.stop();
  const second = await startBroker(bays, {}, port);
  for (const sensor of sensors) sensor.set(false);
  house = second;
  const free = (): number =>
    new Set(second.kept.filter(({ occupied }) => !occupied).map(({ sourceId }) => sourceId)).size;
  await until(() => free() === bays.length);
  expect(sensors.map(({ link }) => link.dropped)).toEqual(bays.map(() => 0));
});

describe("the loop board of a lane", () => {
  let changes: LaneInputChange[];
  let inputs: MqttInputs;
  const seen = (): string[] => changes.map(({ input, active }) => `${input} ${active}`);

  beforeEach(async () => {
    changes = [];
    inputs = new MqttInputs({ broker: house.broker, deviceId: "loops-2", laneId: "entry-2" });
    inputs.onInput((change) => void changes.push(change));
    await on(inputs);
  });

  test("tells its first states, each change once, and a broken loop as not known", async () => {
    const board = await on(new MqttLoopBoard({ ...addressOf("loops-2"), clock }));
    await until(() => changes.length === 3);
    expect(seen()).toEqual(["arming false", "safety false", "limit-open false"]);
    board.set("arming", true);
    board.set("arming", true);
    board.set("limit-open", true);
    board.breakLoop("safety");
    board.set("arming", false);
    await until(() => changes.length === 7);
    expect(seen().slice(3)).toEqual([
      "arming true",
      "limit-open true",
      "safety undefined",
      "arming false",
    ]);
    expect(changes.every(({ laneId }) => laneId === "entry-2")).toBe(true);
  });

  test("knows nothing of its inputs while it is gone, and nothing of the cars that passed meanwhile", async () => {
    const board = await on(new MqttLoopBoard({ ...addressOf("loops-2"), clock }));
    await until(() => changes.length === 3);
    board.set("arming", true);
    await until(() => changes.length === 4);
    board.link.cut();
    board.set("arming", false);
    board.set("safety", true);
    board.set("safety", false);
    await until(() => changes.length === 10);
    expect(seen().slice(4)).toEqual([
      "arming undefined",
      "safety undefined",
      "limit-open undefined",
      "arming false",
      "safety false",
      "limit-open false",
    ]);
    expect(inputs.report()[0]).toMatchObject({ kind: "lane-inputs", state: "online" });
  });

  test("is not believed when it repeats itself, is overtaken, or speaks from before its reboot", async () => {
    const board = await RawClient.login(house.broker.port, nameOf("loops-2"));
    const say = async (boot: string, seq: number, arming: boolean | null): Promise<void> => {
      const payload = JSON.stringify({ boot, seq, arming });
      board.send(packets.publish("loops/loops-2/state", payload, { qos: 1 }));
      await board.next(puback);
    };
    await say("b1", 5, true);
    await say("b1", 5, false);
    await say("b1", 4, false);
    await say("b2", 1, false);
    await say("b1", 6, true);
    await say("b2", 1, true);
    await say("b2", 2, null);
    expect(seen()).toEqual(["arming true", "arming false", "arming undefined"]);
    expect(inputs.report()[0]?.counters).toMatchObject({ messages: 7, stale: 4 });
  });

  test("is not believed when it says no state at all, and goes on being heard", async () => {
    const board = await RawClient.login(house.broker.port, nameOf("loops-2"));
    const good = JSON.stringify({ boot: "b1", seq: 1, safety: true });
    for (const payload of ["{", '{"boot":"b1"}', good]) {
      board.send(packets.publish("loops/loops-2/state", payload, { qos: 1 }));
      await board.next(puback);
    }
    expect(seen()).toEqual(["safety true"]);
    expect(house.counters()).toMatchObject({ refused_not_json: 1, refused_schema: 1 });
  });
});

describe("a display", () => {
  const signOf = (): MqttSign => new MqttSign({ broker: house.broker, signId: "display", clock });

  test("shows what the facility says, with its moment", async () => {
    const display = await on(new MqttSignDisplay(addressOf("display")));
    await until(() => house.broker.isConnected("display"));
    const sign = signOf();
    const before = clock.now();
    await sign.show({ lines: ["FREE", "Level 1"], free: 37, tone: "go" });
    await until(() => display.shown !== undefined);
    expect(display.shown).toMatchObject({ lines: ["FREE", "Level 1"], free: 37, tone: "go" });
    const at = instantOf(display.shown?.at ?? "") ?? (0 as Instant);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(sign.report()[0]).toMatchObject({ kind: "sign", state: "online" });
  });

  test("that is not connected is a fault; when it comes it shows the last message, and keeps it over an interruption", async () => {
    const sign = signOf();
    await expect(sign.show({ lines: ["FULL"], tone: "stop" })).rejects.toThrow(Fault);
    await expect(sign.show({ lines: ["STILL FULL"], tone: "stop" })).rejects.toMatchObject({
      code: "sign-unreachable",
    });
    expect(sign.report()[0]).toMatchObject({ state: "offline", fault: "sign-unreachable" });

    const display = await on(new MqttSignDisplay(addressOf("display")));
    await until(() => display.shown !== undefined);
    expect(display.shown?.lines).toEqual(["STILL FULL"]);
    display.link.cut();
    await until(() => !house.broker.isConnected("display"));
    expect(display.shown?.lines).toEqual(["STILL FULL"]);
  });

  test("keeps what it shows when a message is none", async () => {
    const display = await on(new MqttSignDisplay(addressOf("display")));
    await until(() => house.broker.isConnected("display"));
    await signOf().show({ lines: ["OPEN"], tone: "neutral" });
    await until(() => display.shown !== undefined);
    await house.broker.publishRetained("signs/display/show", "not for a display");
    await until(() => display.unreadable > 0);
    expect(display.shown?.lines).toEqual(["OPEN"]);
  });

  test("is unreachable, not a crash, while the broker does not run", async () => {
    await house.broker.stop();
    const shown = signOf().show({ lines: ["FULL"], tone: "stop" });
    await expect(shown).rejects.toMatchObject({ code: "sign-unreachable" });
  });
});

/** A thousand seconds a second. */
function fastClock(): PacedClock {
  const realEpochMs = Date.now();
  return new PacedClock({ rate: 1000, realEpochMs, virtualEpoch: realEpochMs as Instant });
}
