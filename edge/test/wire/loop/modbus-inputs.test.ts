import type { Board } from "@gatehouse/firmware-sim/hardware";
import { e1214 } from "@gatehouse/firmware-sim/wire/e1214";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { adam6060, wp8026 } from "@gatehouse/firmware-sim/wire/plain-board";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import { profileNames } from "../../../src/adapters/profiles.ts";
import { afterEach, describe, expect, test } from "vitest";
import { Bench, configOf, lateByMs, newClock, pulseLengths, watchContact } from "../gate/bench.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

const clockOfTest = newClock;

interface Plugged {
  readonly board: Board;
  readonly wire: object;
  /** The board's profile; its relays open the lanes. */
  readonly gate: string;
  /** The board has no relays: another opens the lanes, and it is away. */
  readonly hasNoRelays?: true;
  readonly clock: ReturnType<typeof newClock>;
}

async function icpdas(): Promise<Plugged> {
  const clock = clockOfTest();
  const board = et2260({ clock, lateByMs }, { port: 0 });
  await board.start();
  const wire = { kind: "modbus-tcp", host: "127.0.0.1", port: board.port };
  return { board, wire, gate: "icpdas-et2260", clock };
}

async function moxa(): Promise<Plugged> {
  const clock = clockOfTest();
  const board = e1214({ clock, lateByMs }, { port: 0 });
  await board.start();
  const wire = { kind: "modbus-tcp", host: "127.0.0.1", port: board.port };
  return { board, wire, gate: "moxa-e1214", clock };
}

async function advantech(): Promise<Plugged> {
  const clock = clockOfTest();
  const board = adam6060({ clock, lateByMs }, { port: 0 });
  await board.start();
  const wire = { kind: "modbus-tcp", host: "127.0.0.1", port: board.port };
  return { board, wire, gate: "adam-6060", clock };
}

async function wirenboard(): Promise<Plugged> {
  const clock = clockOfTest();
  const board = mr6c({ clock, lateByMs }, { pty: {} });
  await board.start();
  return { board, wire: { kind: "serial", path: board.path }, gate: "wirenboard-mr6c", clock };
}

async function wellpro(): Promise<Plugged> {
  const clock = clockOfTest();
  const board = wp8026({ clock, lateByMs }, { pty: {} });
  await board.start();
  const wire = { kind: "serial", path: board.path };
  return { board, wire, gate: "wellpro-wp8026", hasNoRelays: true, clock };
}

/** What was told, in words: "arming on", "safety unknown". */
type Told = string[];

/** One lane for each wiring, all on the same board; nothing is started yet. */
function benchOn(
  { board, wire, gate, hasNoRelays, clock }: Plugged,
  wirings: readonly object[] = [{ arming: 0, safety: 1, limit_open: 4 }],
): { readonly bench: Bench; readonly told: readonly Told[] } {
  const lanes = wirings.map((wiring, index) => ({
    gate: hasNoRelays
      ? { profile: "moxa-e1214", wire: "away", relay: index + 1 }
      : { profile: gate, wire: "w", relay: index + 1 },
    inputs: { kind: "modbus", profile: gate, wire: "w", ...wiring },
  }));
  const away = { kind: "modbus-tcp", host: "127.0.0.1", port: 1 };
  const bench = new Bench(clock, configOf({ w: wire, away }, lanes));
  const told = [...bench.hardware.inputs.values()].map((feed) => {
    const words: Told = [];
    feed.onInput(({ input, active }) => {
      words.push(`${input} ${active === undefined ? "unknown" : active ? "on" : "off"}`);
    });
    return words;
  });
  ended.push(
    () => board.stop(),
    () => bench.stop(),
  );
  return { bench, told };
}

const allOff = ["arming off", "safety off", "limit-open off"];
const allUnknown = ["arming unknown", "safety unknown", "limit-open unknown"];

const makes = [
  ["ICP DAS ET-2260", icpdas],
  ["Moxa E1214", moxa],
  ["ADAM-6060", advantech],
  ["WB-MR6C", wirenboard],
] as const;

describe.each([...makes, ["WP8026", wellpro] as const])(
  "the contacts of a lane on an %s",
  (_make, plug) => {
    test("are told first as they are, then each change once, in order", async () => {
      const plugged = await plug();
      plugged.board.input(4).set(true);
      const { bench, told } = benchOn(plugged);
      await bench.start();
      expect(told[0]).toEqual(["arming off", "safety off", "limit-open on"]);
      told[0]?.splice(0);
      plugged.board.input(0).set(true);
      await bench.pass(milliseconds(300));
      plugged.board.input(1).set(true);
      await bench.pass(milliseconds(300));
      plugged.board.input(0).set(false);
      await bench.pass(milliseconds(300));
      expect(told[0]).toEqual(["arming on", "safety on", "arming off"]);
      expect([...bench.hardware.inputs.values()][0]?.report()).toMatchObject([
        { kind: "lane-inputs", laneId: "lane-1", state: "online" },
      ]);
    });

    test("are unknown once when the wire is lost, and true again when it is back", async () => {
      const plugged = await plug();
      const { bench, told } = benchOn(plugged);
      await bench.start();
      told[0]?.splice(0);
      plugged.board.setFault("silent");
      await bench.eventually(() => (told[0]?.length ?? 0) >= 3);
      await bench.pass(seconds(2));
      expect(told[0]?.toSorted()).toEqual(allUnknown.toSorted());
      expect([...bench.hardware.inputs.values()][0]?.report()[0]).toMatchObject({
        state: "offline",
      });

      told[0]?.splice(0);
      plugged.board.input(1).set(true);
      plugged.board.setFault("none");
      await bench.eventually(() => (told[0]?.length ?? 0) >= 3);
      await bench.pass(seconds(1));
      expect(told[0]).toEqual(["arming off", "safety on", "limit-open off"]);
    });

    test("are unknown when the board refuses, and say why", async () => {
      const plugged = await plug();
      plugged.board.setFault("exception");
      const { bench, told } = benchOn(plugged);
      await bench.start();
      await bench.pass(milliseconds(500));
      expect(told[0]?.toSorted()).toEqual(allUnknown.toSorted());
      expect([...bench.hardware.inputs.values()][0]?.report()[0]).toMatchObject({
        fault: "wire-exception",
      });
    });
  },
);

