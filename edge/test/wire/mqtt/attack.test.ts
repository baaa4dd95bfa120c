import { afterEach, expect, test } from "vitest";
import { type BrokerProcess, forkBroker } from "./broker-process.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import { bayPayload, nameOf, until } from "./test-broker.ts";

const puback = 4;
const suback = 9;
const published = 3;
const floodMs = 3000;
const patienceMs = 20_000;
const flooderIds = Array.from({ length: 60 }, (_, index) => `flooder${index}`);

let broker: BrokerProcess;
afterEach(() => broker.kill());

/** Writes the same messages over and over, as fast as TCP takes them, until told to stop. */
async function pour(client: RawClient, messages: Buffer, goesOn: () => boolean): Promise<void> {
  const { socket } = client;
  while (goesOn() && !socket.destroyed) {
    if (socket.write(messages)) await new Promise(setImmediate);
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function floodFrom(
  clients: readonly RawClient[],
  messagesOf: (id: string) => Buffer,
): Promise<void> {
  let goesOn = true;
  const done = clients.map((client, index) =>
    pour(client, messagesOf(flooderIds[index] ?? ""), () => goesOn),
  );
  await new Promise((resolve) => setTimeout(resolve, floodMs));
  goesOn = false;
  for (const client of clients) client.socket.destroy();
  await Promise.all(done);
}

/** Publishes to itself every 50 ms, with a number each. */
async function victimOf(port: number): Promise<{ stop(): number; received(): number }> {
  const client = await RawClient.login(port, { id: "victim" });
  client.send(packets.subscribe("victim/#"));
  await client.next(suback);
  let sent = 0;
  const tick = setInterval(() => {
    sent += 1;
    client.send(packets.publish("victim/a", String(sent), { qos: 1, id: sent }));
  }, 50);
  const numbers = (): string[] =>
    client.answers
      .filter(({ type }) => type === published)
      .map(({ body }) => body.subarray(2 + "victim/a".length).toString());
  return {
    stop: () => {
      clearInterval(tick);
      return sent;
    },
    received: () => new Set(numbers()).size,
  };
}

async function subscriberOf(port: number, filter: string): Promise<RawClient> {
  const client = await RawClient.login(port, { id: "evil" });
  client.send(packets.subscribe(filter));
  await client.next(suback);
  return client;
}

test(
  "a subscriber that stops reading under a flood, and comes back each time it is cut off, costs the others nothing",
  { timeout: 40_000 },
  async () => {
    broker = await forkBroker("open");
    const victim = await victimOf(broker.port);
    // It never closes a connection itself: only the broker can end its freeze.
    const frozen: RawClient[] = [];
    const freeze = async (): Promise<void> => {
      const evil = await subscriberOf(broker.port, "flood/#");
      evil.socket.pause();
      frozen.push(evil);
    };
    await freeze();
    const again = setInterval(() => void freeze(), 1500);
    const flooders = await Promise.all(
      flooderIds.map((id) => RawClient.login(broker.port, { id })),
    );
    const message = packets.publish("flood/x", Buffer.alloc(2048, "a"));
    await floodFrom(flooders, () => Buffer.concat(Array.from({ length: 20 }, () => message)));
    clearInterval(again);
    const sent = victim.stop();
    await until(() => victim.received() === sent || broker.ended() !== undefined);
    expect(broker.ended()).toBeUndefined();
    expect(victim.received()).toBe(sent);
    // Its patience with a frozen one may outlast the flood.
    await expect
      .poll(async () => (await broker.counts())["slow_readers"], { timeout: patienceMs })
      .toBeGreaterThan(0);
    for (const evil of frozen) evil.socket.destroy();
  },
);

test(
  "a slow subscriber under a flood that then leaves does not take the broker with it",
  { timeout: 40_000 },
  async () => {
    broker = await forkBroker("open");
    const victim = await victimOf(broker.port);
    const evil = await subscriberOf(broker.port, "flood/#");
    // Reads, but far slower than the flood.
    const sip = setInterval(() => {
      evil.socket.resume();
      setTimeout(() => evil.socket.pause(), 1);
    }, 100);
    const flooders = await Promise.all(
      flooderIds.map((id) => RawClient.login(broker.port, { id })),
    );
    const message = packets.publish("flood/x", Buffer.alloc(100, "a"));
    await floodFrom(flooders, () => Buffer.concat(Array.from({ length: 50 }, () => message)));
    clearInterval(sip);
    evil.socket.destroy();
    const sent = victim.stop();
    await until(() => victim.received() === sent || broker.ended() !== undefined);
    expect(broker.ended()).toBeUndefined();
    expect(victim.received()).toBe(sent);
  },
);

test(
  "sixty stolen sensors at full speed and a frozen one do not keep a sensor or a display from being heard",
  { timeout: 40_000 },
  async () => {
    broker = await forkBroker("house", {}, [...flooderIds, "evil", "victim"]);
    const { port } = broker;
    const sensor = await RawClient.login(port, nameOf("victim"));
    sensor.send(packets.subscribe("signs/victim/show", 0));
    await sensor.next(suback);
    let sent = 0;
    const tick = setInterval(() => {
      sent += 1;
      sensor.send(packets.publish("bays/victim/state", bayPayload(sent), { qos: 1, id: sent }));
    }, 50);

    const evil = await RawClient.login(port, nameOf("evil"));
    evil.send(packets.subscribe("devices/evil/#"));
    await evil.next(suback);
    evil.socket.pause();
    let evilGoesOn = true;
    const status = packets.publish("devices/evil/status", "online", { retain: true });
    const selfFlood = pour(evil, Buffer.concat(Array(50).fill(status)), () => evilGoesOn);

    const flooders = await Promise.all(flooderIds.map((id) => RawClient.login(port, nameOf(id))));
    await floodFrom(flooders, (id) => {
      const message = packets.publish(`bays/${id}/state`, bayPayload(1));
      return Buffer.concat(Array.from({ length: 50 }, () => message));
    });
    evilGoesOn = false;
    evil.socket.destroy();
    await selfFlood;
    clearInterval(tick);

    const of = (type: number): number =>
      sensor.answers.filter((answer) => answer.type === type).length;
    await until(() => of(puback) === sent || broker.ended() !== undefined);
    expect(broker.ended()).toBeUndefined();
    const counts = await broker.counts();
    expect(counts["kept"]).toMatchObject({ victim: sent });
    const shown = Number(counts["shown"]);
    await until(() => of(published) >= shown);
    // The flooders got what their buckets grant, and no more.
    expect(Number(counts["held_back"])).toBeGreaterThan(0);
  },
);
