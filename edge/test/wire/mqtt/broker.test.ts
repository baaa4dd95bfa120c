import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { brokerLimits } from "../../../src/adapters/mqtt/limits.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import {
  bayPayload,
  nameOf,
  silentLog,
  startBroker,
  type TestBroker,
  until,
} from "./test-broker.ts";

const puback = 4;
const suback = 9;
const published = 3;
const pingAnswer = 13;

let house: TestBroker;
const login = (id: string): Promise<RawClient> => RawClient.login(house.broker.port, nameOf(id));
const stillServes = async (): Promise<void> => {
  const before = house.kept.length;
  const sensor = await login("witness");
  sensor.send(packets.publish("bays/witness/state", bayPayload(before), { qos: 1, id: 77 }));
  expect((await sensor.next(puback))?.body).toEqual(Buffer.from([0, 77]));
  expect(house.kept).toHaveLength(before + 1);
  sensor.socket.destroy();
};

afterEach(() => house.stop());

describe("with the limits of a facility", () => {
  beforeEach(async () => {
    house = await startBroker(["me", "other", "witness"]);
  });

  describe("who may come in", () => {
    const notAuthorized = 5;
    const badPassword = 4;
    const badVersion = 1;
    const keepAliveTooLong = 6;
    test.each([
      ["nobody by name", { id: "me" }, badPassword, "refused_login"],
      ["a name without a password", { id: "me", user: "me" }, badPassword, "refused_login"],
      ["a wrong password", { ...nameOf("me"), password: "guess" }, badPassword, "refused_login"],
      ["an unknown device", nameOf("nobody"), badPassword, "refused_login"],
      ["another device's name", { ...nameOf("me"), id: "other" }, badPassword, "refused_login"],
      ["no client id", { ...nameOf("me"), id: "" }, badPassword, "refused_login"],
      [
        "a keep-alive of 61 s",
        { ...nameOf("me"), keepAlive: 61 },
        keepAliveTooLong,
        "refused_keep_alive",
      ],
      ["no keep-alive", { ...nameOf("me"), keepAlive: 0 }, keepAliveTooLong, "refused_keep_alive"],
      ["MQTT 5", { ...nameOf("me"), version: 5 }, badVersion, "refused_malformed"],
      [
        "a will on another's status",
        { ...nameOf("me"), will: { topic: "devices/other/status", payload: "offline" } },
        notAuthorized,
        "refused_acl",
      ],
      [
        "a will on $SYS",
        { ...nameOf("me"), will: { topic: "$SYS/x", payload: "x", retain: true } },
        notAuthorized,
        "refused_acl",
      ],
      [
        "a will on a topic of 200 levels",
        { ...nameOf("me"), will: { topic: "a/".repeat(200), payload: "x" } },
        notAuthorized,
        "refused_acl",
      ],
    ])("%s is turned away, with the code that says why", async (_who, options, code, counter) => {
      const client = await RawClient.open(house.broker.port);
      client.send(packets.connect(options));
      const answer = await client.next(2);
      expect(answer?.body[1]).toBe(code);
      await client.closed();
      expect(house.counters()[counter]).toBe(1);
      await stillServes();
    });

    test("a device that asks to be remembered gets in, and is not remembered", async () => {
      const options = { ...nameOf("me"), persistent: true };
      const first = await RawClient.login(house.broker.port, options);
      first.send(packets.subscribe("signs/me/show", 1));
      await first.next(suback);
      first.send(packets.disconnect);
      await first.closed();
      await house.broker.publishRetained("signs/me/show", "missed");

      const second = await RawClient.open(house.broker.port);
      second.send(packets.connect(options));
      expect((await second.next(2))?.body).toEqual(Buffer.from([0, 0]));
      second.send(packets.ping);
      await second.next(pingAnswer);
      expect(second.answers).toEqual([]);
    });

    test("who guesses waits longer each time, the device itself elsewhere or under another name does not", async () => {
      const guess = async (): Promise<void> => {
        const client = await RawClient.open(house.broker.port);
        client.send(packets.connect({ ...nameOf("me"), password: "guess" }));
        await client.closed();
      };
      for (let time = 0; time < brokerLimits.slowdown.freeTries; time += 1) await guess();
      const order: string[] = [];
      const fourth = guess().then(() => order.push("fourth guess"));
      await stillServes().then(() => order.push("another device"));
      await fourth;
      expect(order).toEqual(["another device", "fourth guess"]);
      expect(house.counters()["refused_login"]).toBe(brokerLimits.slowdown.freeTries + 1);
    });

    test("a second connection under the same name takes the place of the first", async () => {
      const first = await login("me");
      const second = await login("me");
      await first.closed();
      second.send(packets.ping);
      expect(await second.next(pingAnswer)).toBeDefined();
      expect(house.counters()).toMatchObject({ takeovers: 1, connected: 1 });
    });
  });

  describe("before the login", () => {
    test("a client that sends anything but CONNECT is cut off", async () => {
      const client = await RawClient.open(house.broker.port);
      client.send(packets.publish("bays/me/state", bayPayload(1), { qos: 1 }));
      await client.closed();
      expect(house.kept).toEqual([]);
      await stillServes();
    });

    test("more than 4 KB are too many, whatever they say", async () => {
      const client = await RawClient.open(house.broker.port);
      client.send(packets.connect({ ...nameOf("me"), password: "x".repeat(5000) }));
      await client.closed();
      expect(house.counters()["refused_before_login"]).toBe(1);
      await stillServes();
    });
  });

  describe("what a device may say", () => {
    test.each([
      ["bays/other/state", false],
      ["loops/other/state", false],
      ["devices/other/status", true],
      ["signs/me/show", true],
      ["signs/other/show", true],
      ["$SYS/broker/uptime", false],
      ["$share/g/bays/me/state", false],
    ])("on %s (retained: %s) it is cut off, and nobody hears it", async (topic, retain) => {
      const listener = await login("other");
      listener.send(packets.subscribe("signs/other/show"), packets.subscribe("devices/other/#"));
      await listener.next(suback);
      await listener.next(suback);
      const client = await login("me");
      client.send(packets.publish(topic, bayPayload(1), { qos: 1, retain }));
      expect(await client.next(puback)).toBeUndefined();
      expect(house.counters()["refused_acl"]).toBe(1);
      listener.send(packets.ping);
      await listener.next(pingAnswer);
      expect(listener.answers.filter(({ type }) => type === published)).toEqual([]);
      expect(house.kept).toEqual([]);
      await stillServes();
    });

    test.each([
      ["on an unknown topic", "weather/now", bayPayload(1), false, "refused_unknown_topic"],
      ["on a topic too many", "bays/me/config", bayPayload(1), false, "refused_unknown_topic"],
      ["retained, where nothing is", "bays/me/state", bayPayload(1), true, "refused_retained"],
      ["no JSON", "bays/me/state", '{"boot":', false, "refused_not_json"],
      ["another JSON", "bays/me/state", '{"occupied":1}', false, "refused_schema"],
      ["a status that is none", "devices/me/status", "perhaps", true, "refused_schema"],
      ["a loop's state without a lane", "loops/me/state", "{}", false, "refused_unknown_device"],
    ])(
      "%s is acknowledged, counted and dropped",
      async (_what, topic, payload, retain, counter) => {
        const client = await login("me");
        client.send(
          packets.publish(topic, payload, { qos: 1, id: 5, retain }),
          packets.publish("bays/me/state", bayPayload(2), { qos: 1, id: 6 }),
        );
        const acknowledged = [await client.next(puback), await client.next(puback)];
        expect(new Set(acknowledged.map((answer) => answer?.body[1]))).toEqual(new Set([5, 6]));
        expect(house.counters()[counter]).toBe(1);
        expect(house.kept.map(({ sequence }) => sequence)).toEqual([2]);
        expect(house.warned).toEqual([
          { event: "mqtt-refused", fields: expect.objectContaining({ client: "me" }) },
        ]);
        const listener = await login("other");
        listener.send(packets.subscribe("devices/other/#"));
        await listener.next(suback);
        expect(listener.answers).toEqual([]);
      },
    );

    test.each([
      [
        "of more than 64 KB",
        packets.publish("bays/me/state", Buffer.alloc(65_537)),
        "refused_packet_size",
      ],
      ["that claims 256 MB", Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]), "refused_packet_size"],
      [
        "with a length that never ends",
        Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x7f]),
        "refused_malformed",
      ],
      [
        "on a topic of 11 levels",
        packets.publish("a/b/c/d/e/f/g/h/i/j/k", "x"),
        "refused_topic_levels",
      ],
      [
        "on a topic of 5,000 levels",
        packets.publish("a/".repeat(5000), "x", { qos: 1 }),
        "refused_topic_levels",
      ],
      ["on no topic", packets.publish("", "x"), "refused_malformed"],
      ["on a wildcard", packets.publish("bays/+/state", "x"), "refused_malformed"],
      ["listening 200 levels deep", packets.subscribe("a/".repeat(200)), "refused_topic_levels"],
      ["of a type that does not exist", Buffer.from([0xf0, 0]), "refused_malformed"],
    ])("a packet %s cuts it off, and only it", async (_what, bytes, counter) => {
      const bystander = await login("other");
      const client = await login("me");
      client.send(bytes);
      await client.closed();
      await until(() => house.counters()[counter] === 1);
      bystander.send(packets.ping);
      expect(await bystander.next(pingAnswer)).toBeDefined();
      await stillServes();
    });

    test("a message of QoS 2 is durable before its PUBREC", async () => {
      const client = await login("me");
      const message = packets.publish("bays/me/state", bayPayload(1), { qos: 2, id: 9 });
      client.send(message);
      expect((await client.next(5))?.body).toEqual(Buffer.from([0, 9]));
      expect(house.kept).toHaveLength(1);
      client.send(packets.packet(0x62, Buffer.from([0, 9])));
      expect((await client.next(7))?.body).toEqual(Buffer.from([0, 9]));
    });

    test("a message of QoS 0 is kept like any other", async () => {
      const client = await login("me");
      client.send(packets.publish("bays/me/state", bayPayload(1)));
      await until(() => house.kept.length > 0);
      expect(house.kept).toMatchObject([{ sourceId: "me", sequence: 1 }]);
    });
  });

  describe("what a device may hear", () => {
    test.each([
      ["signs/me/show", 0],
      ["devices/me/status", 0],
      ["devices/me/#", 0],
      ["signs/other/show", 128],
      ["devices/other/status", 128],
      ["bays/me/state", 128],
      ["bays/+/state", 128],
      ["#", 128],
      ["+/+/+", 128],
      ["$SYS/#", 128],
      ["$SYS/+/new/clients", 128],
      ["$share/g/bays/other/state", 128],
      ["$share/g/#", 128],
    ])("%s is answered %s", async (filter, code) => {
      const client = await login("me");
      client.send(packets.subscribe(filter));
      expect((await client.next(suback))?.body[2]).toBe(code);
      const other = await login("other");
      other.send(packets.publish("bays/other/state", bayPayload(1), { qos: 1 }));
      await other.next(puback);
      client.send(packets.ping);
      await client.next(pingAnswer);
      expect(client.answers.filter(({ type }) => type === published)).toEqual([]);
      expect(house.counters()["refused_acl"]).toBe(code === 128 ? 1 : 0);
    });
  });

  test("a last will is told: the sensor is lost, and its retained status says so", async () => {
    const options = {
      ...nameOf("me"),
      will: { topic: "devices/me/status", payload: "offline", retain: true },
    };
    const client = await RawClient.login(house.broker.port, options);
    client.send(packets.publish("devices/me/status", "online", { qos: 1, retain: true }));
    await client.next(puback);
    expect(house.broker.isConnected("me")).toBe(true);
    client.socket.resetAndDestroy();
    await until(() => house.lost.length > 0);
    expect(house.lost).toEqual(["me"]);
    expect(house.broker.isConnected("me")).toBe(false);

    const again = await login("me");
    again.send(packets.subscribe("devices/me/status"));
    const retained = await again.next(published);
    expect(retained?.body.toString()).toContain("offline");
  });

  test("a sensor that takes its leave is not lost, one that vanishes without a will is", async () => {
    const asleep = await login("me");
    asleep.send(packets.disconnect);
    await asleep.closed();
    const gone = await login("other");
    gone.socket.resetAndDestroy();
    await until(() => house.lost.length > 0);
    expect(house.lost).toEqual(["other"]);
    const states = Object.fromEntries(house.feed.report().map(({ id, state }) => [id, state]));
    expect(states).toEqual({ me: "stale", other: "offline", witness: "unknown" });
  });

  test("while the disk is full nothing is acknowledged and no sensor is cut off; then all is", async () => {
    house.trouble = new Fault("disk-full", "no room");
    const client = await login("me");
    for (const id of [1, 2])
      client.send(packets.publish("bays/me/state", bayPayload(id), { qos: 1, id }));
    client.send(packets.ping);
    await client.next(pingAnswer);
    await until(() => (house.counters()["disk_full"] ?? 0) >= 2);
    expect(client.answers).toEqual([]);
    expect(house.counters()["held"]).toBe(2);
    expect(house.warned.map(({ event }) => event)).toEqual(["mqtt-unacknowledged"]);

    house.trouble = undefined;
    const ids = [await client.next(puback), await client.next(puback)].map((a) => a?.body[1]);
    expect(ids).toEqual([1, 2]);
    expect(house.kept.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test("a message that nobody is ready to keep is not acknowledged", async () => {
    await house.feed.stop();
    const client = await login("me");
    client.send(packets.publish("bays/me/state", bayPayload(1), { qos: 1 }));
    expect(await client.next(puback)).toBeUndefined();
    expect(house.counters()["refused_not_ready"]).toBe(1);
  });

  test("a stopped broker leaves its port and tells no sensor lost; started again it serves", async () => {
    const client = await login("me");
    const { port } = house.broker;
    await house.broker.stop();
    await client.closed();
    expect(house.lost).toEqual([]);
    expect(house.broker.report()[0]?.state).toBe("offline");
    const refused = await RawClient.open(port);
    await refused.closed();
    await house.broker.start();
    await stillServes();
  });

  test("a taken port is named, with what to do", async () => {
    const { port } = house.broker;
    const second = new Broker({
      listen: { host: "127.0.0.1", port },
      secrets: {},
      clock: new PacedClock(),
      log: silentLog,
    });
    const fault = await second.start().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({
      code: "port-taken",
      message: expect.stringMatching(new RegExp(`127.0.0.1:${port}.*write another port`)),
    });
    await second.stop();
    await stillServes();
  });
});

describe("with small limits", () => {
  test("a client that never finishes its CONNECT is cut off", async () => {
    house = await startBroker(["witness"], { connectWaitMs: 100 });
    const [silent, slow] = await Promise.all([
      RawClient.open(house.broker.port),
      RawClient.open(house.broker.port),
    ]);
    slow.send(packets.connect(nameOf("witness")).subarray(0, 5));
    await Promise.all([silent.closed(), slow.closed()]);
    expect(house.counters()["refused_before_login"]).toBe(2);
    await stillServes();
  });

  test("a silent client is cut off after one and a half times its own keep-alive", async () => {
    house = await startBroker(["me", "witness"]);
    const client = await RawClient.login(house.broker.port, { ...nameOf("me"), keepAlive: 1 });
    await client.closed();
    await until(() => house.lost.length > 0);
    expect(house.lost).toEqual(["me"]);
  });

  test("more connections than allowed are turned away; a place that becomes free is used", async () => {
    house = await startBroker(["witness"], { connections: 2 });
    const held = [await RawClient.open(house.broker.port), await RawClient.open(house.broker.port)];
    await (await RawClient.open(house.broker.port)).closed();
    expect(house.counters()["refused_connections"]).toBe(1);
    held[0]?.socket.destroy();
    await until(() => house.broker.report()[0]?.counters["open"] === 1);
    await stillServes();
  });

  test("connections that come too fast are turned away", async () => {
    house = await startBroker(["witness"], { connectsPerSecond: 20, connectBurst: 5 });
    const all = await Promise.all(
      Array.from({ length: 50 }, () => RawClient.open(house.broker.port)),
    );
    await until(() => (house.counters()["refused_connect_rate"] ?? 0) > 0);
    for (const client of all) client.socket.destroy();
    // Who tries again later gets in.
    const witness = async (): Promise<RawClient> =>
      login("witness").catch(() => new Promise(setImmediate).then(witness));
    expect((await witness()).socket.destroyed).toBe(false);
  });

  test("a client over its rate is slowed down and loses nothing", async () => {
    house = await startBroker(["me", "witness"], { tokensPerSecond: 1000, tokenBurst: 50 });
    const client = await login("me");
    const ids = Array.from({ length: 300 }, (_, index) => index + 1);
    client.send(
      ...ids.map((id) => packets.publish("bays/me/state", bayPayload(id), { qos: 1, id })),
    );
    await until(() => client.answers.length === ids.length);
    expect(house.counters()["held_back"]).toBeGreaterThan(0);
    expect(house.kept.map(({ sequence }) => sequence)).toEqual(ids);
  });

  test("a client that never keeps within its rate is cut off, and gains nothing by coming back", async () => {
    const limits = { tokensPerSecond: 100, tokenBurst: 400, overRateMs: 200 };
    house = await startBroker(["me", "witness"], limits);
    const message = packets.publish("bays/me/state", bayPayload(1));
    const flood = async (): Promise<void> => {
      const client = await login("me");
      const pour = setInterval(() => client.send(...Array.from({ length: 50 }, () => message)), 5);
      await client.closed();
      clearInterval(pour);
    };
    await flood();
    const afterFirst = house.kept.length;
    await flood();
    expect(house.counters()["refused_rate"]).toBe(2);
    // The second connection found no second burst: what it may say is the rate alone.
    expect(house.kept.length - afterFirst).toBeLessThan(afterFirst);
    await stillServes();
  });

  test("messages held for a full disk have a bound a client; beyond it the client is cut off", async () => {
    house = await startBroker(["me", "witness"], { heldPerClient: 3, heldRetryMs: 20 });
    house.trouble = new Fault("disk-full", "no room");
    const client = await login("me");
    for (const id of [1, 2, 3, 4])
      client.send(packets.publish("bays/me/state", bayPayload(id), { qos: 1, id }));
    expect(await client.next(puback)).toBeUndefined();
    expect(house.counters()).toMatchObject({ held: 3, refused_in_flight: 1 });
    house.trouble = undefined;
    await until(() => house.kept.length === 3);
    await stillServes();
  });

  test("half-done messages of QoS 2 have a bound a client", async () => {
    house = await startBroker(["me", "witness"], { halfDone: 5 });
    const client = await login("me");
    for (let id = 1; id <= 6; id += 1)
      client.send(packets.publish("bays/me/state", bayPayload(id), { qos: 2, id }));
    await client.closed();
    expect(house.counters()["refused_in_flight"]).toBe(1);
    await stillServes();
  });
});
