import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { BoardSocket } from "@gatehouse/firmware-sim/wire/board-socket";
import { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import { instantOf, type Instant, seconds } from "@gatehouse/shared/time";
import { expect, onTestFinished, test } from "vitest";
import { laneTickets } from "../../../src/adapters/printer/lane-tickets.ts";
import { ticketKeyIn } from "../../../src/adapters/printer/ticket-key.ts";
import { silentLog, until } from "../mqtt/test-broker.ts";

test("a scanner's lines are told once, and noise without an end is counted", async () => {
  const side = new BoardSocket(0);
  let scanner: Duplex | undefined;
  await side.open((stream) => (scanner = stream));
  onTestFinished(() => side.close());
  const clock = new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant);
  const lane = LaneConfig.parse({
    id: "exit-1",
    name: "Exit",
    direction: "exit",
    gate: { profile: "simulated", wire: "board" },
    inputs: { kind: "mqtt", device: "loops-exit-1" },
    printer: {
      kind: "tcp",
      id: "printer-1",
      profile: "epson-58mm",
      host: "127.0.0.1",
      port: side.port,
    },
    ticket_scanner: { kind: "tcp", id: "scanner-1", host: "127.0.0.1", port: side.port },
  });
  const { ticketScanner, printer } = laneTickets(lane, "/nowhere", { clock, log: silentLog });
  expect(printer?.id).toBe("printer-1");
  const heard: string[] = [];
  ticketScanner?.onScan((text) => heard.push(text));
  await ticketScanner?.start();
  onTestFinished(() => ticketScanner?.stop());
  await until(() => scanner !== undefined);
  scanner?.write("ABC\r\nAB");
  scanner?.write("C\rDEF\n");
  await until(() => heard.length === 2);
  await clock.advance(seconds(4));
  scanner?.write(`DEF\n${"x".repeat(700)}`);
  await until(() => heard.length === 3);
  expect(heard).toEqual(["ABC", "DEF", "DEF"]);
  await until(() => ticketScanner?.report()[0]?.counters["refused_too_long"] === 1);
  expect(ticketScanner?.report()[0]).toMatchObject({ state: "online", counters: { repeated: 1 } });
});

test("the key that signs tickets is made once, for nobody else to read", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-key-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const key = ticketKeyIn(folder);
  expect(ticketKeyIn(folder)).toBe(key);
  expect(statSync(join(folder, "ticket-key.pem")).mode & 0o777).toBe(0o600);
});
