import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "@gatehouse/shared/time";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bay } from "../../src/vision/bays.ts";
import { Detector } from "../../src/vision/detector.ts";
import type { BaysOf } from "../../src/vision/judges.ts";
import { Pipeline } from "../../src/vision/pipeline.ts";
import { drawnJpeg, jpegBomb } from "./drawn-pictures.ts";
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
const noon = 1_750_000_000_000 as Instant;
let detector: Detector;

beforeAll(async () => {
  const file = join(folder, "tiny.onnx");
  writeFileSync(file, tinyDetector());
  detector = await Detector.load(file);
});

/** As a camera does: the picture is prepared, then looked at. */
async function look(pipeline: Pipeline, bytes: Uint8Array, baysOf: BaysOf) {
  const prepared = await pipeline.prepare(bytes, baysOf);
  return "kind" in prepared ? prepared : pipeline.look(prepared);
}

describe("a picture", () => {
  test("says of each space whether it is occupied, and how surely", async () => {
    const pipeline = await Pipeline.open({ detector });
    const bright = await look(pipeline, await drawnJpeg(200), () => bays);
    const dark = await look(pipeline, await drawnJpeg(20), () => bays);
    expect(bright).toMatchObject({ kind: "seen", words: [{ bay: "middle", occupied: true }] });
    expect(dark).toMatchObject({ kind: "seen", words: [{ bay: "middle", occupied: false }] });
  });

  test("like the one before costs no look at it", async () => {
    const pipeline = await Pipeline.open({ detector });
    const first = await look(pipeline, await drawnJpeg(200), () => bays);
    const again = await look(pipeline, await drawnJpeg(200), () => bays);
    expect(again.kind).toBe("unchanged");
    expect("words" in again && again.words).toEqual("words" in first && first.words);
  });

  test("like the one before is looked at all the same where the spaces were moved", async () => {
    const pipeline = await Pipeline.open({ detector });
    await look(pipeline, await drawnJpeg(200), () => bays);
    const moved = await look(pipeline, await drawnJpeg(200), () => [{ ...middle, id: "moved" }]);
    expect(moved).toMatchObject({ kind: "seen", words: [{ bay: "moved" }] });
  });

  test("refused leaves the next one untouched", async () => {
    const pipeline = await Pipeline.open({ detector });
    const whole = await drawnJpeg(200);
    const refusals = [
      await look(pipeline, await jpegBomb(), () => bays),
      await look(pipeline, whole.subarray(0, whole.length / 2), () => bays),
    ];
    expect(refusals).toMatchObject([
      { kind: "refused", reason: "too_large" },
      { kind: "refused", reason: "truncated" },
    ]);
    expect(await look(pipeline, whole, () => bays)).toMatchObject({ kind: "seen" });
  });

  test("of a lot without spaces has nothing to say", async () => {
    const outcome = await look(await Pipeline.open({ detector }), await drawnJpeg(200), () => []);
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
    const lookBelow = async (smallSpacePx: number) =>
      look(await Pipeline.open({ detector, settings: { smallSpacePx } }), picture, () => [corner]);
    expect(await lookBelow(0)).toMatchObject({ words: [{ occupied: false }] });
    expect(await lookBelow(1000)).toMatchObject({ words: [{ occupied: true }] });
  });
});

test("a camera calibrated on the empty car park no longer takes its ghost for a car", async () => {
  const pipeline = await Pipeline.open({ detector });
  // The empty car park at noon: bright enough for the tiny detector to see a car that is not there.
  const empty = await drawnJpeg(100);
  expect(await look(pipeline, empty, () => bays)).toMatchObject({ words: [{ occupied: true }] });
  const result = await pipeline.calibrateByEmpty(empty, () => bays, noon);
  if (result.kind === "refused") throw new Error(result.detail);
  const calibrated = await Pipeline.open({ detector, calibration: result.calibration });
  expect(await look(calibrated, empty, () => bays)).toMatchObject({ words: [{ occupied: false }] });
  expect(await look(calibrated, await drawnJpeg(220), () => bays)).toMatchObject({
    words: [{ occupied: true }],
  });
});

test("a confidence set for the camera replaces the default", async () => {
  const picture = await drawnJpeg(100);
  const strict = await look(
    await Pipeline.open({ detector, settings: { confidenceMin: 0.9 } }),
    picture,
    () => bays,
  );
  expect(strict).toMatchObject({ words: [{ occupied: false }] });
});
