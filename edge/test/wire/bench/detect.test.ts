import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GateCamera } from "@gatehouse/firmware-sim/wire/gate-camera";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { e1214 } from "@gatehouse/firmware-sim/wire/e1214";
import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { cameraMakes } from "../../../src/adapters/bench/camera-makes.ts";
import { hostsOf } from "../../../src/cli/detect-network.ts";
import { TestDesk } from "../../faces/desk-fixture.ts";
import { logInto } from "../../faces/running-kiosk.ts";
import { gatehouse } from "../../cli/run-command.ts";

const clock = new PacedClock();

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gh-detect-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a board on a serial line is named with its firmware and the lines to paste", async () => {
  const data = newFolder();
  const board = mr6c({ clock, unit: 3 }, { pty: { link: join(data, "usb") } });
  await board.start();
  onTestFinished(() => board.stop());
  const said = await gatehouse("detect", "--serial", board.path, "--units", "1-4", "--data", data);
  expect(said.out.split("\n")).toEqual([
    `1 board answers on ${board.path}.`,
    "",
    "unit 3: Wiren Board WB-MR6C, it says 1.24.0",
    "    gate: { profile: wirenboard-mr6c, wire: line-1, unit: 3, relay: 1, barrier: generic }",
    "    inputs: { kind: modbus, profile: wirenboard-mr6c, wire: line-1, unit: 3, arming: 0, safety: 1 }",
    "",
    "wires:",
    `  line-1: { kind: serial, path: ${board.path}, baud: 9600 }`,
    "",
    "Next: paste the lines into facility.yaml, then npx gatehouse probe LANE --config facility.yaml",
  ]);
  expect(said.code).toBe(0);
  expect(said.complaints).toContain("unit 1 of 4");
});

test("a board on the network as JSON is one object with its profile", async () => {
  const board = e1214({ clock }, { port: 0 });
  await board.start();
  onTestFinished(() => board.stop());
  const place = `127.0.0.1:${board.port}`;
  const said = await gatehouse("detect", "--modbus", place, "--json", "--data", newFolder());
  expect(JSON.parse(said.out)).toMatchObject({
    exit_code: 0,
    data: { answers_to_all: true, units: [{ unit: 1, profiles: [{ profile: "moxa-e1214" }] }] },
  });
});

test("a line on which nobody answers ends with 1 and what to try", async () => {
  const data = newFolder();
  const board = mr6c({ clock, unit: 9 }, { pty: { link: join(data, "usb") } });
  await board.start();
  onTestFinished(() => board.stop());
  const said = await gatehouse("detect", "--serial", board.path, "--units", "1-2", "--data", data);
  expect(said).toMatchObject({ code: 1 });
  expect(said.out).toContain("Next: check power");
});

test("a wire that is not there is a fault, with its hint", async () => {
  const said = await gatehouse("detect", "--serial", "/dev/none", "--data", newFolder());
  expect(said.code).toBe(3);
  expect(said.out).toContain("wire-unreachable");
});

test("while the daemon runs nobody else speaks on its wires", async () => {
  const dataDir = newFolder();
  const control = new Control({ dataDir, desk: new TestDesk(clock), clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const said = await gatehouse("detect", "--serial", "/dev/none", "--data", dataDir);
  expect(said.code).toBe(2);
  expect(said.out).toContain("a wire has one master");
  expect([0, 1]).toContain((await gatehouse("detect", "--data", dataDir)).code);
});

test.each([
  ["hikvision", ["hikvision-barrier", "hikvision-io"]],
  ["dahua", ["dahua-alarm-out", "dahua-strobe"]],
] as const)(
  "a %s camera is known by its greeting; one that is locked is one of several",
  async (make, profiles) => {
    const open = new GateCamera({ make, clock, port: 0 });
    const locked = new GateCamera({ make, clock, port: 0, account: { user: "a", password: "b" } });
    for (const camera of [open, locked]) {
      await camera.start();
      onTestFinished(() => camera.stop());
    }
    const look = ({ port }: GateCamera) => cameraMakes(`http://127.0.0.1:${port}`, () => "n");
    expect(await look(open)).toMatchObject({
      profiles: profiles.map((profile) => ({ profile })),
      wantsSignIn: false,
    });
    const guess = await look(locked);
    expect(guess.wantsSignIn).toBe(true);
    expect(guess.profiles).toHaveLength(4);
  },
);

test("one host or the 254 of a /24 are asked, and no more", () => {
  expect(hostsOf("10.0.0.9")).toEqual(["10.0.0.9"]);
  expect(hostsOf("10.0.0.0/24")).toHaveLength(254);
  expect(() => hostsOf("10.0.0.0/16")).toThrow("a.b.c.0/24");
});
