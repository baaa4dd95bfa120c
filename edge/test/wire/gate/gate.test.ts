import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Board } from "@gatehouse/firmware-sim/hardware";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { e1214 } from "@gatehouse/firmware-sim/wire/e1214";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import { ModbusBoard } from "@gatehouse/firmware-sim/wire/modbus-board";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { adam6060, wp8027 } from "@gatehouse/firmware-sim/wire/plain-board";
import { UsbRelay } from "@gatehouse/firmware-sim/wire/usb-relay";
import { waveshare8ch } from "@gatehouse/firmware-sim/wire/waveshare-8ch";
import type { WireConfig } from "@gatehouse/shared/contracts/lane-config";
import { afterAll, describe, expect, test } from "vitest";
import type { LaneHardware } from "../../../src/adapters/lane-hardware.ts";
import { profileNames } from "../../../src/adapters/profiles.ts";
import { PlainWire } from "../../../src/adapters/wire/plain-wire.ts";
import { lateByMs } from "./bench.ts";
import {
  answeringGateContract,
  gateContract,
  mutedGateContract,
  noisyGateContract,
  switchedGateContract,
} from "./gate-contract.ts";

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

const waveshare = {
  profile: "waveshare-8ch",
  relayCoil: 0,
  board: (clock: VirtualClock) => waveshare8ch({ clock, lateByMs }, { port: 0 }),
  wire: rtuOverTcp,
};
const wirenboard = {
  profile: "wirenboard-mr6c",
  relayCoil: 0,
  board: (clock: VirtualClock) => mr6c({ clock, lateByMs }, { pty: { link: link("mr6c") } }),
  wire: serial,
};
const icpdas = {
  profile: "icpdas-et2260",
  relayCoil: 0,
  board: (clock: VirtualClock) => et2260({ clock, lateByMs }, { port: 0 }),
  wire: modbusTcp,
};
const moxa = {
  profile: "moxa-e1214",
  relayCoil: 0,
  board: (clock: VirtualClock) => e1214({ clock, lateByMs }, { port: 0 }),
  wire: modbusTcp,
};
const advantech = {
  profile: "adam-6060",
  relayCoil: 16,
  board: (clock: VirtualClock) => adam6060({ clock, lateByMs }, { port: 0 }),
  wire: modbusTcp,
};
const wellpro = {
  profile: "wellpro-wp8027",
  relayCoil: 0,
  board: (clock: VirtualClock) => wp8027({ clock, lateByMs }, { pty: { link: link("wp8027") } }),
  wire: serial,
};
const lcus = {
  profile: "lcus-ch340",
  board: () => new UsbRelay({ frame: "lcus", pty: { link: link("lcus") } }),
  wire: serial,
  traffic: usbTraffic,
};
const cp210x = {
  profile: "cp210x-at",
  board: () => new UsbRelay({ frame: "at", pty: { link: link("cp210x") } }),
  wire: serial,
  traffic: usbTraffic,
};

const switched = [icpdas, moxa, advantech, wellpro];
const answering = [waveshare, wirenboard, ...switched];
const muted = [lcus, cp210x];

describe.each([
  ...answering.map((make) => ({ ...make, evidence: "readback" as const })),
  ...muted.map((make) => ({ ...make, evidence: "sent" as const })),
])("a gate on $profile", (make) => {
  gateContract(make);
});
describe.each(answering)("a gate on $profile", (make) => {
  answeringGateContract(make);
});
describe.each([waveshare, wirenboard, wellpro, ...muted])("a gate on $profile", (make) => {
  noisyGateContract(make);
});
describe.each(switched)("a gate on $profile", (make) => {
  switchedGateContract(make);
});
describe.each(muted)("a gate on $profile", (make) => {
  mutedGateContract(make);
});

test("every profile of a relay board is held to the contract", () => {
  const tested = [...answering, ...muted].map(({ profile }) => profile);
  expect(tested.toSorted()).toEqual(profileNames("gates"));
});
