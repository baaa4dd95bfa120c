import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluatePlates } from "../../../../scripts/evaluate/plates.ts";
import { noTestData, testData } from "../../../../shared/test/test-data.ts";
import { modelFile } from "../../../src/vision/models.ts";
import { shippedDetector } from "../../../src/vision/plate/plate-models.ts";
import { shippedReader } from "../../../src/vision/plate/reader.ts";

const folder = testData("data/vision");

/** Some minutes for a busy machine; a quiet one needs a few seconds. */
const limitMs = 300_000;

const installed = () => ({
  detector: join(folder ?? "", "models/plate_det_y5fu_320.onnx"),
  reader: join(folder ?? "", "models/plate_ocr_cct_xs_v1_global.onnx"),
});
const shipped = () => ({
  detector: modelFile(shippedDetector, { dataDir: "/nonexistent", baseDir: "/" }),
  reader: shippedReader,
});

async function scoreOf(set: "eu" | "us", models: ReturnType<typeof shipped>) {
  const task = { set: join(folder ?? "", "plates", set), ...models, countries: [] };
  return (await evaluatePlates(task)).score;
}

test(
  "with the models that can be installed, 0.95 of the European plates are read from whole photographs",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { exact } = await scoreOf("eu", installed());
    expect(exact).toBeGreaterThanOrEqual(0.95);
  },
);

test(
  "and 0.85 of the American ones, O taken for 0 and I for 1",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { folded } = await scoreOf("us", installed());
    expect(folded).toBeGreaterThanOrEqual(0.85);
  },
);

test(
  "what ships finds 0.95 of the European plates and reads 0.88 of them",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { located, folded } = await scoreOf("eu", shipped());
    expect(located).toBeGreaterThanOrEqual(0.95);
    expect(folded).toBeGreaterThanOrEqual(0.88);
  },
);

test(
  "and finds 0.9 of the American plates, which are smaller, and reads 0.7 of them",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { located, folded } = await scoreOf("us", shipped());
    expect(located).toBeGreaterThanOrEqual(0.9);
    expect(folded).toBeGreaterThanOrEqual(0.7);
  },
);
