import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Board } from "@gatehouse/firmware-sim/hardware";
import { e1214 } from "@gatehouse/firmware-sim/wire/e1214";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import { ModbusBoard } from "@gatehouse/firmware-sim/wire/modbus-board";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { adam6060, wp8027 } from "@gatehouse/firmware-sim/wire/plain-board";
import { UsbRelay } from "@gatehouse/firmware-sim/wire/usb-relay";
import { waveshare8ch } from "@gatehouse/firmware-sim/wire/waveshare-8ch";
import type { WireConfig } from "@gatehouse/shared/contracts/facility";
import { afterAll } from "vitest";
import type { LaneHardware } from "../../../src/adapters/lane-hardware.ts";
import { PlainWire } from "../../../src/adapters/wire/plain-wire.ts";
import { lateByMs } from "./bench.ts";
import { gateContract } from "./gate-contract.ts";

const devices = mkdtempSync(join(tmpdir(), "gatehouse-tty-"));
afterAll(() => rmSync(devices, { recursive: true }));
const link = (name: string): string => join(devices, name);

const modbusTcp = (board: Board): WireConfig => onNetwork("modbus-tcp", board);
const rtuOverTcp = (board: Board): WireConfig => onNetwork("rtu-over-tcp", board);

function onNetwork(kind: "modbus-tcp" | "rtu-over-tcp", board: Board): WireConfig {
  if (!(board instanceof ModbusBoard)) throw new Error("only Modbus boards have a socket");
  return { kind, host: "127.0.0.1", port: board.port };
}

function serial(board: Board): WireConfig {
  if (!(board instanceof ModbusBoard || board instanceof UsbRelay))
    throw new Error("no serial port");
  return { kind: "serial", path: board.path, baud: 9600 };
}

const usbTraffic = {
  sent: ({ wires }: LaneHardware): number =>
    wires.reduce(
      (sum, wire) => sum + (wire instanceof PlainWire ? (wire.counters["frames"] ?? 0) : 0),
      0,
    ),
  seen: (board: Board): number => (board instanceof UsbRelay ? board.counters.frames : 0),
};

gateContract({
  profile: "waveshare-8ch",
  proof: "echo",
  timesItself: true,
  isSerial: true,
  board: (clock) => waveshare8ch({ clock, lateByMs }, { port: 0 }),
  wire: rtuOverTcp,
});

gateContract({
  profile: "wirenboard-mr6c",
  proof: "echo",
  timesItself: true,
  isSerial: true,
  board: (clock) => mr6c({ clock, lateByMs }, { pty: { link: link("mr6c") } }),
  wire: serial,
});

gateContract({
  profile: "icpdas-et2260",
  proof: "echo",
  timesItself: false,
  isSerial: false,
  board: (clock) => et2260({ clock, lateByMs }, { port: 0 }),
  wire: modbusTcp,
});

gateContract({
  profile: "moxa-e1214",
  proof: "echo",
  timesItself: false,
  isSerial: false,
  board: (clock) => e1214({ clock, lateByMs }, { port: 0 }),
  wire: modbusTcp,
});

gateContract({
  profile: "adam-6060",
  proof: "echo",
  timesItself: false,
  isSerial: false,
  board: (clock) => adam6060({ clock, lateByMs }, { port: 0 }),
  wire: modbusTcp,
});

gateContract({
  profile: "wellpro-wp8027",
  proof: "echo",
  timesItself: false,
  isSerial: true,
  board: (clock) => wp8027({ clock, lateByMs }, { pty: { link: link("wp8027") } }),
  wire: serial,
});

gateContract({
  profile: "lcus-ch340",
  proof: "sent",
  timesItself: false,
  isSerial: true,
  board: () => new UsbRelay({ frame: "lcus", pty: { link: link("lcus") } }),
  wire: serial,
  traffic: usbTraffic,
});

gateContract({
  profile: "cp210x-at",
  proof: "sent",
  timesItself: false,
  isSerial: true,
  board: () => new UsbRelay({ frame: "at", pty: { link: link("cp210x") } }),
  wire: serial,
  traffic: usbTraffic,
});