describe.each(makes)("the contacts of a lane on an %s", (_make, plug) => {
  test("are polled while a gate command on the same wire goes through", async () => {
    const plugged = await plug();
    const contact = watchContact(plugged.board.relay(1), plugged.clock);
    const { bench, told } = benchOn(plugged);
    await bench.start();
    const opening = bench.gate.open("c-1");
    plugged.board.input(0).set(true);
    expect(await bench.until(opening)).toEqual({ kind: "accepted", evidence: "readback" });
    expect(pulseLengths(contact)).toEqual([500]);
    expect(told[0]).toEqual([...allOff, "arming on"]);
  });
});

test("a pulse shorter than the polling is not lost where the board latches", async () => {
  const plugged = await icpdas();
  const { bench, told } = benchOn(plugged);
  await bench.start();
  told[0]?.splice(0);
  for (let car = 0; car < 3; car++) {
    plugged.board.input(0).set(true);
    plugged.board.input(0).set(false);
    await bench.pass(milliseconds(300));
  }
  expect(told[0]).toEqual(Array.from({ length: 3 }, () => ["arming on", "arming off"]).flat());
});

test("a gap between two cars shorter than the polling is not lost where the board latches", async () => {
  const plugged = await icpdas();
  const { bench, told } = benchOn(plugged);
  await bench.start();
  plugged.board.input(1).set(true);
  await bench.pass(milliseconds(300));
  told[0]?.splice(0);
  plugged.board.input(1).set(false);
  plugged.board.input(1).set(true);
  await bench.pass(milliseconds(300));
  expect(told[0]).toEqual(["safety off", "safety on"]);
});

test("one long closure is one change on and one off, however the board latches", async () => {
  const plugged = await icpdas();
  const { bench, told } = benchOn(plugged);
  await bench.start();
  told[0]?.splice(0);
  plugged.board.input(0).set(true);
  await bench.pass(seconds(2));
  plugged.board.input(0).set(false);
  await bench.pass(seconds(2));
  expect(told[0]).toEqual(["arming on", "arming off"]);
});

test("two lanes on one board both see their own short pulses", async () => {
  const plugged = await icpdas();
  const { bench, told } = benchOn(plugged, [
    { arming: 0, safety: 1 },
    { arming: 2, safety: 3 },
  ]);
  await bench.start();
  for (const words of told) words.splice(0);
  for (const number of [0, 2, 3]) {
    plugged.board.input(number).set(true);
    plugged.board.input(number).set(false);
  }
  await bench.pass(milliseconds(500));
  expect(told).toEqual([
    ["arming on", "arming off"],
    ["arming on", "arming off", "safety on", "safety off"],
  ]);
});

test("a lane that starts later hears what the board is known to say", async () => {
  const plugged = await moxa();
  plugged.board.input(3).set(true);
  const { bench, told } = benchOn(plugged, [
    { arming: 0, safety: 1 },
    { arming: 2, safety: 3 },
  ]);
  const [, second] = bench.hardware.inputs.values();
  await bench.start();
  await second?.stop();
  told[1]?.splice(0);
  await bench.pass(milliseconds(300));
  await second?.start();
  expect(told[1]).toEqual(["arming off", "safety on"]);
});

test("loops on a WB-MR6C do not switch the relays beside them, as the factory has it", async () => {
  const plugged = await wirenboard();
  const moved: boolean[] = [];
  for (const relay of [1, 2, 5])
    plugged.board.relay(relay).onContact((closed) => moved.push(closed));
  const { bench } = benchOn(plugged);
  await bench.start();
  for (const number of [0, 1, 4]) plugged.board.input(number).set(true);
  await bench.pass(milliseconds(300));
  expect(moved).toEqual([]);
});

test("every profile of an input board is held to these facts", async () => {
  const boards = await Promise.all([...makes.map(([, plug]) => plug()), wellpro()]);
  for (const { board } of boards) await board.stop();
  expect(boards.map(({ gate }) => gate).toSorted()).toEqual(profileNames("inputs"));
});

test("an ADAM-6060 whose firmware is unit 0 is reached as such, and as no other", async () => {
  const clock = clockOfTest();
  const board = adam6060({ clock, lateByMs, unit: 0 }, { port: 0 });
  await board.start();
  const wire = { kind: "modbus-tcp", host: "127.0.0.1", port: board.port };
  const laneOn = (unit: number): Bench => {
    const common = { profile: "adam-6060", wire: "w", unit };
    const inputs = { kind: "modbus", ...common, arming: 0, safety: 1 };
    const bench = new Bench(clock, configOf({ w: wire }, [{ gate: common, inputs }]));
    ended.push(() => bench.stop());
    return bench;
  };
  ended.push(() => board.stop());
  const right = laneOn(0);
  await right.start();
  expect(await right.until(right.gate.open("c-1"))).toMatchObject({ evidence: "readback" });
  const wrong = laneOn(1);
  await wrong.start();
  await expect(wrong.until(wrong.gate.open("c-1"))).rejects.toMatchObject({
    code: "gate-unreachable",
  });
});
