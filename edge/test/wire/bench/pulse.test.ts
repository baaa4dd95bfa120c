import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import { waveshare8ch } from "@gatehouse/firmware-sim/wire/waveshare-8ch";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../../faces/desk-fixture.ts";
import { logInto } from "../../faces/running-kiosk.ts";
import { gatehouse } from "../../cli/run-command.ts";
import { siteYaml } from "./bench-site.ts";

const clock = new PacedClock();

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gh-pulse-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A lane with a relay board and a contact board on real sockets. */
async function startLane() {
  const data = newFolder();
  const relays = waveshare8ch({ clock }, { port: 0 });
  const contacts = et2260({ clock }, { port: 0 });
  for (const board of [relays, contacts]) {
    await board.start();
    onTestFinished(() => board.stop());
  }
  const config = join(data, "facility.yaml");
  writeFileSync(config, siteYaml({ relays: relays.port, contacts: contacts.port }));
  let pulses = 0;
  relays.relay(1).onContact((closed) => {
    pulses += Number(closed);
    if (closed) contacts.input(2).set(true);
  });
  const run = (...flags: string[]) =>
    gatehouse("pulse", "entry-1", "--config", config, "--data", data, ...flags);
  return { run, contacts, relays, pulses: () => pulses };
}

test("without --confirm nothing moves, and the command says what it would do", async () => {
  const { run, pulses } = await startLane();
  const said = await run();
  expect(said.code).toBe(2);
  expect(said.out).toContain("Nothing was moved");
  expect(said.out).toContain("npx gatehouse pulse entry-1 --confirm");
  expect(pulses()).toBe(0);
});

test("gives one pulse without a daemon, and tells which contact moved after it", async () => {
  const { run, pulses } = await startLane();
  const said = await run("--confirm");
  expect(said.out).toContain("entry-1 was given one OPEN pulse (readback).");
  expect(said.out).toMatch(/limit-open on after \d+\.\d\d s/);
  expect(said.out).toContain("stands in no ledger");
  expect(said.code).toBe(0);
  expect(pulses()).toBe(1);
});

test("is withheld while something stands on the safety loop, unless it is given blindly", async () => {
  const { run, contacts, pulses } = await startLane();
  contacts.input(1).set(true);
  const said = await run("--confirm");
  expect(said.code).toBe(2);
  expect(said.out).toContain("something stands on the safety loop");
  expect(pulses()).toBe(0);
  expect(await run("--confirm", "--blind")).toMatchObject({ code: 0 });
  expect(pulses()).toBe(1);
}, 20_000);

test("is withheld while the safety loop cannot be read", async () => {
  const { run, contacts, pulses } = await startLane();
  await contacts.stop();
  const said = await run("--confirm", "--json");
  expect(JSON.parse(said.out)).toMatchObject({ exit_code: 2, data: { reason: "safety-unknown" } });
  expect(pulses()).toBe(0);
}, 20_000);

test("a contact board that refuses makes the safety loop unknown: the pulse is withheld", async () => {
  const { run, contacts, pulses } = await startLane();
  contacts.setFault("exception");
  const said = await run("--confirm", "--json");
  expect(JSON.parse(said.out)).toMatchObject({ exit_code: 2, data: { reason: "safety-unknown" } });
  expect(pulses()).toBe(0);
}, 20_000);

test("a relay board that refuses is told with what it says, and moved nothing", async () => {
  const { run, relays, pulses } = await startLane();
  relays.setFault("exception");
  const said = await run("--confirm");
  expect(said.code).toBe(2);
  expect(said.out).toContain("exception 4, it failed while doing it");
  expect(pulses()).toBe(0);
}, 20_000);

test("a board that is away is a fault with its hint", async () => {
  const { run, relays } = await startLane();
  await relays.stop();
  const said = await run("--confirm");
  expect(said.code).toBe(3);
  expect(said.out).toContain("gate-unreachable");
}, 20_000);

test("goes through the daemon where one runs, with who and why for the ledger", async () => {
  const dataDir = newFolder();
  const desk = new TestDesk(clock);
  const control = new Control({ dataDir, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const run = (lane: string, ...flags: string[]) =>
    gatehouse("pulse", lane, "--confirm", "--data", dataDir, ...flags);
  expect((await run("entry-2")).out).toContain("something stands on the safety loop");
  expect((await run("entry-1")).code).toBe(0);
  expect((await run("entry-9")).code).toBe(2);
  expect(desk.openings).toMatchObject([
    { laneId: "entry-1", reason: "bench pulse", actor: { kind: "technician", id: "chen" } },
  ]);
});
