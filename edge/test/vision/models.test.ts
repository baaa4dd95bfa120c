import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { modelFile } from "../../src/vision/models.ts";

function folders(): { dataDir: string; baseDir: string } {
  const root = mkdtempSync(join(tmpdir(), "gatehouse-model-file-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "data/models"), { recursive: true });
  return { dataDir: join(root, "data"), baseDir: join(root, "site") };
}

test("a name means an installed model, card and all", () => {
  const lookup = folders();
  const file = join(lookup.dataDir, "models/mine.onnx");
  writeFileSync(file, "");
  expect(() => modelFile("mine", lookup)).toThrow(/there is no model mine.*models list/);
  writeFileSync(file.replace(".onnx", ".json"), "{}");
  expect(modelFile("mine", lookup)).toBe(file);
});

test("anything else is a path, seen from the configuration", () => {
  const lookup = folders();
  expect(modelFile("./mine.onnx", lookup)).toBe(join(lookup.baseDir, "mine.onnx"));
  expect(modelFile("models/mine", lookup)).toBe(join(lookup.baseDir, "models/mine"));
  expect(modelFile("/opt/mine.onnx", lookup)).toBe("/opt/mine.onnx");
});

test("a known model that is not installed is refused with the command that installs it", () => {
  const lookup = folders();
  expect(() => modelFile("deimv2-femto", lookup)).toThrow(
    /model-unusable.*npx gatehouse models install deimv2-femto --data/,
  );
});
