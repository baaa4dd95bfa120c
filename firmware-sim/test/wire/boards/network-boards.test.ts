import { type Instant, milliseconds } from "@gatehouse/shared/time";
import { afterEach, expect, test } from "vitest";
import { VirtualClock } from "../../../src/virtual-clock.ts";
import { e1214 } from "../../../src/wire/e1214.ts";
import { et2260 } from "../../../src/wire/et2260.ts";
import type { ModbusBoard } from "../../../src/wire/modbus-board.ts";
import { hexOf, Master, tcp } from "./master.ts";

const ended: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function plugIn(
  make: typeof e1214,
): Promise<{ clock: VirtualClock; board: ModbusBoard; master: Master }> {
  const clock = new VirtualClock(0 as Instant);
  const board = make({ clock }, { port: 0 });
  await board.start();
  const master = await Master.connect(board.port);
  ended.push(
    () => board.stop(),
    () => master.close(),
  );
  return { clock, board, master };
}

test("a Moxa relay can pulse by itself, in steps of 1.5 s, and counts its closures", async () => {
  const { clock, board, master } = await plugIn(e1214);
  const changes: number[] = [];
  board.relay(2).onContact(() => changes.push(clock.monotonic()));
  await master.ask(tcp("01 06 00 25 00 02"), 12);
  await master.ask(tcp("01 06 00 35 00 02"), 12);
  await master.ask(tcp("01 05 00 11 FF 00"), 12);
  expect(await master.ask(tcp("01 01 00 10 00 06"), 10)).toBe(hexOf(tcp("01 01 01 02")));
  await clock.advance(milliseconds(20_000));
  expect(changes).toEqual([0, 3000, 4500, 7500]);
  expect(await master.ask(tcp("01 04 00 42 00 01"), 11)).toBe(hexOf(tcp("01 04 02 00 02")));
});

test("a Moxa board counts its inputs, while it is told to", async () => {
  const { board, master } = await plugIn(e1214);
  for (let car = 0; car < 3; car++) {
    board.input(3).set(true);
    board.input(3).set(false);
  }
  board.input(5).set(true);
  await master.ask(tcp("01 05 01 03 00 00"), 12);
  board.input(3).set(true);
  expect(await master.ask(tcp("01 04 00 16 00 02"), 13)).toBe(hexOf(tcp("01 04 04 00 03 00 00")));
  expect(await master.ask(tcp("01 04 00 30 00 01"), 11)).toBe(hexOf(tcp("01 04 02 00 28")));
  await master.ask(tcp("01 05 01 13 FF 00"), 12);
  expect(await master.ask(tcp("01 04 00 16 00 02"), 13)).toBe(hexOf(tcp("01 04 04 00 00 00 00")));
});

test("all Moxa relays are one register as well", async () => {
  const { board, master } = await plugIn(e1214);
  const closed: number[] = [];
  for (const relay of [1, 3]) board.relay(relay).onContact((is) => is && closed.push(relay));
  await master.ask(tcp("01 10 00 20 00 01 02 00 05"), 12);
  expect(closed).toEqual([1, 3]);
  expect(await master.ask(tcp("01 03 00 20 00 01"), 11)).toBe(hexOf(tcp("01 03 02 00 05")));
});

test("an ICP DAS input stays latched until it is cleared, and again while it is active", async () => {
  const { board, master } = await plugIn(et2260);
  const latchedHigh = tcp("01 02 00 20 00 06");
  board.input(0).set(true);
  board.input(0).set(false);
  board.input(2).set(true);
  expect(await master.ask(latchedHigh, 10)).toBe(hexOf(tcp("01 02 01 05")));
  await master.ask(tcp("01 05 00 20 FF 00"), 12);
  expect(await master.ask(latchedHigh, 10)).toBe(hexOf(tcp("01 02 01 04")));
  await master.ask(tcp("01 05 00 21 FF 00"), 12);
  expect(await master.ask(tcp("01 02 00 40 00 06"), 10)).toBe(hexOf(tcp("01 02 01 3B")));
});

test("ICP DAS relays take their power-on value", async () => {
  const { board, master } = await plugIn(et2260);
  const changes: boolean[] = [];
  board.relay(2).onContact((closed) => changes.push(closed));
  await master.ask(tcp("01 05 00 EC FF 00"), 12);
  await board.stop();
  await board.start();
  expect(changes).toEqual([true]);
});

test("a network board answers to any unit and with the transaction it was asked", async () => {
  const { master } = await plugIn(et2260);
  const request = tcp("FF 05 00 00 FF 00", 0xbeef);
  expect(await master.ask(request, 12)).toBe(hexOf(request));
});

test("a network board hangs up on what is not Modbus TCP, and serves the next", async () => {
  const { board, master } = await plugIn(et2260);
  await master.ask(Buffer.from("GET / HTTP/1.1\r\n\r\n"), 1);
  expect(master.isOpen).toBe(false);
  const next = await Master.connect(board.port);
  expect(await next.ask(tcp("01 01 00 00 00 06"), 10)).toBe(hexOf(tcp("01 01 01 00")));
  next.close();
});
