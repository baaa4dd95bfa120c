import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  evaluateOccupancy,
  type OccupancyCalibration,
} from "../../../scripts/evaluate/occupancy.ts";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { modelFile } from "../../src/vision/models.ts";
import { fewPicturesOf } from "./few-pictures.ts";

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

describe("what ships, detector and classifier together,", () => {
  let few = "";
  beforeAll(() => {
    few = mkdtempSync(join(tmpdir(), "gatehouse-accuracy-"));
  });
  afterAll(() => rmSync(few, { recursive: true }));

  const shipped = (name: string): string =>
    modelFile(name, { dataDir: "/nonexistent", baseDir: "/" });
  const scoreOf = async (name: string, step: number, calibration: OccupancyCalibration) => {
    const set = join(few, name);
    const spaces = fewPicturesOf(parking(name), step, set);
    const { score } = await evaluateOccupancy({
      set,
      detector: shipped("gatehouse-vehicles"),
      classifier: shipped("occupancy-patch"),
      calibration,
    });
    expect(score.spaces).toBe(spaces);
    return score;
  };
  /** Taken at dawn: of all, the one that once made most ghosts of the others. */
  const dawn = (): OccupancyCalibration => ({
    kind: "empty",
    frame: join(parking("pklot_ufpr05_empty"), "2013-02-24_06_15_00.jpg"),
  });

  test(
    "takes at most 0.005 of an empty car park's spaces for occupied",
    { timeout: limitMs },
    async ({ skip }) => {
      if (folder === undefined) return skip(noTestData);
      const { free } = await scoreOf("pklot_ufpr05_empty", 7, dawn());
      expect(free).toBeGreaterThanOrEqual(0.995);
    },
  );

  test.for([
    ["pklot_ufpr05", 3, "a picture of the empty car park", 0.99],
    ["smartlot_nethken", 4, "the first pictures", 0.985],
    ["carpark_topdown", 3, "the first pictures", 0.97],
  ] as const)(
    "is right on %s, every %i. picture, after %s, of at least %f",
    { timeout: limitMs },
    async ([name, step, by, least], { skip }) => {
      if (folder === undefined) return skip(noTestData);
      const isByEmpty = by === "a picture of the empty car park";
      const score = await scoreOf(name, step, isByEmpty ? dawn() : { kind: "first-frames" });
      expect(score.accuracy).toBeGreaterThanOrEqual(least);
      expect(score.decided_by).toBe("both");
    },
  );
});
