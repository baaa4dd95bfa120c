import { expect, test } from "vitest";
import { decodeDetr, decodeYolov8, decodeYolox } from "../../src/vision/decode.ts";
import { classesNamed, cocoClasses } from "../../src/vision/vehicles.ts";

const asItIs = { scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };

test("a DETR row is a car with its corners where the picture has them", () => {
  const found = decodeDetr(
    BigInt64Array.of(2n),
    Float32Array.of(10, 20, 30, 60),
    Float32Array.of(0.75),
    cocoClasses,
    { scaleX: 2, scaleY: 3, offsetX: 100, offsetY: 200 },
    0.1,
  );
  expect(found).toEqual([
    { left: 120, top: 260, right: 160, bottom: 380, vehicle: "car", score: 0.75 },
  ]);
});

test("a person, a weak car, a box inside out and a broken number are no vehicles", () => {
  const good = [0, 0, 10, 10];
  const found = decodeDetr(
    BigInt64Array.of(0n, 2n, 2n, 2n, 2n, 7n),
    Float32Array.of(...good, ...good, 10, 10, 0, 0, Number.NaN, 0, 10, 10, ...good, ...good),
    Float32Array.of(0.9, 0.09, 0.9, 0.9, Number.NaN, 0.9),
    cocoClasses,
    asItIs,
    0.1,
  );
  expect(found.map(({ vehicle }) => vehicle)).toEqual(["truck"]);
});

test("outputs shorter than they promise yield what is whole", () => {
  const found = decodeDetr(
    BigInt64Array.of(2n, 2n),
    Float32Array.of(0, 0, 10, 10, 5),
    Float32Array.of(0.9, 0.9),
    cocoClasses,
    asItIs,
    0.1,
  );
  expect(found).toHaveLength(1);
});

/** One raw YOLOX row: centre in cells, log of size in strides, object, then classes. */
function yoloxRow(values: readonly number[], classes: Readonly<Record<number, number>>) {
  const row = new Float32Array(85);
  row.set(values);
  for (const [index, score] of Object.entries(classes)) row[5 + Number(index)] = score;
  return row;
}

test("a YOLOX cell is decoded by its own grid", () => {
  // 32 x 32: 16 cells of stride 8, 4 of stride 16, one of stride 32.
  const rows = new Float32Array(21 * 85);
  const inSecondGrid = 16 + 3;
  rows.set(yoloxRow([0.5, 0.25, Math.log(2), 0, 0.8], { 5: 0.5, 0: 0.9 }), inSecondGrid * 85);
  const [bus, ...others] = decodeYolox(rows, 32, 32, cocoClasses, asItIs, 0.1);
  expect(others).toEqual([]);
  expect(bus?.vehicle).toBe("bus");
  expect(bus?.score).toBeCloseTo(0.4);
  // Cell (1, 1): centre (1.5, 1.25) * 16, size (2, 1) * 16.
  expect([bus?.left, bus?.top, bus?.right, bus?.bottom].map((x) => Math.round(x ?? 0))).toEqual([
    8, 12, 40, 28,
  ]);
});

test("a YOLOX size beyond all numbers is dropped", () => {
  const rows = new Float32Array(21 * 85);
  rows.set(yoloxRow([0, 0, 1000, 1000, 1], { 2: 1 }));
  expect(decodeYolox(rows, 32, 32, cocoClasses, asItIs, 0.1)).toEqual([]);
});

test("a YOLOv8 column is read across its rows", () => {
  const count = 21;
  const columns = new Float32Array(84 * count);
  const column = 4;
  const set = (row: number, value: number) => (columns[row * count + column] = value);
  set(0, 16);
  set(1, 20);
  set(2, 8);
  set(3, 4);
  set(4 + 3, 0.6);
  const [seen, ...others] = decodeYolov8(
    columns,
    count,
    cocoClasses,
    { scaleX: 2, scaleY: 2, offsetX: -10, offsetY: 0 },
    0.1,
  );
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ left: 14, top: 36, right: 30, bottom: 44, vehicle: "motorcycle" });
  expect(seen?.score).toBeCloseTo(0.6);
});

test("a detector of three classes of its own is read by its own rows, and only its vehicles count", () => {
  const classes = classesNamed(["person", "Delivery van", "lorry"]);
  const rows = new Float32Array(21 * 8);
  rows.set([0.5, 0.5, 0, 0, 1, 0.9, 0.7, 0.2]);
  rows.set([0.5, 0.5, 0, 0, 1, 0.9, 0, 0], 8);
  const found = decodeYolox(rows, 32, 32, classes, asItIs, 0.1);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ left: 0, top: 0, right: 8, bottom: 8, vehicle: "van" });
});
