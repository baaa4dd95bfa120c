import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouse } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const data = mkdtempSync(join(tmpdir(), "gh-money-"));
  const control = new Control({
    dataDir: data,
    desk: new TestDesk(clock),
    clock,
    log: logInto([]),
  });
  await control.start();
  onTestFinished(() => control.stop());
  return (...args: readonly string[]) => gatehouse("--data", data, "money", ...args);
}

test("the trial balance of books that hold is told with exit code 0", async () => {
  const run = await daemon();
  const answer = await run("balance");
  expect(answer.code).toBe(0);
  expect(answer.out).toContain("The books balance.");
  expect(answer.out).toContain("€0.00");
  expect((await run("payments")).out).toContain("0 payments.");
  expect((await run("refunds")).out).toContain("0 refunds.");
  expect((await run("debts", "BGH1234")).out).toContain("0 unpaid stays.");
});

test("what cannot be done is said with exit code 2", async () => {
  const run = await daemon();
  const back = await run("refund", "nothing", "--amount", "100", "--reason", "goodwill");
  expect(back).toMatchObject({ code: 2 });
  expect(back.out).toContain("There is no such payment.");
  const decided = await run("decide", "nothing", "--outcome", "captured", "--reason", "journal");
  expect(decided.code).toBe(2);
  expect((await run("refund", "p", "--amount", "1.5", "--reason", "x")).code).toBe(64);
});
