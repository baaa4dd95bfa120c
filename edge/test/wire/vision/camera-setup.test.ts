import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { expect, onTestFinished, test, vi } from "vitest";
import { DiskCameraFiles } from "../../../src/adapters/camera-files.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { CameraSetupFlow } from "../../../src/flows/camera/setup.ts";
import { Book } from "../../../src/store/book.ts";
import { VisionPool } from "../../../src/vision/pool.ts";
import { drawnJpeg } from "../../vision/drawn-pictures.ts";
import { tinyDetector } from "../../vision/tiny-model.ts";

const patience = { timeout: 60_000, interval: 50 };
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const chen = { kind: "technician", id: "chen" } as const;

/** A camera that nobody has drawn on, with the real process that looks at its pictures. */
async function newCamera() {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-new-camera-"));
  writeFileSync(join(dataDir, "tiny.onnx"), tinyDetector());
  mkdirSync(join(dataDir, "pictures"));
  writeFileSync(join(dataDir, "pictures/1.jpg"), await drawnJpeg(200));
  const clock = new PacedClock();
  const camera = CameraConfig.parse({
    id: "north",
    source: { kind: "folder", path: "pictures", every_s: 0.2 },
    detector: "./tiny.onnx",
    decided_by: "detector",
    tracking: false,
  });
  const pool = new VisionPool({
    clock,
    random: new SystemRandom(),
    log: quiet,
    stopwatch: new SystemStopwatch(),
    cameras: [camera],
    baseDir: dataDir,
    dataDir,
    credentials: {},
    plateCropsDays: 1,
  });
  const heard: SpaceObservation[] = [];
  pool.onObservations((batch) => heard.push(...batch));
  await pool.start();
  onTestFinished(() => pool.stop());
  const flow = new CameraSetupFlow({
    book: new Book(":memory:"),
    clock,
    log: quiet,
    setup: pool.setup,
    files: new DiskCameraFiles(),
    isSpace: (number) => number === "A001",
    reports: () => pool.report(),
  });
  // The process comes up by itself; until then nobody looks.
  await vi.waitFor(() => flow.examine("north"), patience);
  return { flow, heard };
}

test("a new camera shows its picture, gets a space drawn, and tells of it from then on", async () => {
  const { flow, heard } = await newCamera();
  const blank = await flow.examine("north");
  expect(blank).toMatchObject({ width: 128, height: 96, spaces: [] });
  expect(heard).toEqual([]);

  const polygon: [number, number][] = [
    [32, 24],
    [96, 24],
    [96, 72],
    [32, 72],
  ];
  const view = {
    frames: [{ file: "live", width: 128, height: 96, spaces: [{ id: "A001", polygon }] }],
    zones: [],
    lines: [],
  };
  const { tag } = flow.drawingOf("north") as { tag: string };
  expect(flow.saveView("north", view, tag, chen)).toMatchObject({ saved: { by: "chen" } });
  await expect.poll(() => heard.length, patience).toBeGreaterThan(0);
  expect(heard[0]).toMatchObject({ spaceId: "A001", sourceId: "north", occupied: true });

  const seen = await flow.examine("north");
  expect(seen).toMatchObject({ spaces: [{ bay: "A001", occupied: true }] });
  if ("kind" in seen) throw new Error(seen.sentence);
  const picture = await flow.picture("north", seen.tag);
  if ("kind" in picture) throw new Error(picture.sentence);
  expect(Buffer.from(picture.bytes).readUInt16BE(0)).toBe(0xffd8);
});

test("a picture that is none, and one with a vehicle for the empty lot, are refused in words", async () => {
  const { flow } = await newCamera();
  const bad = await flow.examine("north", new TextEncoder().encode("GIF89a"));
  expect(bad).toMatchObject({ kind: "refused", reason: "picture-refused" });
  const wish = { by: "sent", picture: await drawnJpeg(220) } as const;
  expect(await flow.calibrate("north", wish, chen)).toMatchObject({ state: "running" });
  const end = await flow.calibrationEnd("north");
  expect(end).toMatchObject({ state: "refused" });
});
