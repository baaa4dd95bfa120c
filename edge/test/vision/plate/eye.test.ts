import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "@gatehouse/shared/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CameraJob } from "../../../src/vision/messages.ts";
import { openPicture } from "../../../src/vision/picture.ts";
import { PlateEye } from "../../../src/vision/plate/eye.ts";
import { PlateLocator } from "../../../src/vision/plate/locator.ts";
import { PlateReader } from "../../../src/vision/plate/reader.ts";
import { LanePictures } from "./lane-pictures.ts";

const noon = Date.UTC(2026, 5, 17, 11) as Instant;
const lane = new LanePictures();
let dir: string;
let eye: PlateEye;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "gatehouse-plates-"));
  const job: CameraJob = {
    id: "eye-1",
    source: { kind: "snapshot", url: "http://127.0.0.1/", every_s: 1 },
    detector: "none",
    classifier: "none",
    models: { dataDir: dir, baseDir: dir },
    decidedBy: "detector",
    dir: join(dir, "cameras", "eye-1"),
    tracking: false,
    plates: { countries: ["DE"], askAfterS: 8, cropsDays: 7 },
  };
  const opened = await PlateEye.open(job, {
    locatorOf: (file) => PlateLocator.load(file),
    plateReaderOf: (file) => PlateReader.load(file),
  });
  if (opened === undefined) throw new Error("a job with plates has an eye for them");
  eye = opened;
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** The whole lane is the vehicle, where there is one. */
const vehicle = { vehicle: "car", left: 200, top: 50, right: 1080, bottom: 720 } as const;

async function lookAt(plate: string, second: number) {
  lane.plate = plate;
  const at = (noon + 1000 * second) as Instant;
  const picture = openPicture(await lane.jpegAt(at));
  if ("kind" in picture) throw new Error(picture.detail);
  const vehicles = plate === "" ? [] : [vehicle];
  return eye.look({ picture, pixels: undefined, isChanged: true, vehicles, at });
}

test(
  "the plates of simulated cars at a lane are read, each once, with the best crop kept",
  { timeout: 120_000 },
  async () => {
    const told = [];
    const plates = ["BAB1234", "MXK728", "FFLP93"];
    for (const [car, plate] of plates.entries()) {
      for (let second = 0; second < 4; second += 1) {
        told.push(...(await lookAt(plate, 20 * car + second)));
      }
      for (let second = 10; second < 16; second += 5)
        told.push(...(await lookAt("", 20 * car + second)));
    }
    expect(told.map(({ text, corrected = text }) => corrected)).toEqual(plates);
    for (const { crop, vehicle: seen, id } of told) {
      expect(seen).toBe("car");
      expect(crop).toBe(`${id}.jpg`);
      expect(existsSync(join(dir, "cameras", "eye-1", "crops", crop ?? ""))).toBe(true);
    }
  },
);

test("a vehicle that stands there without a plate to be read is told with none", async () => {
  const told = [];
  const empty = await openedEmpty();
  for (let second = 100; second < 112; second += 2) {
    const at = (noon + 1000 * second) as Instant;
    told.push(
      ...(await eye.look({
        picture: empty,
        pixels: undefined,
        isChanged: second === 100,
        vehicles: [vehicle],
        at,
      })),
    );
  }
  expect(told.map(({ text, vehicle: seen }) => [text, seen])).toEqual([["", "car"]]);
});

async function openedEmpty() {
  lane.plate = "";
  const picture = openPicture(await lane.jpegAt(noon));
  if ("kind" in picture) throw new Error(picture.detail);
  return picture;
}
