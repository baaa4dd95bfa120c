import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { TestDesk } from "../faces/desk-fixture.ts";
import { logInto } from "../faces/running-kiosk.ts";

const program = resolve(import.meta.dirname, "../../bin/gatehouse.mjs");

function gatehouse(
  ...args: string[]
): Promise<{ code: number | null; out: string; errors: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, errors] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
    child.on("close", (code) => done({ code, out, errors }));
  });
}

async function startDaemon(): Promise<{ data: string; desk: TestDesk }> {
  const data = mkdtempSync(join(tmpdir(), "gh-bin-"));
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
  return { data, desk };
}

test("the program prints the verdict first and ends with the daemon's exit code", async () => {
  const { data, desk } = await startDaemon();
  desk.level = "attention";
  desk.verdict = "One alert is open.";
  const { code, out } = await gatehouse("status", "--data", data);
  expect(code).toBe(1);
  expect(out.split("\n")[0]).toBe("One alert is open.");
  expect(out).not.toContain("\u001B");
});

test("the program opens a gate once, in the name of the system's user", async () => {
  const { data, desk } = await startDaemon();
  const asked = ["gate", "open", "entry-2", "--reason", "works", "--json", "--data", data];
  const { code, out } = await gatehouse(...asked);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ exit_code: 0, data: { decision_id: "d-1" } });
  expect(desk.openings[0]?.actor.id).not.toBe("");
});

test("the program says on standard error what it did not understand", async () => {
  const { code, out, errors } = await gatehouse("open-sesame");
  expect(code).toBe(64);
  expect(out).toBe("");
  expect(errors).toContain("unknown command 'open-sesame'");
});
