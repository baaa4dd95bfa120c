import { join } from "node:path";
import { readFileSync } from "node:fs";
import type { Instant } from "@gatehouse/shared/time";
import { beforeAll, describe, expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import type { Bay } from "../../src/vision/bays.ts";
import { BayMap, readBaysFile } from "../../src/vision/bays.ts";
import { Classifier } from "../../src/vision/classifier.ts";
import { Detector } from "../../src/vision/detector.ts";
import type { Evidence } from "../../src/vision/fuse.ts";
import { occupancyComplaint } from "../../src/vision/fitness.ts";
import { Pipeline } from "../../src/vision/pipeline.ts";
import { trustAtFirst } from "../../src/vision/trust.ts";

const data = testData("data/vision");
const now = 1_750_000_000_000 as Instant;

const evidence = (bay: string, score: number, logit: number): Evidence => ({
  bay,
  score,
  border: 0.25,
  logit,
});
const free = Array.from({ length: 30 }, (_, index) => evidence(`F${index}`, 0, -4));

describe("a picture of the empty car park", () => {
  test("in which both judges see a vehicle is not empty, and the space is named", () => {
    expect(occupancyComplaint([...free, evidence("A7", 0.7, 3)], trustAtFirst)).toBe(
      "vehicles stand in 1 space: A7",
    );
  });

  test("in which one judge sees a single ghost is empty, and the ghost is told", () => {
    const bush = evidence("A7", 0.7, -1);
    expect(occupancyComplaint([...free, bush], trustAtFirst)).toEqual({ ghosts: ["A7"] });
  });
});

test("a judge that takes every space for occupied says nothing of a picture, and is told", () => {
  const trust = { ...trustAtFirst, decidedBy: "classifier", occupiedShare: 0.95 } as const;
  const spaces = free.map((each) => ({ ...each, logit: 4 }));
  const seen = occupancyComplaint(spaces, trust);
  expect(seen).toMatchObject({ ghosts: spaces.map(({ bay }) => bay) });
});

test("a classifier that no detector contradicts refuses nothing: it may be misled, and is told", () => {
  const spaces = free.map((each, index) => ({
    ...each,
    score: undefined,
    logit: index < 15 ? 4 : -4,
  }));
  expect(occupancyComplaint(spaces, { ...trustAtFirst, decidedBy: "classifier" })).toMatchObject({
    ghosts: { length: 15 },
  });
});

describe("of a real camera", () => {
  const set = (name: string) => join(data ?? "", "parking", name);
  let pipeline: Pipeline;

  beforeAll(async () => {
    if (data === undefined) return;
    pipeline = await Pipeline.open({
      detector: await Detector.load(join(data, "models/deimv2_hgnetv2_femto_coco_416.onnx")),
      classifier: await Classifier.load(
        join(data, "baselines/occupancy_patch_A5_cleanlicence.onnx"),
      ),
    });
  });

  /** Calibrates the camera by one of its photographs. */
  async function complaintAbout(
    name: string,
    file: string,
    also: { bays?: Bay[]; other?: string } = {},
  ) {
    const bays = new BayMap(await readBaysFile(join(set(name), "labels.json")));
    const baysOf = (width: number, height: number) => also.bays ?? bays.of(file, width, height);
    const other =
      also.other === undefined
        ? undefined
        : await pipeline.prepare(readFileSync(also.other), baysOf);
    if (other !== undefined && "kind" in other) throw new Error(other.detail);
    const bytes = readFileSync(join(set(name), file));
    const result = await pipeline.calibrateByEmpty(bytes, baysOf, now, other);
    return result.kind === "refused" ? result.detail : undefined;
  }

  test("an empty picture of another day fits", async ({ skip }) => {
    if (data === undefined) return skip(noTestData);
    const other = join(set("pklot_ufpr05"), "2013-04-12_14_20_09.jpg");
    expect(
      await complaintAbout("pklot_ufpr05_empty", "2013-02-24_10_20_04.jpg", { other }),
    ).toBeUndefined();
  });

  test("a picture with two vehicles is refused, and their spaces are named", async ({ skip }) => {
    if (data === undefined) return skip(noTestData);
    expect(await complaintAbout("pklot_ufpr05", "2013-02-22_06_25_00.jpg")).toMatch(
      /^vehicles stand in 2 spaces: 4, 10$/,
    );
  });

  test("a full car park from straight above is refused, though the detector sees nothing there", async ({
    skip,
  }) => {
    if (data === undefined) return skip(noTestData);
    expect(await complaintAbout("carpark_topdown", "carPark_0000.jpg")).toMatch(/vehicles stand/);
  });

  test("a picture of another camera, and a space outside the picture, are refused", async ({
    skip,
  }) => {
    if (data === undefined) return skip(noTestData);
    const [name, file] = ["pklot_ufpr05_empty", "2013-02-24_10_20_04.jpg"] as const;
    const other = join(data, "parking/smartlot_nethken/2019-03-30-04-00PM.jpg");
    expect(await complaintAbout(name, file, { other })).toMatch(/another (shape|view)/);
    const outside: Bay = {
      id: "Z9",
      polygon: [
        [1400, 0],
        [1500, 0],
        [1500, 90],
      ],
    };
    expect(await complaintAbout(name, file, { bays: [outside] })).toMatch(/outside.*Z9/);
    expect(await complaintAbout(name, file, { bays: [] })).toMatch(/no spaces are drawn/);
  });
});
