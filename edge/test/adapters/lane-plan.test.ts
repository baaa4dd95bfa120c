import { expect, test } from "vitest";
import { GateProfile, loadGateProfile } from "../../src/adapters/gate/gate-profile.ts";
import { DeviceConfigError } from "../../src/adapters/device-config-error.ts";
import { planLaneHardware } from "../../src/adapters/lane-plan.ts";
import { loadInputProfile } from "../../src/adapters/loop/input-profile.ts";
import { parseProfile, profileNames } from "../../src/adapters/profiles.ts";
import { configOf } from "../wire/gate/bench.ts";

const wires = {
  net: { kind: "modbus-tcp", host: "10.0.0.5" },
  usb: { kind: "serial", path: "/dev/ttyUSB0" },
  camera: { kind: "http", url: "http://10.0.0.9" },
  raw: { kind: "rtu-over-tcp", host: "10.0.0.6", port: 4196 },
};

const complaintsAbout = (lanes: Parameters<typeof configOf>[1]): readonly string[] => {
  try {
    planLaneHardware(configOf(wires, lanes));
    return [];
  } catch (error) {
    if (!(error instanceof DeviceConfigError)) throw error;
    return error.complaints.map(({ path, message }) => `${path}: ${message}`);
  }
};

test("every profile that ships is complete", () => {
  expect(profileNames("gates").map((name) => loadGateProfile(name).make)).toHaveLength(12);
  expect(profileNames("inputs").map((name) => loadInputProfile(name).make)).toHaveLength(5);
});

test("an unknown profile lists those that exist", () => {
  expect(complaintsAbout([{ gate: { profile: "mr6c", wire: "usb", relay: 1 } }])).toEqual([
    'lanes[0].gate.profile: there is no profile "mr6c" in edge/profiles/gates: write adam-6060, ' +
      "cp210x-at, dahua-alarm-out, dahua-strobe, hikvision-barrier, hikvision-io, icpdas-et2260, lcus-ch340, moxa-e1214, waveshare-8ch, wellpro-wp8027, wirenboard-mr6c",
  ]);
});

test("a profile's name cannot lead out of its folder", () => {
  const gate = { profile: "../../package", wire: "usb", relay: 1 };
  expect(complaintsAbout([{ gate }])[0]).toContain("there is no profile");
});

test("a wrong profile names its file, the place and what to write", () => {
  const profile = { ...loadGateProfile("waveshare-8ch"), pulse: { kind: "flash" }, relay_coil: -1 };
  const parse = (): unknown => parseProfile("mine.json", JSON.stringify(profile), GateProfile);
  expect(parse).toThrow(
    /^mine\.json: .*pulse\.kind: write kind: flash-coil, pulse-register or software/,
  );
  expect(parse).toThrow(/relay_coil: /);
  expect(() => parseProfile("mine.json", "{", GateProfile)).toThrow(/^mine\.json is not JSON: /);
});

test("every mistake in the wiring is told at once, with its place and what to write", () => {
  const inputs = { kind: "modbus", profile: "moxa-e1214", wire: "net", arming: 0, safety: 1 };
  expect(
    complaintsAbout([
      { gate: { profile: "waveshare-8ch", wire: "net", relay: 1 } },
      { gate: { profile: "moxa-e1214", wire: "nowhere", relay: 7 } },
      { gate: { profile: "wirenboard-mr6c", wire: "usb", unit: 0, relay: 1 } },
      { gate: { profile: "lcus-ch340", wire: "usb", relay: 1 } },
      { gate: { profile: "waveshare-8ch", wire: "raw", relay: 3 }, inputs },
      {
        gate: { profile: "waveshare-8ch", wire: "raw", relay: 3 },
        inputs: { ...inputs, profile: "icpdas-et2260", arming: 6, safety: 2, limit_open: 2 },
      },
    ]),
  ).toEqual([
    'lanes[0].gate.wire: "net" is modbus-tcp, but Waveshare Modbus RTU Relay 8CH speaks rtu-over-tcp or serial',
    'lanes[1].gate.wire: there is no wire "nowhere": write net, usb, camera, raw',
    "lanes[1].gate.relay: Moxa ioLogik E1214 has relays 1 to 6",
    "lanes[2].gate.unit: unit 0 is everybody on a serial line: write 1 to 247",
    'lanes[3].gate.wire: "usb" carries modbus for another lane: give LCUS USB relay (CH340) its own wire',
    "lanes[5].gate.relay: raw unit 1 relay 3 already belongs to lane lane-5: write another relay",
    "lanes[5].inputs.profile: net unit 1 is a moxa-e1214 elsewhere: write moxa-e1214",
    "lanes[5].inputs.arming: ICP DAS ET-2260 has inputs 0 to 5",
    "lanes[5].inputs.limit_open: input 2 is safety already",
  ]);
});

test("a wire that two lanes share is planned once, and an unused one not at all", () => {
  const onNet = (relay: number): object => ({ profile: "moxa-e1214", wire: "net", relay });
  const plan = planLaneHardware(configOf(wires, [{ gate: onNet(1) }, { gate: onNet(2) }]));
  expect(plan.wires.map(({ id }) => id)).toEqual(["net"]);
  expect(plan.gates.map(({ laneId }) => laneId)).toEqual(["lane-1", "lane-2"]);
});

test("a lane that shall open without power needs a board that can do so by itself", () => {
  const on_failure = { power: "open" };
  const usb = { profile: "lcus-ch340", wire: "usb", relay: 1 };
  const icpdas = { profile: "icpdas-et2260", wire: "net", relay: 1 };
  expect(
    complaintsAbout([
      { gate: usb, on_failure },
      { gate: icpdas, on_failure },
    ]),
  ).toEqual([
    "lanes[0].on_failure.power: LCUS USB relay (CH340) cannot open by itself when nobody talks to it: write secure, or another board",
  ]);
});

test("a relay on CLOSE is a relay of its own, and a camera that closes by itself needs none", () => {
  const moxa = { profile: "moxa-e1214", wire: "net" };
  const camera = { profile: "dahua-strobe", wire: "camera", close_relay: 2 };
  expect(
    complaintsAbout([
      { gate: { ...moxa, relay: 1, close_relay: 1 } },
      { gate: { ...moxa, relay: 2, close_relay: 7 } },
      { gate: camera },
      { gate: { profile: "dahua-strobe", wire: "net", relay: 3 } },
    ]),
  ).toEqual([
    "lanes[0].gate.close_relay: net unit 1 relay 1 already belongs to lane lane-1: write another relay",
    "lanes[1].gate.close_relay: Moxa ioLogik E1214 has relays 1 to 6",
    "lanes[2].gate.close_relay: Dahua camera, strobe closes the barrier by itself: leave it out",
    'lanes[3].gate.wire: "net" is modbus-tcp, but Dahua camera, strobe speaks http',
  ]);
});
