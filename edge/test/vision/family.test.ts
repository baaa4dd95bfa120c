import { expect, test } from "vitest";
import { type Declared, familyOf } from "../../src/vision/family.ts";

const coco = { classCount: 80 };

const float = (name: string, ...shape: (number | string)[]): Declared => ({
  name,
  type: "float32",
  shape,
});
const whole = (name: string, ...shape: (number | string)[]): Declared => ({
  name,
  type: "int64",
  shape,
});

test("a detector with sizes beside its picture is of the DETR family, whatever its dimensions are called", () => {
  const family = familyOf(
    [float("images", "N", 3, 416, 320), whole("orig_target_sizes", "unk", 2)],
    [whole("labels", "a", "b"), float("boxes", "a", "b", 4), float("scores", "a", "b")],
    coco,
  );
  expect(family).toEqual({
    kind: "detr",
    image: "images",
    width: 320,
    height: 416,
    sizes: "orig_target_sizes",
    labels: "labels",
    boxes: "boxes",
    scores: "scores",
  });
});

test("the number of rows tells the YOLO families apart", () => {
  const input = [float("images", 1, 3, 416, 416)];
  expect(familyOf(input, [float("output", 1, 3549, 85)], coco)).toMatchObject({ kind: "yolox" });
  expect(familyOf(input, [float("output0", 1, 84, 3549)], coco)).toMatchObject({
    kind: "yolov8",
    candidates: 3549,
  });
});

test("the card's number of classes says which rows are right", () => {
  const input = [float("images", 1, 3, 256, 416)];
  const own = { classCount: 6 };
  expect(familyOf(input, [float("output", 1, 2184, 11)], own)).toMatchObject({ kind: "yolox" });
  expect(familyOf(input, [float("output", 1, 10, 2184)], own)).toMatchObject({ kind: "yolov8" });
  expect(familyOf(input, [float("output", 1, 2184, 85)], own)).toContain("6 classes");
});

test("a picture of any size takes the card's, a fixed one keeps its own", () => {
  const size = { width: 320, height: 192 };
  const open = [float("images", "n", 3, "h", "w")];
  const output = [float("output0", "n", 84, "anchors")];
  expect(familyOf(open, output, { classCount: 80, size })).toMatchObject({
    kind: "yolov8",
    ...size,
    candidates: 1260,
  });
  const fixed = [float("images", 1, 3, 416, 416)];
  expect(familyOf(fixed, output, { classCount: 80, size })).toMatchObject({ width: 416 });
});

test.each<[string, Declared[], Declared[]]>([
  ["a plate detector", [float("input", 1, 3, 320, 320)], [float("output", 1, 6300, 15)]],
  ["YOLOv5 with its anchors", [float("images", 1, 3, 640, 640)], [float("output", 1, 25200, 85)]],
  ["other classes than COCO's", [float("images", 1, 3, 640, 640)], [float("o", 1, 24, 8400)]],
  ["a picture of any size", [float("images", 1, 3, "h", "w")], [float("o", 1, 84, 8400)]],
  [
    "a reader of plates",
    [{ ...float("in", 1, 64, 128, 3), type: "uint8" }],
    [float("o", 1, 9, 37)],
  ],
  ["a model without inputs", [], []],
])("%s is refused with what was seen", (_what, inputs, outputs) => {
  const refusal = familyOf(inputs, outputs, coco);
  expect(refusal).toBeTypeOf("string");
  for (const { name } of [...inputs, ...outputs]) expect(refusal).toContain(name);
});
