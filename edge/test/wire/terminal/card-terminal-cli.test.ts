import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { Terminals } from "@gatehouse/edge/flows/terminals-desk";
import { Book } from "@gatehouse/edge/store/book";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { expect, onTestFinished, test } from "vitest";
import { gatehouse } from "../../cli/run-command.ts";
import { TestDesk } from "../../faces/desk-fixture.ts";
import { logInto } from "../../faces/running-kiosk.ts";
import { clock, openExit } from "./car-at-exit.ts";

/** A daemon's control socket with one terminal behind it, on a real wire. */
async function served(...simulated: Parameters<typeof openExit>) {
  const exit = await openExit(...simulated);
  onTestFinished(() => exit.stop());
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-terminals-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const desk = new TestDesk(clock);
  desk.terminals = new Terminals({
    terminals: [exit.terminal],
    book: new Book(":memory:"),
    clock,
    currency: "EUR",
  });
  const control = new Control({ dataDir, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const run = (...args: string[]) => gatehouse("--data", dataDir, "terminal", ...args);
  return { exit, run };
}

test("status tells a technician what the terminal says of itself", async () => {
  const { run } = await served({ tells: "version" });
  const { code, out } = await run("status", "terminal-1");
  expect(out).toMatch(/^terminal-1 is ready; its last receipt is 0041\./);
  expect(out).toMatch(/calls itself +29001234/);
  expect(out).toMatch(/software +GH 1\.7/);
  expect(code).toBe(0);
});

test("status asks for a person where the terminal does", async () => {
  const { run } = await served({ state: 0xc2, needs: 1 });
  const { code, out } = await run("status", "terminal-1");
  expect(out).toMatch(/^terminal-1: the terminal asks for a diagnosis, needs initialisation\./);
  expect(code).toBe(1);
});

test("end-of-day closes the batch, prints sums by scheme, and the totals begin anew", async () => {
  const { exit, run } = await served();
  await exit.charge();
  await exit.charge();
  const { code, out } = await run("end-of-day", "terminal-1");
  expect(out).toMatch(/^terminal-1 has closed 2 payments, €7\.00\./);
  expect(out).toMatch(/mastercard +2 +€7\.00/);
  expect(out).toContain("KASSENSCHNITT");
  expect(code).toBe(0);
  const totals = await run("totals", "terminal-1", "--json");
  expect(ControlAnswer.parse(JSON.parse(totals.out)).data).toMatchObject({
    totals: { count: 0, amount_minor: 0, schemes: [] },
  });
});

test.each([
  ["an unknown terminal", ["status", "terminal-9"], 2, "npx gatehouse devices"],
  ["a usage mistake", ["end-of-day"], 64, ""],
])("%s is answered with what to do next", async (_name, args, code, next) => {
  const { run } = await served();
  const answer = await run(...args);
  expect(answer.code).toBe(code);
  expect(answer.out).toContain(next);
});

test("a terminal that is away is a fault, with the next command", async () => {
  const { exit, run } = await served();
  await exit.sim.stop();
  const { code, out } = await run("status", "terminal-1");
  expect(code).toBe(3);
  expect(out).toContain("Next: npx gatehouse device show terminal-1");
});

test("a terminal that is charging a card is busy", async () => {
  const { exit, run } = await served();
  exit.sim.onCardWanted(() => undefined);
  const charging = exit.charge();
  const { code, out } = await run("end-of-day", "terminal-1");
  expect(code).toBe(3);
  expect(out).toContain("terminal-busy: charge");
  await exit.terminal.abort();
  await charging;
});
