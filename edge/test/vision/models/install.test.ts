import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { Detector } from "../../../src/vision/detector.ts";
import { readCardOf } from "../../../src/vision/models/card.ts";
import { installModel, type ModelWish } from "../../../src/vision/models/install.ts";
import type { ModelPlaces } from "../../../src/vision/models/registry.ts";
import { knownTiny, looseFile, modelShelf, tinyModel } from "./model-shelf.ts";

// Each installation starts a process that loads the model, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const filesOf = ({ installed }: ModelPlaces): string[] =>
  existsSync(installed) ? readdirSync(installed).toSorted() : [];

test("a known model is installed with what the registry says of it, and the daemon's detector loads it", async () => {
  const places = modelShelf();
  const from = looseFile(places, tinyModel());
  const done = await installModel({ name: "tiny", from }, places);
  expect(done).toMatchObject({ kind: "installed", card: { licence: "MIT", family: "detr" } });
  expect(filesOf(places)).toEqual(["tiny.json", "tiny.onnx"]);
  const file = join(places.installed, "tiny.onnx");
  expect(readCardOf(file)).toMatchObject({ sha256: knownTiny.sha256, source: "loose.onnx" });
  expect((await Detector.load(file)).family.kind).toBe("detr");
});

test("an unknown file is installed under the licence, classes and size that were said", async () => {
  const places = modelShelf();
  const from = looseFile(places, tinyModel(2));
  const said = { licence: " AGPL-3.0 ", kind: "detector", classes: ["van", "dog", "car"] } as const;
  const done = await installModel({ name: "my-own", from, ...said }, places);
  expect(done).toMatchObject({
    kind: "installed",
    card: { licence: "AGPL-3.0", classes: ["van", "dog", "car"], family: "detr" },
  });
});

describe("what is refused leaves nothing behind", () => {
  const whole = tinyModel(2);
  test.each<[string, Partial<ModelWish>, Uint8Array | string, string]>([
    ["another file under a known name", { name: "tiny" }, whole.subarray(0, 9), "not-the-file"],
    ["a longer file under a known name", { name: "tiny" }, whole, "too-large"],
    ["a known file under another name", {}, tinyModel(), "known-by-another-name"],
    ["a file without a licence", { licence: undefined }, whole, "licence-missing"],
    ["a file with an empty licence", { licence: "  " }, whole, "licence-missing"],
    ["a file of no kind", { kind: undefined }, whole, "kind-missing"],
    ["a text", {}, "no model at all", "unreadable"],
    ["the first half of a model", {}, whole.subarray(0, 200), "unreadable"],
    ["a detector said to be a plate reader", { kind: "plate-reader" }, whole, "unreadable"],
    ["a detector none of whose classes is a vehicle", { classes: ["dog"] }, whole, "unreadable"],
    ["the name of a model that ships", { name: "ours" }, whole, "name-taken"],
    ["a name that leads elsewhere", { name: "../tiny" }, whole, "bad-name"],
  ])("%s", async (_what, wish, content, reason) => {
    const places = modelShelf();
    const from = looseFile(places, content);
    const base = { name: "my-own", licence: "MIT", kind: "detector", from } as const;
    const outcome = await installModel({ ...base, ...wish }, places);
    expect(outcome).toMatchObject({ kind: "refused", reason });
    expect(filesOf(places)).toEqual([]);
  });

  test("a file that is not there, and a name without any", async () => {
    const places = modelShelf();
    const nowhere = { name: "my-own", licence: "MIT", kind: "detector" } as const;
    expect(await installModel({ ...nowhere, from: "/no/such.onnx" }, places)).toMatchObject({
      reason: "missing",
    });
    expect(await installModel(nowhere, places)).toMatchObject({ reason: "unknown-model" });
    expect(filesOf(places)).toEqual([]);
  });
});

test("what was installed before stays when its successor is refused", async () => {
  const places = modelShelf();
  const said = { name: "my-own", licence: "MIT", kind: "detector" } as const;
  await installModel({ ...said, from: looseFile(places, tinyModel(2)) }, places);
  const before = readFileSync(join(places.installed, "my-own.onnx"));
  await installModel({ ...said, from: looseFile(places, "broken") }, places);
  expect(readFileSync(join(places.installed, "my-own.onnx"))).toEqual(before);
});

test("what a killed installation left is removed by a later one, what another is busy with is not", async () => {
  const places = modelShelf();
  const [old, young] = [".install-old", ".install-young"];
  for (const name of [old, young]) {
    mkdirSync(join(places.installed, name), { recursive: true });
    writeFileSync(join(places.installed, name, "half.onnx"), "half");
  }
  const yesterday = new Date("2020-01-01");
  utimesSync(join(places.installed, old), yesterday, yesterday);
  await installModel({ name: "tiny", from: looseFile(places, tinyModel()) }, places);
  expect(filesOf(places)).toEqual([young, "tiny.json", "tiny.onnx"]);
});
