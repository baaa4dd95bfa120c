import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluateOccupancy } from "../../../scripts/evaluate/occupancy.ts";
import { noTestData, testData } from "../../../shared/test/test-data.ts";

const folder = testData("data/vision");

/** A minute for a busy machine; a quiet one needs a few seconds. */
const limitMs = 120_000;

test.for([
  ["pklot_ufpr05", 1200, 0.95],
  ["smartlot_nethken", 1781, 0.99],
] as const)(
  "on %s the default settings judge %i spaces, at least %d of them right",
  { timeout: limitMs },
  async ([name, spaces, least], { skip }) => {
    if (folder === undefined) return skip(noTestData);
    const { score, predictions } = await evaluateOccupancy({
      set: join(folder, "parking", name),
      detector: join(folder, "models/deimv2_hgnetv2_femto_coco_416.onnx"),
    });
    expect(score.spaces).toBe(spaces);
    expect(score.accuracy).toBeGreaterThanOrEqual(least);
    expect(predictions).toHaveLength(spaces);
  },
);
