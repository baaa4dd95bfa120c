import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { BayMap, readBaysFile } from "../../src/vision/bays.ts";
import { Detector } from "../../src/vision/detector.ts";
import { Pipeline } from "../../src/vision/pipeline.ts";
import { tinyDetector, tinyDetectorBox, tinyDetectorPx } from "./tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-detector-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(content: Uint8Array | string): string {
  const file = join(folder, "model.onnx");
  writeFileSync(file, content);
  return file;
}

test("a detector finds its vehicle where the region lies in the picture", async () => {
  const detector = await Detector.load(fileWith(tinyDetector()));
  const fit = detector.fit(320, 160);
  const white = new Uint8Array(3 * tinyDetectorPx * tinyDetectorPx).fill(255);
  const [left, top, right, bottom] = tinyDetectorBox;
  expect(await detector.detect(white, fit, { left: 1000, top: 500 })).toEqual([
    {
      left: 1000 + 10 * left,
      top: 500 + 5 * top,
      right: 1000 + 10 * right,
      bottom: 500 + 5 * bottom,
      vehicle: "car",
      score: 1,
    },
  ]);
});

describe("a model file that cannot serve is a fault that names it", () => {
  const whole = tinyDetector();
  test.each<[string, Uint8Array | string]>([
    ["text", "no model"],
    ["nothing", ""],
    ["the first half of a model", whole.subarray(0, whole.length / 2)],
    [
      "a model with a flipped byte in its graph",
      whole.map((byte, at) => (at === 30 ? byte ^ 255 : byte)),
    ],
  ])("%s", async (_what, content) => {
    const file = fileWith(content);
    const loading = Detector.load(file);
    await expect(loading).rejects.toMatchObject({ code: "model-unusable" });
    await expect(loading).rejects.toThrow(file);
  });

  test("no file at all", async () => {
    const file = join(folder, "none.onnx");
    await expect(Detector.load(file)).rejects.toMatchObject({ code: "model-unusable" });
  });
});

const data = testData("data/vision");

describe("a detector of others", () => {
  test.for([
    ["deimv2_hgnetv2_atto_coco_320.onnx", "detr"],
    ["deimv2_hgnetv2_femto_coco_416.onnx", "detr"],
    ["yolox_nano_416.onnx", "yolox"],
    ["yolov8n_int8_640.onnx", "yolov8"],
  ] as const)("sees the cars of a photograph: %s", async ([name, family], { skip }) => {
    if (data === undefined) return skip(noTestData);
    const detector = await Detector.load(join(data, "models", name));
    expect(detector.family.kind).toBe(family);

    const set = join(data, "parking/smartlot_nethken");
    const labels = await readBaysFile(join(set, "labels.json"));
    const { file, spaces } = labels.frames[0] ?? { file: "", spaces: [] };
    const bays = new BayMap(labels);
    const picture = readFileSync(join(set, file));
    const pipeline = await Pipeline.open({ detector });
    const prepared = await pipeline.prepare(picture, (width, height) =>
      bays.of(file, width, height),
    );
    if ("kind" in prepared) throw new Error(prepared.detail);
    const outcome = await pipeline.look(prepared);
    const right = outcome.words.filter(
      ({ bay, occupied }) => spaces.find(({ id }) => id === bay)?.occupied === occupied,
    );
    expect(right.length / spaces.length).toBeGreaterThanOrEqual(0.9);
  });

  test.for(["plate_det_y5fu_320.onnx", "fastestdet_352.onnx", "plate_ocr_cct_xs_v1_global.onnx"])(
    "of no family we read is a fault that says what it has: %s",
    async (name, { skip }) => {
      if (data === undefined) return skip(noTestData);
      const loading = Detector.load(join(data, "models", name));
      await expect(loading).rejects.toThrow(/model-unusable.*inputs input.*outputs/i);
    },
  );
});
