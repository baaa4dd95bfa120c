import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import type { Bay } from "../../src/vision/bays.ts";
import { Classifier } from "../../src/vision/classifier.ts";
import { Patches, referencesOf } from "../../src/vision/patches.ts";
import type { Pixels } from "../../src/vision/picture.ts";

const data = testData("data/vision");
const unknown = new Map();

/** A grey yard of 200 x 100 pixels with a striped square where `striped` says. */
function yard(striped: readonly (readonly [left: number, top: number])[]): Pixels {
  const [width, height] = [200, 100];
  const rgb = new Uint8Array(3 * width * height).fill(120);
  for (const [left, top] of striped) {
    for (let y = top; y < top + 40; y += 1) {
      for (let x = left; x < left + 40; x += 1) {
        rgb.fill(x % 8 < 4 ? 30 : 220, 3 * (y * width + x), 3 * (y * width + x) + 3);
      }
    }
  }
  return { rgb, width, height };
}

const bayAt = (id: string, left: number, top: number): Bay => ({
  id,
  polygon: [
    [left, top],
    [left + 40, top],
    [left + 40, top + 40],
    [left, top + 40],
  ],
});
const bays = [bayAt("left", 20, 30), bayAt("right", 120, 30)];

describe("a real classifier", () => {
  let classifier: Classifier;
  beforeAll(async () => {
    if (data === undefined) return;
    classifier = await Classifier.load(
      join(data, "baselines/occupancy_patch_A5_cleanlicence.onnx"),
    );
  });

  test("that is asked only about what has changed says the same as one that is asked about all", async ({
    skip,
  }) => {
    if (data === undefined) return skip(noTestData);
    const course = new Patches(classifier);
    const view = { bays, across: 1, down: 1, references: unknown };
    const pictures = [yard([]), yard([[20, 30]]), yard([[120, 30]]), yard([[120, 30]])];
    for (const picture of pictures) {
      const anew = await new Patches(classifier).judge(view, picture);
      const told = await course.judge(view, picture);
      for (const [index, logit] of told.entries()) expect(logit).toBeCloseTo(anew[index] ?? 0, 4);
    }
  });

  test("is asked about a picture decoded smaller as about the whole one", async ({ skip }) => {
    if (data === undefined) return skip(noTestData);
    const large = bays.map(({ id, polygon }) => ({
      id,
      polygon: polygon.map(([x, y]) => [2 * x, 2 * y] as const),
    }));
    const picture = yard([[20, 30]]);
    const [whole, smaller] = await Promise.all([
      new Patches(classifier).judge({ bays, across: 1, down: 1, references: unknown }, picture),
      new Patches(classifier).judge(
        { bays: large, across: 2, down: 2, references: unknown },
        picture,
      ),
    ]);
    expect(smaller).toEqual(whole);
  });
});

test("the empty car park gives each space its own look, by its name", () => {
  const references = referencesOf(bays, yard([[20, 30]]), 1, 1);
  expect([...references.keys()]).toEqual(["left", "right"]);
  expect(references.get("left")).not.toEqual(references.get("right"));
});
