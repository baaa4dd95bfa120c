import { connect as connectTcp } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type BrokerProcess, forkBroker } from "./broker-process.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import { bayPayload, nameOf, until } from "./test-broker.ts";

const puback = 4;
const sessions = 6000;
const atOnce = 50;
const longestSessionMs = 40;
const fuzzers = Array.from({ length: atOnce }, (_, index) => `fuzz${index}`);

/** The same sessions each time: a failing run can be repeated. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return Math.floor(((this.#state >>> 0) / 2 ** 32) * limit);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

const packetsOf = (id: string, dice: Dice): readonly (() => Buffer)[] => [
  () => packets.connect(nameOf(id)),
  () => packets.connect({ ...nameOf(id), version: dice.of([3, 5, 131]) }),
  () => packets.connect({ ...nameOf(id), will: { topic: dice.of(topicsOf(id)), payload: "x" } }),
  () => packets.subscribe(dice.of([...topicsOf(id), "a#", "++", "a/+b"]), dice.below(4)),
  () => packets.unsubscribe(dice.of(topicsOf(id))),
  () =>
    packets.publish(dice.of(topicsOf(id)), Buffer.alloc(dice.below(300), 65), {
      qos: dice.below(4),
      retain: dice.below(2) === 0,
      id: dice.below(3),
    }),
  () => packets.publish(`bays/${id}/state`, bayPayload(dice.below(9)), { qos: 1 }),
  () => packets.ping,
  () => packets.disconnect,
  () =>
    packets.packet(
      dice.of([0x20, 0x40, 0x50, 0x62, 0x70, 0x90, 0xb0, 0xd0, 0xf0]),
      Buffer.from([0, dice.below(3)]),
    ),
  () => Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]),
];

const topicsOf = (id: string): readonly string[] => [
  `bays/${id}/state`,
  `loops/${id}/state`,
  `devices/${id}/status`,
  `signs/${id}/show`,
  "a/b",
  "#",
  "+/+/x",
  "$share/g/t",
  "$SYS/x",
  "",
  "\u0000x",
  "a/+",
  `${"a/".repeat(150)}#`,
];

/** Changes up to three bytes: another value, a flipped bit, a cut, an insertion. */
function mutate(bytes: Buffer, dice: Dice): Buffer {
  let changed = Buffer.from(bytes);
  for (let times = dice.below(4); times > 0 && changed.length > 0; times -= 1) {
    const at = dice.below(changed.length);
    const kind = dice.below(4);
    if (kind === 0) changed[at] = dice.below(256);
    else if (kind === 1) changed[at] = (changed[at] ?? 0) ^ (1 << dice.below(8));
    else if (kind === 2) changed = changed.subarray(0, at);
    else
      changed = Buffer.concat([
        changed.subarray(0, at),
        Buffer.from([dice.below(256), dice.below(256)]),
        changed.subarray(at),
      ]);
  }
  return changed;
}

function session(port: number, id: string, dice: Dice): Promise<void> {
  const parts: Buffer[] = dice.below(10) < 8 ? [packets.connect(nameOf(id))] : [];
  for (let count = 1 + dice.below(5); count > 0; count -= 1)
    parts.push(mutate(dice.of(packetsOf(id, dice))(), dice));
  return new Promise((resolve) => {
    const socket = connectTcp(port, "127.0.0.1");
    const end = setTimeout(() => socket.destroy(), dice.below(longestSessionMs));
    socket.on("connect", () => socket.write(Buffer.concat(parts)));
    socket.on("error", () => {});
    socket.resume();
    socket.on("close", () => {
      clearTimeout(end);
      resolve();
    });
  });
}

let broker: BrokerProcess;
afterEach(() => broker.kill());

test(
  "thousands of malformed sessions harm nobody but themselves",
  { timeout: 40_000 },
  async () => {
    broker = await forkBroker(
      "house",
      {
        connectsPerSecond: 100_000,
        connectBurst: 100_000,
        slowdown: { freeTries: 1e9, firstWaitMs: 0, longestWaitMs: 0, forgetMs: 1, remembered: 9 },
      },
      [...fuzzers, "victim"],
    );
    const { port } = broker;
    const victim = await RawClient.login(port, nameOf("victim"));
    let sent = 0;
    const tick = setInterval(() => {
      sent += 1;
      victim.send(packets.publish("bays/victim/state", bayPayload(sent), { qos: 1, id: sent }));
    }, 50);

    const dice = new Dice(20_261_120);
    await Promise.all(
      fuzzers.map(async (id) => {
        for (let count = 0; count < sessions / atOnce; count += 1) await session(port, id, dice);
      }),
    );
    clearInterval(tick);
    await until(() => victim.answers.length === sent || broker.ended() !== undefined);
    expect(broker.ended()).toBeUndefined();
    expect(victim.answers.every(({ type }) => type === puback)).toBe(true);
    const counts = await broker.counts();
    expect(counts["kept"]).toMatchObject({ victim: sent });
    // The sessions went past the door: each of these needs a packet of another kind.
    const reasons = ["malformed", "acl", "login", "packet_size", "topic_levels", "schema"];
    expect(reasons.filter((reason) => counts[`refused_${reason}`] === 0)).toEqual([]);
  },
);
