import { type Instant, milliseconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualClock } from "../../../src/virtual-clock.ts";
import type { ModbusBoard } from "../../../src/wire/modbus-board.ts";
import { waveshare8ch } from "../../../src/wire/waveshare-8ch.ts";
import { bytesOf, hexOf, Master, rtu } from "./master.ts";

let clock: VirtualClock;
let board: ModbusBoard;
let master: Master;
let contact: { at: number; closed: boolean }[];

beforeEach(async () => {
  clock = new VirtualClock(0 as Instant);
  board = waveshare8ch({ clock }, { port: 0 });
  contact = [];
  board.relay(1).onContact((closed) => contact.push({ at: clock.monotonic(), closed }));
  await board.start();
  master = await Master.connect(board.port);
});

afterEach(async () => {
  master.close();
  await board.stop();
});

const eightCoils = bytesOf("01 01 00 00 00 08 3D CC");

test("relays switch, toggle and read back as the maker prints it", async () => {
  const on = "01 05 00 00 FF 00 8C 3A";
  expect(await master.ask(bytesOf(on), 8)).toBe(on);
  expect(await master.ask(eightCoils, 6)).toBe(hexOf(rtu("01 01 01 01")));
  const off = "01 05 00 00 00 00 CD CA";
  expect(await master.ask(bytesOf(off), 8)).toBe(off);
  await master.ask(rtu("01 05 00 03 55 00"), 8);
  expect(await master.ask(eightCoils, 6)).toBe(hexOf(rtu("01 01 01 08")));
  await master.ask(rtu("01 05 00 FF FF 00"), 8);
  expect(await master.ask(eightCoils, 6)).toBe(hexOf(rtu("01 01 01 FF")));
  await master.ask(rtu("01 0F 00 00 00 08 01 05"), 8);
  expect(await master.ask(eightCoils, 6)).toBe(hexOf(rtu("01 01 01 05")));
});

test("a flash times itself", async () => {
  const flash = "01 05 02 00 00 07 8D B0";
  expect(await master.ask(bytesOf(flash), 8)).toBe(flash);
  await clock.advance(milliseconds(5000));
  expect(contact).toEqual([
    { at: 0, closed: true },
    { at: 700, closed: false },
  ]);
});

test("a relay that is switched off forgets its flash", async () => {
  await master.ask(rtu("01 05 02 00 00 0A"), 8);
  await master.ask(rtu("01 05 00 00 00 00"), 8);
  await master.ask(rtu("01 05 00 00 FF 00"), 8);
  await clock.advance(milliseconds(5000));
  expect(contact.map(({ closed }) => closed)).toEqual([true, false, true]);
});

test("a request with a bad CRC or for another unit is not obeyed; a broadcast is, unanswered", async () => {
  master.send(bytesOf("01 05 00 00 FF 00 8C 3B"));
  master.send(rtu("02 05 00 00 FF 00"));
  expect(await master.ask(eightCoils, 6)).toBe(hexOf(rtu("01 01 01 00")));
  master.send(rtu("00 05 00 00 FF 00"));
  expect(await master.ask(eightCoils, 6)).toBe(hexOf(rtu("01 01 01 01")));
  expect(board.counters).toMatchObject({ foreign: 1 });
});

test("what it does not have it refuses: function, address, value", async () => {
  expect(await master.ask(rtu("01 2B 0E 01 00"), 5)).toBe(hexOf(rtu("01 AB 01")));
  expect(await master.ask(rtu("01 05 00 08 FF 00"), 5)).toBe(hexOf(rtu("01 85 02")));
  expect(await master.ask(rtu("01 03 00 00 00 01"), 5)).toBe(hexOf(rtu("01 83 02")));
  expect(await master.ask(rtu("01 05 00 00 12 34"), 5)).toBe(hexOf(rtu("01 85 03")));
  expect(await master.ask(rtu("01 01 00 00 00 00"), 5)).toBe(hexOf(rtu("01 81 03")));
  expect(await master.ask(rtu("01 08 00 00 AB CD"), 8)).toBe(hexOf(rtu("01 08 00 00 AB CD")));
});

test("a frame is found behind noise and when it comes in pieces", async () => {
  master.send(bytesOf("01 05 FF 00 0F 00 10"));
  const request = rtu("01 05 00 00 FF 00");
  master.send(request.subarray(0, 3));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await master.ask(request.subarray(3), 8)).toBe(hexOf(request));
});

test("without power its relays are open and its timers dead; it keeps its port", async () => {
  await master.ask(rtu("01 05 02 00 00 0A"), 8);
  const { port } = board;
  await board.stop();
  expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
  await board.start();
  expect(board.port).toBe(port);
  await clock.advance(milliseconds(5000));
  expect(contact).toHaveLength(2);
});
