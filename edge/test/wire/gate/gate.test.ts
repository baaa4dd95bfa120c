import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Board } from "@gatehouse/firmware-sim/hardware";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { GateCamera } from "@gatehouse/firmware-sim/wire/gate-camera";
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
import { milliseconds } from "@gatehouse/shared/time";
import { lateByMs, signIns } from "./bench.ts";
import {
  answeringGateContract,
  gateContract,
  modbusGateContract,
  mutedGateContract,
  noisyGateContract,
  releasingGateContract,
  switchedGateContract,
} from "./gate-contract.ts";
import { closingGateContract, heldGateContract, repeatingGateContract } from "./order-contract.ts";

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

const camera = (make: "hikvision" | "dahua") => ({
  board: (clock: VirtualClock) =>
    new GateCamera({ make, clock, port: 0, lateByMs, account: signIns.w, usesOfNonce: 5 }),
  wire: (board: Board): WireConfig => ({
    kind: "http",
    url: `http://127.0.0.1:${board instanceof GateCamera ? board.port : 0}`,
  }),
});
const cameraBarrier = {
  ownPulse: milliseconds(500),
  closeContact: (board: Board) => {
    if (!(board instanceof GateCamera)) throw new Error("only cameras have a CLOSE of their own");
    return board.closeRelay(2);
  },
};
const hikvision = { ...camera("hikvision"), no: "status 3, Device Error, deviceError" };
const dahua = { ...camera("dahua"), no: "Error Internal Error!" };
const hikvisionBarrier = { profile: "hikvision-barrier", ...hikvision, ...cameraBarrier };
const hikvisionIo = { profile: "hikvision-io", ...hikvision };
const dahuaStrobe = { profile: "dahua-strobe", ...dahua, ...cameraBarrier };
const dahuaAlarmOut = { profile: "dahua-alarm-out", ...dahua };

const switched = [icpdas, moxa, advantech, wellpro];
const onModbus = [waveshare, wirenboard, ...switched];
const muted = [lcus, cp210x];
const cameraBarriers = [hikvisionBarrier, dahuaStrobe];
const cameraOutputs = [hikvisionIo, dahuaAlarmOut];
const cameras = [...cameraBarriers, ...cameraOutputs];
const latched = [waveshare, ...switched, ...muted, ...cameraOutputs];

const all = [
  ...onModbus.map((make) => ({ ...make, evidence: "readback" as const })),
  ...cameras.map((make) => ({ ...make, evidence: "echo" as const })),
  ...muted.map((make) => ({ ...make, evidence: "sent" as const })),
];
const no = "exception 4, it failed while doing it";

describe.each(all)("a gate on $profile", (make) => {
  gateContract(make);
});
describe.each(all)("a gate on $profile", (make) => {
  closingGateContract(make);
});
describe.each([
  ...onModbus.map((make) => ({ ...make, evidence: "readback" as const, no })),
  ...cameras.map((make) => ({ ...make, evidence: "echo" as const })),
])("a gate on $profile", (make) => {
  answeringGateContract(make);
});
describe.each(onModbus)("a gate on $profile", (make) => {
  modbusGateContract(make);
});
describe.each([...onModbus, ...muted, ...cameraOutputs])("a gate on $profile", (make) => {
  releasingGateContract(make);
});
describe.each([waveshare, wirenboard, wellpro, ...muted])("a gate on $profile", (make) => {
  noisyGateContract(make);
});
describe.each([...switched, ...cameraOutputs])("a gate on $profile", (make) => {
  switchedGateContract(make);
});
describe.each(muted)("a gate on $profile", (make) => {
  mutedGateContract(make);
});
describe.each(latched)("a gate on $profile", (make) => {
  heldGateContract(make);
});
describe.each([wirenboard, ...cameraBarriers])("a gate on $profile", (make) => {
  repeatingGateContract(make);
});

test("every profile of a relay board or camera is held to the contract", () => {
  expect(all.map(({ profile }) => profile).toSorted()).toEqual(profileNames("gates"));
});
