import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluateOccupancy } from "../../../scripts/evaluate/occupancy.ts";
import { noTestData, testData } from "../../../shared/test/test-data.ts";

const folder = testData("data/vision");

/** A minute for a busy machine; a quiet one needs a few seconds. */
const limitMs = 120_000;

const parking = (name: string): string => join(folder ?? "", "parking", name);
const femto = (): string => join(folder ?? "", "models/deimv2_hgnetv2_femto_coco_416.onnx");
/** Learnt from pklot_ufpr05 and from neither of the two car parks without a licence. */
const classifier = (): string =>
  join(folder ?? "", "baselines/occupancy_patch_A5_cleanlicence.onnx");
const emptyFrame = (): string => join(parking("pklot_ufpr05_empty"), "2013-03-03_11_20_06.jpg");

test(
  "on smartlot_nethken a detector alone judges 1781 spaces, at least 0.99 of them right",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { score, predictions } = await evaluateOccupancy({
      set: parking("smartlot_nethken"),
      detector: femto(),
    });
    expect(score.spaces).toBe(1781);
    expect(score.accuracy).toBeGreaterThanOrEqual(0.99);
    expect(predictions).toHaveLength(1781);
  },
);

test(
  "with a picture of the empty car park both together are right of 0.99 of pklot_ufpr05",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { score } = await evaluateOccupancy({
      set: parking("pklot_ufpr05"),
      detector: femto(),
      classifier: classifier(),
      calibration: { kind: "empty", frame: emptyFrame() },
    });
    expect(score.accuracy).toBeGreaterThanOrEqual(0.99);
    expect(score.decided_by).toBe("both");
  },
);

test(
  "from straight above, where the detector is blind, the first pictures leave 0.9 to the classifier",
  { timeout: limitMs },
  async ({ skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { score } = await evaluateOccupancy({
      set: parking("carpark_topdown"),
      detector: femto(),
      classifier: classifier(),
      calibration: { kind: "first-frames" },
    });
    expect(score.decided_by).toBe("classifier");
    expect(score.accuracy).toBeGreaterThanOrEqual(0.9);
  },
);
