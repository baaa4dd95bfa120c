import { existsSync, mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SerialPort } from "serialport";
import { afterEach, expect, test } from "vitest";
import { UsbRelay } from "../../../src/wire/usb-relay.ts";
import { bytesOf } from "./master.ts";

const ended: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function plugIn(
  frame: "lcus" | "at",
): Promise<{ board: UsbRelay; port: SerialPort; changes: string[] }> {
  const board = new UsbRelay({ frame });
  const changes: string[] = [];
  for (const relay of [1, 2]) {
    board.relay(relay).onContact((closed) => changes.push(`${relay} ${closed ? "on" : "off"}`));
  }
  await board.start();
  const port = new SerialPort({ path: board.path, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve) => port.open(() => resolve()));
  ended.push(
    () => board.stop(),
    () => new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())),
  );
  return { board, port, changes };
}

test("an LCUS relay obeys its four bytes, and nothing with a wrong sum or noise around it", async () => {
  const { board, port, changes } = await plugIn("lcus");
  port.write(bytesOf("A0 01 01 A2"));
  port.write(bytesOf("A0 01 00 A2 FF A0 A0 A0 02 01 A3 00"));
  port.write(bytesOf("A0 01 00 A1"));
  await expect.poll(() => board.counters.frames, { timeout: 30_000 }).toBe(3);
  expect(changes).toEqual(["1 on", "2 on", "1 off"]);
});

test("an AT relay obeys its lines, and nothing else", async () => {
  const { board, port, changes } = await plugIn("at");
  port.write("AT+CH1=1\r\nAT+CH2=7\r\nrubbish\r\nAT+CH1=0\r\n");
  await expect.poll(() => board.counters.frames, { timeout: 30_000 }).toBe(2);
  expect(changes).toEqual(["1 on", "1 off"]);
});

test("a serial device keeps its link over a power cut, as udev does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-tty-"));
  ended.push(() => rmSync(folder, { recursive: true }));
  const link = join(folder, "by-id");
  const board = new UsbRelay({ frame: "lcus", pty: { link } });
  await board.start();
  expect(board.path).toBe(link);
  expect(readlinkSync(link)).toMatch(/^\/dev\//);
  await board.stop();
  await board.start();
  expect(readlinkSync(link)).toMatch(/^\/dev\//);
  await board.stop();
  expect(existsSync(link)).toBe(false);
});
