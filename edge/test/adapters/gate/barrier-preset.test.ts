import { expect, test } from "vitest";
import {
  loadBarrierPreset,
  withBarrierPresets,
} from "../../../src/adapters/gate/barrier-preset.ts";
import { planLaneHardware } from "../../../src/adapters/lane-plan.ts";
import { profileNames } from "../../../src/adapters/profiles.ts";
import { configOf } from "../../wire/gate/bench.ts";

test("every preset says how the barrier is told and which terminals take the contacts", () => {
  const names = profileNames("barriers");
  expect(names).toEqual(["came", "faac", "generic", "mag", "zkteco"]);
  for (const name of names) {
    expect(loadBarrierPreset(name)).toMatchObject({
      pulse_ms: 500,
      travel_s: 3,
      hold_s: 6,
      wiring: { open: expect.any(String), close: expect.any(String), stop: expect.any(String) },
    });
  }
});

test("a preset gives what the file leaves out, and never what it says", () => {
  const gate = { profile: "moxa-e1214", barrier: "came", travel_s: 1.5 };
  expect(withBarrierPresets({ lanes: [{ id: "a", gate }], zones: [] })).toEqual({
    zones: [],
    lanes: [{ id: "a", gate: { ...gate, pulse_ms: 500, hold_s: 6 } }],
  });
});

test.each([
  [undefined],
  ["text"],
  [{ lanes: "none" }],
  [{ lanes: [null, 4, { gate: "x" }, { gate: { barrier: 7 } }, { gate: { barrier: "../x" } }] }],
])("a file of any shape stays as it is: %j", (config) => {
  expect(withBarrierPresets(config)).toEqual(config);
});

test("a barrier that nobody knows is told with those that there are", () => {
  const wires = { w: { kind: "modbus-tcp", host: "10.0.0.5" } };
  const gate = { profile: "moxa-e1214", wire: "w", barrier: "fax" };
  expect(() => planLaneHardware(configOf(wires, [{ gate }]))).toThrow(
    'lanes[0].gate.barrier: there is no barrier "fax" in edge/profiles/barriers: write came, faac, generic, mag, zkteco',
  );
});
