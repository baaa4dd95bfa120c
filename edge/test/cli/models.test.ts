import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { tinyDetector } from "../vision/tiny-model.ts";
import { gatehouse } from "./run-command.ts";

// Each installation starts a process that loads the model, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

function folder(): { data: string; model: string } {
  const data = mkdtempSync(join(tmpdir(), "gh-models-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const model = join(data, "some.onnx");
  writeFileSync(model, tinyDetector());
  return { data, model };
}

async function models(data: string, ...args: string[]): Promise<{ code: number; out: string }> {
  const { code, out, complaints } = await gatehouse("--data", data, "models", ...args);
  return { code, out: `${out}${complaints}` };
}

const said = ["--licence", "MIT", "--kind", "detector"];

test("without a daemon, a model is installed, listed with its licence and verified", async () => {
  const { data, model } = folder();
  const installed = await models(data, "install", "mine", "--from", model, ...said);
  expect(installed.code).toBe(0);
  expect(installed.out.split("\n")[0]).toBe("mine is installed (MIT).");
  const listed = await models(data, "list");
  expect(listed.code).toBe(0);
  expect(listed.out).toMatch(/^mine +detector +● installed +MIT$/m);
  expect(listed.out).toMatch(/^deimv2-femto +detector +○ available +Apache-2.0$/m);
  expect((await models(data, "verify")).out).toContain("● mine (installed): whole");
});

test("a changed model ends verify with 2 and is named, in JSON too", async () => {
  const { data, model } = folder();
  await models(data, "install", "mine", "--from", model, ...said);
  appendFileSync(join(data, "models/mine.onnx"), "x");
  const verified = await models(data, "verify", "--json");
  expect(verified.code).toBe(2);
  const answer = ControlAnswer.parse(JSON.parse(verified.out));
  expect(answer.verdict).toContain("mine");
  expect(answer.data).toMatchObject({ signed: true });
  expect((await models(data, "verify")).out).toContain("■ mine (installed):");
});

test("what is refused ends with 2 and says why and what to do", async () => {
  const { data, model } = folder();
  const without = await models(data, "install", "mine", "--from", model);
  expect(without.code).toBe(2);
  expect(without.out).toContain("--licence");
  const unknown = await models(data, "install", "mine");
  expect(unknown.out).toContain("models list");
  const wrong = await models(data, "install", "deimv2-femto", "--from", model, "--json");
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.out)).toMatchObject({ data: { reason: "not-the-file" } });
});

test("nobody reachable is a fault, and a wrong word is usage", async () => {
  const { data, model } = folder();
  expect(
    (await models(data, "install", "tiny", "--from", "http://127.0.0.1:9/", ...said)).code,
  ).toBe(3);
  const odd = ["install", "mine", "--from", model, "--licence", "MIT", "--kind"];
  expect((await models(data, ...odd, "toaster")).code).toBe(64);
  expect((await models(data, ...odd, "detector", "--input", "big")).code).toBe(64);
  expect((await models(data, ...odd, "detector", "--classes", "car,,van")).code).toBe(64);
});

test("beside the demonstration's data, models lie in the daemon's own folder", async () => {
  const { data, model } = folder();
  mkdirSync(join(data, "edge"));
  await models(data, "install", "mine", "--from", model, ...said);
  expect(existsSync(join(data, "edge/models/mine.onnx"))).toBe(true);
});
