import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { modelFile } from "../../../src/vision/models.ts";
import { plateDetectorFile, plateReaderFile } from "../../../src/vision/plate/plate-models.ts";
import { PlateLocator } from "../../../src/vision/plate/locator.ts";
import { PlateReader, shippedReader } from "../../../src/vision/plate/reader.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-models-"));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const lookup = () => ({ dataDir, baseDir: "/site" });
const ours = () => modelFile("plate-corners", lookup());

test("nothing named and nothing installed: what ships finds and reads", () => {
  expect(plateDetectorFile(undefined, lookup())).toBe(ours());
  expect(plateReaderFile(undefined, lookup())).toBe(shippedReader);
});

test("what somebody has installed comes before what ships, and what the configuration names before both", () => {
  const installed = join(dataDir, "models");
  mkdirSync(installed);
  for (const ending of ["onnx", "json"]) {
    copyFileSync(ours().replace(/onnx$/, ending), join(installed, `plate-bought.${ending}`));
  }
  expect(plateDetectorFile(undefined, lookup())).toBe(join(installed, "plate-bought.onnx"));
  expect(plateDetectorFile("plate-corners", lookup())).toBe(ours());
  expect(plateDetectorFile("./own.onnx", lookup())).toBe("/site/own.onnx");
  expect(plateReaderFile(undefined, lookup())).toBe(shippedReader);
});

test("a name that nobody knows is refused with what to run", () => {
  expect(() => plateReaderFile("plate-nobody", lookup())).toThrow(/models list/);
});

test("a model of another kind is refused with what was seen", async () => {
  await expect(PlateLocator.load(shippedReader)).rejects.toThrow(/neither grey/);
  await expect(PlateReader.load(ours())).rejects.toThrow(/takes grey/);
});
