import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { ViolationsData } from "@gatehouse/shared/contracts/violations";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, onTestFinished, test } from "vitest";
import { TestDesk } from "../faces/desk-fixture.ts";
import { memoryViolations } from "../faces/memory-violations.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { gatehouseAt } from "./run-command.ts";

async function daemon() {
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  desk.violations = memoryViolations(clock, "BGH1234");
  const data = mkdtempSync(join(tmpdir(), "gh-violations-"));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  const random = new SeededRandom(7);
  return (...args: readonly string[]) =>
    gatehouseAt({ random }, "--data", data, "violations", ...args);
}

test("violations are listed, and one is shown with what shows it", async () => {
  const run = await daemon();
  const list = await run("list");
  expect(list.out).toMatch(/^1 violations\./);
  expect(list.out).toMatch(/BGH1234 +overstay +review +.*overstay-session-1/);
  expect((await run("list", "--status", "paid")).out).toBe("No violation.");
  const shown = await run("show", "overstay-session-1");
  expect(shown.out).toMatch(/^It is review: stood 4 h 12 min, 4 h 00 min are allowed\./);
  expect(shown.out).toMatch(/its SHA-256 +[0-9a-f]{64}/);
});

test("as JSON they are one object of the contract; an unknown one is refused", async () => {
  const run = await daemon();
  const { out } = await run("list", "--type", "overstay", "--json");
  const answer = ControlAnswer.parse(JSON.parse(out));
  expect(ViolationsData.parse(answer.data).violations).toHaveLength(1);
  expect(await run("show", "none")).toMatchObject({ code: 2 });
});
