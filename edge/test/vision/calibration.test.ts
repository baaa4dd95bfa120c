import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  type Calibration,
  readCalibration,
  readEmpty,
  writeCalibration,
} from "../../src/vision/calibration.ts";
import { sha256Of } from "../../src/vision/models/card.ts";
import { trustAtFirst } from "../../src/vision/trust.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-calibration-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = Buffer.from("the empty car park");
const calibration: Calibration = {
  version: 1,
  madeAt: "2026-03-01T12:00:00.000Z",
  by: "empty",
  pictures: 1,
  size: { width: 1280, height: 720 },
  detector: sha256Of(Buffer.from("a detector")),
  classifier: sha256Of(Buffer.from("a classifier")),
  empty: sha256Of(picture),
  trust: trustAtFirst,
  spaces: [{ bay: "A1", border: 0.4 }],
  report: ["Detector and classifier decide together, half and half."],
};

test("what was learnt is read as it was written, with its picture, and nothing else is left there", async () => {
  const dir = join(folder, "north");
  await writeCalibration(dir, calibration, picture);
  expect(await readCalibration(dir)).toEqual(calibration);
  expect(await readEmpty(dir, calibration)).toEqual(picture);
  expect(readdirSync(dir).toSorted()).toEqual(["calibration.json", "empty.jpg"]);
});

test("a camera that was not calibrated has nothing to read", async () => {
  expect(await readCalibration(join(folder, "none"))).toBeUndefined();
});

test.each([
  ["no JSON", "{"],
  ["another version", JSON.stringify({ ...calibration, version: 2 })],
  [
    "shares that are none",
    JSON.stringify({ ...calibration, trust: { ...trustAtFirst, occupiedShare: 1 } }),
  ],
])("a calibration of %s is a fault that names the file", async (_what, text) => {
  const path = join(folder, "calibration.json");
  writeFileSync(path, text);
  const reading = readCalibration(folder);
  await expect(reading).rejects.toMatchObject({ code: "calibration-unusable" });
  await expect(reading).rejects.toThrow(path);
});

test("a picture that is gone or another is a fault: spaces would be compared with the wrong thing", async () => {
  const dir = join(folder, "south");
  await writeCalibration(dir, calibration);
  await expect(readEmpty(dir, calibration)).rejects.toThrow(/no such file/);
  await writeCalibration(dir, calibration, Buffer.from("another"));
  await expect(readEmpty(dir, calibration)).rejects.toThrow(/not the picture/);
});
