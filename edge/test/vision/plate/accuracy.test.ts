import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
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
  return scoreOfFolder(join(folder ?? "", "plates", set), models);
}

async function scoreOfFolder(set: string, models: ReturnType<typeof shipped>) {
  return (await evaluatePlates({ set, ...models, countries: [] })).score;
}

/** A folder whose labels name every third picture of a set, where they lie. */
function everyThirdOf(set: string): string {
  const few = mkdtempSync(join(tmpdir(), "gatehouse-plates-"));
  onTestFinished(() => rmSync(few, { recursive: true }));
  const pictures = join(folder ?? "", "plates", set);
  const [head = "", ...rows] = readFileSync(join(pictures, "labels.tsv"), "utf8").split("\n");
  const third = rows.filter((row, index) => row !== "" && index % 3 === 0);
  const labels = third.map((row) => join(relative(few, pictures), row));
  writeFileSync(join(few, "labels.tsv"), [head, ...labels].join("\n"));
  return few;
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
  "and of every third American picture, a harder third than the others, 0.85 and 0.5",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { located, folded } = await scoreOfFolder(everyThirdOf("us"), shipped());
    expect(located).toBeGreaterThanOrEqual(0.85);
    expect(folded).toBeGreaterThanOrEqual(0.5);
  },
);
