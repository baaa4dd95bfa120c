import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnJpeg } from "../../vision/drawn-pictures.ts";
import { tinyDetector } from "../../vision/tiny-model.ts";

const root = resolve(import.meta.dirname, "../../../..");
const folder = mkdtempSync(join(tmpdir(), "gatehouse-evaluate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const set = join(folder, "set");
const detector = join(folder, "tiny.onnx");
const out = join(folder, "predictions.json");

beforeAll(async () => {
  mkdirSync(set);
  writeFileSync(detector, tinyDetector());
  writeFileSync(join(set, "bright.jpg"), await drawnJpeg(200));
  writeFileSync(join(set, "dark.jpg"), await drawnJpeg(40));
  const polygon = [
    [32, 24],
    [96, 24],
    [96, 72],
    [32, 72],
  ];
  const elsewhere = [
    [0, 80],
    [20, 80],
    [20, 90],
    [0, 90],
  ];
  const frame = (file: string, occupied: boolean) => ({
    file,
    width: 128,
    height: 96,
    spaces: [
      { id: "A1", polygon, occupied },
      // Wrong in the dark picture: no detector sees a car there.
      { id: "A2", polygon: elsewhere, occupied: !occupied },
    ],
  });
  const labels = { camera: "yard", frames: [frame("bright.jpg", true), frame("dark.jpg", false)] };
  writeFileSync(join(set, "labels.json"), JSON.stringify(labels));
});

function evaluate(...words: readonly string[]) {
  const script = join(root, "scripts/evaluate.mjs");
  return spawnSync(process.execPath, [script, ...words], { encoding: "utf8", cwd: folder });
}

const judges = ["--detector", detector, "--classifier", "none"];
const good = ["occupancy", "--set", set, ...judges, "--out", out];

test("a labelled set is judged and each judgement kept", () => {
  const { status, stdout, stderr } = evaluate(...good, "--json");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    accuracy: 0.75,
    occupied: 0.5,
    free: 1,
    spaces: 4,
    decided_by: "detector",
  });
  const predictions = JSON.parse(readFileSync(out, "utf8")) as unknown[];
  expect(predictions).toHaveLength(4);
  expect(predictions[0]).toEqual({
    camera: "yard",
    frame: "bright.jpg",
    space: "A1",
    occupied: true,
    confidence: expect.any(Number),
  });
});

test("the picture calibrated on is judged but not scored", () => {
  const dark = join(set, "dark.jpg");
  const { status, stdout, stderr } = evaluate(...good, "--calibrate-on", dark, "--json");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ accuracy: 1, occupied: 1, free: 1, spaces: 2 });
  expect(JSON.parse(readFileSync(out, "utf8"))).toHaveLength(4);
});

test("without --json a person reads it too", () => {
  const { status, stdout, stderr } = evaluate(...good);
  expect(status).toBe(0);
  expect(stderr).toContain("75.00 % of 4 spaces");
  expect(JSON.parse(stdout)).toMatchObject({ accuracy: 0.75 });
});

test("vehicles of photographs are told with their places, and in which labelled spaces they stand", () => {
  const words = ["detect", "--set", set, "--detector", detector, "--out", out, "--json"];
  const { status, stdout, stderr } = evaluate(...words);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pictures: 2, occupied: 0.5, free: 1 });
  const found = JSON.parse(readFileSync(out, "utf8")) as unknown[];
  expect(found).toContainEqual({
    frame: "bright.jpg",
    class: "car",
    confidence: expect.any(Number),
    bbox: [32, 24, 64, 48],
  });
});

test("vehicles are found in a folder without labels, and nothing is said of spaces", () => {
  const bare = join(folder, "bare");
  mkdirSync(bare, { recursive: true });
  copyFileSync(join(set, "bright.jpg"), join(bare, "bright.jpg"));
  const words = ["detect", "--set", bare, "--detector", detector, "--out", out, "--json"];
  expect(JSON.parse(evaluate(...words).stdout)).toMatchObject({
    vehicles: 1,
    occupied: null,
    free: null,
  });
});

test.each<[string, string[]]>([
  ["nothing to evaluate", []],
  ["another task", ["weather", ...good.slice(1)]],
  ["no set", ["occupancy", ...judges, "--out", out]],
  ["no place for the predictions", good.slice(0, -2)],
  ["an unknown option", [...good, "--fast"]],
])("%s is wrong usage", (_what, words) => {
  const { status, stdout, stderr } = evaluate(...words);
  expect(status).toBe(64);
  expect(stdout).toBe("");
  expect(stderr).toContain("npm run evaluate -- occupancy --set DIR --out FILE");
});

test.each<[string, string[], string]>([
  ["a missing folder", ["--set", join(folder, "none")], "none/labels.json"],
  ["a missing detector", ["--detector", join(folder, "none.onnx")], "none.onnx"],
  ["a detector that is none", ["--detector", join(set, "dark.jpg")], "model-unusable"],
  ["a missing picture to calibrate on", ["--calibrate-on", join(set, "none.jpg")], "none.jpg"],
  ["predictions that cannot be written", ["--out", join(folder, "none/p.json")], "none/p.json"],
])("%s is refused by name", (_what, words, complaint) => {
  // The last of an option given twice counts.
  const { status, stdout, stderr } = evaluate(...good, ...words, "--json");
  expect(stderr).toContain(complaint);
  expect(stderr).not.toContain("    at ");
  expect(stdout).toBe("");
  expect(status).toBe(2);
});
