import { type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualClock } from "../../../src/virtual-clock.ts";
import type { ModbusBoard } from "../../../src/wire/modbus-board.ts";
import { mr6c } from "../../../src/wire/mr6c.ts";
import { hexOf, Master, rtu } from "./master.ts";

let clock: VirtualClock;
let board: ModbusBoard;
let master: Master;

beforeEach(async () => {
  clock = new VirtualClock(0 as Instant);
  board = mr6c({ clock, unit: 5 }, { port: 0 });
  await board.start();
  master = await Master.connect(board.port);
});

afterEach(async () => {
  master.close();
  await board.stop();
});

/** Writes a holding register and waits for the echo. */
const write = (address: number, value: number): Promise<string> => {
  const word = (number: number): string => number.toString(16).padStart(4, "0");
  return master.ask(rtu(`05 06 ${word(address)} ${word(value)}`), 8);
};
const realRelays = async (): Promise<string> => {
  const answer = await master.ask(rtu("05 02 00 60 00 06"), 6);
  return answer.slice(9, 11);
};

test("as the factory leaves it, an input toggles the relay beside it; in mode 3 it does not", async () => {
  board.input(0).set(true);
  expect(await realRelays()).toBe("01");
  board.input(0).set(false);
  board.input(0).set(true);
  expect(await realRelays()).toBe("00");
  await write(9, 3);
  board.input(0).set(false);
  board.input(0).set(true);
  expect(await realRelays()).toBe("00");
  // Input 1 was closed three times.
  expect(await master.ask(rtu("05 04 00 20 00 01"), 7)).toBe(hexOf(rtu("05 04 02 00 03")));
});

test("in pulse mode a relay that is switched on opens by itself, and tells how long it has", async () => {
  await write(1760, 3);
  await write(1784, 12);
  const changes: number[] = [];
  board.relay(1).onContact(() => changes.push(clock.monotonic()));
  await master.ask(rtu("05 05 00 00 FF 00"), 8);
  await clock.advance(milliseconds(700));
  expect(await master.ask(rtu("05 04 07 48 00 01"), 7)).toBe(hexOf(rtu("05 04 02 00 05")));
  await clock.advance(seconds(2));
  expect(changes).toEqual([0, 1200]);
});

test("without requests for so long the relays that shall do so take their safe state", async () => {
  await write(938, 1);
  await write(8, 4);
  await master.ask(rtu("05 05 00 00 FF 00"), 8);
  await master.ask(rtu("05 05 00 01 FF 00"), 8);
  await clock.advance(milliseconds(3900));
  expect(await realRelays()).toBe("03");
  await clock.advance(milliseconds(3900));
  expect(await realRelays()).toBe("03");
  await clock.advance(milliseconds(4100));
  expect(await realRelays()).toBe("02");
});

test("after power-on the relays are safe, or as before when set so; settings are kept", async () => {
  await write(931, 1);
  await master.ask(rtu("05 05 00 00 FF 00"), 8);
  await board.stop();
  await board.start();
  master = await Master.connect(board.port);
  expect(await realRelays()).toBe("02");
  await write(6, 1);
  await master.ask(rtu("05 05 00 00 FF 00"), 8);
  await board.stop();
  await board.start();
  master = await Master.connect(board.port);
  expect(await realRelays()).toBe("03");
});

test("it says its firmware and serial number, and refuses a poll time of nothing", async () => {
  expect(await master.ask(rtu("05 04 00 FA 00 07"), 19)).toBe(
    hexOf(rtu("05 04 0E 00 31 00 2E 00 32 00 34 00 2E 00 30 00 00")),
  );
  expect(await master.ask(rtu("05 06 00 08 00 00"), 5)).toBe(hexOf(rtu("05 86 03")));
});
