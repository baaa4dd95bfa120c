import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bay } from "../../src/vision/bays.ts";
import { Detector } from "../../src/vision/detector.ts";
import { Pipeline } from "../../src/vision/pipeline.ts";
import { blackJpeg, drawnJpeg, jpegBomb } from "./drawn-pictures.ts";
import { tinyDetector } from "./tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-pipeline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tiny detector's car stands in the middle of the picture; its sureness is the picture's brightness. */
const middle: Bay = {
  id: "middle",
  polygon: [
    [32, 24],
    [96, 24],
    [96, 72],
    [32, 72],
  ],
};
const bays = [middle];
let detector: Detector;

beforeAll(async () => {
  const file = join(folder, "tiny.onnx");
  writeFileSync(file, tinyDetector());
  detector = await Detector.load(file);
});

describe("a picture", () => {
  test("says of each space whether it is occupied, and how surely", async () => {
    const pipeline = new Pipeline(detector);
    const bright = await pipeline.look(await drawnJpeg(200), () => bays);
    const dark = await pipeline.look(await drawnJpeg(20), () => bays);
    expect(bright).toMatchObject({ kind: "seen", words: [{ bay: "middle", occupied: true }] });
    expect(dark).toMatchObject({ kind: "seen", words: [{ bay: "middle", occupied: false }] });
  });

  test("like the one before costs no look at it", async () => {
    const pipeline = new Pipeline(detector);
    const first = await pipeline.look(await drawnJpeg(200), () => bays);
    const again = await pipeline.look(await drawnJpeg(200), () => bays);
    expect(again.kind).toBe("unchanged");
    expect("words" in again && again.words).toEqual("words" in first && first.words);
  });

  test("like the one before is looked at all the same where the spaces were moved", async () => {
    const pipeline = new Pipeline(detector);
    await pipeline.look(await drawnJpeg(200), () => bays);
    const moved = await pipeline.look(await drawnJpeg(200), () => [{ ...middle, id: "moved" }]);
    expect(moved).toMatchObject({ kind: "seen", words: [{ bay: "moved" }] });
  });

  test("refused leaves the next one untouched", async () => {
    const pipeline = new Pipeline(detector);
    const whole = await drawnJpeg(200);
    const refusals = [
      await pipeline.look(await jpegBomb(), () => bays),
      await pipeline.look(whole.subarray(0, whole.length / 2), () => bays),
      await pipeline.look(await blackJpeg(), () => bays),
    ];
    expect(refusals).toMatchObject([
      { kind: "refused", reason: "too_large" },
      { kind: "refused", reason: "truncated" },
      { kind: "refused", reason: "covered" },
    ]);
    expect(await pipeline.look(whole, () => bays)).toMatchObject({ kind: "seen" });
  });

  test("of a lot without spaces has nothing to say", async () => {
    const outcome = await new Pipeline(detector).look(await drawnJpeg(200), () => []);
    expect(outcome).toMatchObject({ kind: "seen", words: [] });
  });

  test("with small spaces is looked at in tiles too", async () => {
    // Where the tiny detector's car stands in the upper left tile; in the whole picture it stands elsewhere.
    const corner: Bay = {
      id: "corner",
      polygon: [
        [71, 53],
        [214, 53],
        [214, 160],
        [71, 160],
      ],
    };
    const picture = await drawnJpeg(200, 512, 384);
    const look = (smallSpacePx: number) =>
      new Pipeline(detector, { smallSpacePx }).look(picture, () => [corner]);
    expect(await look(0)).toMatchObject({ words: [{ occupied: false }] });
    expect(await look(1000)).toMatchObject({ words: [{ occupied: true }] });
  });
});

test("a camera calibrated on the empty lot no longer takes its ghost for a car", async () => {
  const pipeline = new Pipeline(detector);
  // The empty lot at noon: bright enough for the tiny detector to see a car that is not there.
  const empty = await drawnJpeg(100);
  expect(await pipeline.look(empty, () => bays)).toMatchObject({ words: [{ occupied: true }] });
  const thresholds = await pipeline.calibrate(empty, () => bays);
  if ("kind" in thresholds) throw new Error(thresholds.detail);
  const calibrated = new Pipeline(detector, {}, thresholds);
  expect(await calibrated.look(empty, () => bays)).toMatchObject({ words: [{ occupied: false }] });
  expect(await calibrated.look(await drawnJpeg(220), () => bays)).toMatchObject({
    words: [{ occupied: true }],
  });
});

test("a confidence set for the camera replaces the default", async () => {
  const picture = await drawnJpeg(100);
  const strict = await new Pipeline(detector, { confidenceMin: 0.9 }).look(picture, () => bays);
  expect(strict).toMatchObject({ words: [{ occupied: false }] });
});
