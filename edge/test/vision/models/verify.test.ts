import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { Detector } from "../../../src/vision/detector.ts";
import { installModel } from "../../../src/vision/models/install.ts";
import { listModels } from "../../../src/vision/models/list.ts";
import {
  isRegistrySigned,
  modelPlaces,
  type ModelPlaces,
} from "../../../src/vision/models/registry.ts";
import { verifyModels } from "../../../src/vision/models/verify.ts";
import { looseFile, modelShelf, tinyModel } from "./model-shelf.ts";

// Each installation starts a process that loads the model, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const troublesOf = (places: ModelPlaces): string[] =>
  verifyModels(places).findings.flatMap(({ name, trouble }) => (trouble === "" ? [] : [name]));

async function shelfWithTiny(): Promise<{ places: ModelPlaces; file: string }> {
  const places = modelShelf();
  await installModel({ name: "tiny", from: looseFile(places, tinyModel()) }, places);
  return { places, file: join(places.installed, "tiny.onnx") };
}

test("the models of the repository are whole and their registry is signed by us", () => {
  const verified = verifyModels(modelPlaces("/nonexistent"));
  expect(verified.findings.filter(({ trouble }) => trouble !== "")).toEqual([]);
  expect(verified.isSigned).toBe(true);
});

test("a registry with one changed byte is not the signed one", () => {
  const places = modelShelf();
  const own = modelPlaces("/nonexistent").shipped;
  for (const file of ["registry.json", "registry.sig"]) {
    copyFileSync(join(own, file), join(places.shipped, file));
  }
  expect(isRegistrySigned(places)).toBe(true);
  const text = readFileSync(join(places.shipped, "registry.json"), "utf8");
  writeFileSync(join(places.shipped, "registry.json"), text.replace("Apache-2.0", "Apache-2.1"));
  expect(isRegistrySigned(places)).toBe(false);
  rmSync(join(places.shipped, "registry.sig"));
  expect(isRegistrySigned(places)).toBe(false);
});

test("whole models are found whole", async () => {
  const { places } = await shelfWithTiny();
  expect(verifyModels(places).findings.map(({ name }) => name)).toEqual(["ours", "tiny"]);
  expect(troublesOf(places)).toEqual([]);
});

test("a changed installed model is named, and no detector loads it", async () => {
  const { places, file } = await shelfWithTiny();
  appendFileSync(file, Buffer.of(0xa0, 0x06, 1));
  expect(troublesOf(places)).toEqual(["tiny"]);
  await expect(Detector.load(file)).rejects.toMatchObject({ code: "model-unusable" });
});

test("a model exchanged together with its card is no longer the one the registry knows", async () => {
  const { places } = await shelfWithTiny();
  for (const end of ["onnx", "json"]) {
    copyFileSync(join(places.shipped, `ours.${end}`), join(places.installed, `tiny.${end}`));
  }
  expect(troublesOf(places)).toEqual(["tiny"]);
});

test("a changed, a missing and an added shipped file are named", () => {
  const places = modelShelf();
  copyFileSync(join(places.shipped, "ours.onnx"), join(places.shipped, "more.onnx"));
  expect(troublesOf(places)).toEqual(["more"]);
  appendFileSync(join(places.shipped, "ours.json"), " ");
  expect(troublesOf(places)).toEqual(["ours", "more"]);
  rmSync(join(places.shipped, "ours.onnx"));
  expect(troublesOf(places)).toEqual(["ours", "more"]);
});

test("the list shows each name once, with its licence, and what is damaged as damaged", async () => {
  const { places, file } = await shelfWithTiny();
  const states = (): string[] => listModels(places).map(({ name, state }) => `${name} ${state}`);
  expect(states()).toEqual(["ours shipped", "tiny installed"]);
  expect(listModels(places).map(({ licence }) => licence)).toEqual(["Apache-2.0", "MIT"]);
  writeFileSync(file.replace(".onnx", ".json"), "{}");
  expect(states()).toEqual(["ours shipped", "tiny damaged"]);
  rmSync(file);
  expect(states()).toEqual(["ours shipped", "tiny available"]);
});
