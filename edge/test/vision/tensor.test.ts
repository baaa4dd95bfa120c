import { expect, test } from "vitest";
import type { Family } from "../../src/vision/family.ts";
import { fillTensor, fitOf } from "../../src/vision/tensor.ts";

const detr: Family = {
  kind: "detr",
  image: "i",
  width: 4,
  height: 4,
  sizes: "s",
  labels: "l",
  boxes: "b",
  scores: "c",
};
const yolox: Family = {
  kind: "yolox",
  image: "i",
  width: 4,
  height: 4,
  output: "o",
  candidates: 0,
};
const yolov8: Family = {
  kind: "yolov8",
  image: "i",
  width: 4,
  height: 4,
  output: "o",
  candidates: 0,
};

/** Pixels of one colour. */
const flat = (count: number, colour: readonly [number, number, number]): Uint8Array =>
  Uint8Array.from({ length: 3 * count }, (_, index) => colour[index % 3] ?? 0);

const planesOf = (planes: Float32Array) => [0, 16, 32].map((at) => planes.slice(at, at + 16));

test("DETR sees the whole picture stretched, red first, from 0 to 1", () => {
  const fit = fitOf(detr, 800, 400);
  expect(fit).toMatchObject({ width: 4, height: 4, scaleX: 200, scaleY: 100 });
  const planes = new Float32Array(48);
  fillTensor(planes, detr, flat(16, [255, 51, 0]), fit, undefined);
  const [red, green, blue] = planesOf(planes);
  expect(red?.every((value) => value === 1)).toBe(true);
  expect(green?.every((value) => Math.abs(value - 0.2) < 1e-6)).toBe(true);
  expect(blue?.every((value) => value === 0)).toBe(true);
});

test("YOLOX sees blue first, up to 255, with grey below", () => {
  const fit = fitOf(yolox, 800, 400);
  expect(fit).toMatchObject({ width: 4, height: 2, padX: 0, padY: 0, scaleX: 200, scaleY: 200 });
  const planes = new Float32Array(48);
  fillTensor(planes, yolox, flat(8, [200, 100, 50]), fit, undefined);
  const [blue, , red] = planesOf(planes);
  expect([...(blue ?? [])]).toEqual([...Array(8).fill(50), ...Array(8).fill(114)]);
  expect([...(red ?? [])]).toEqual([...Array(8).fill(200), ...Array(8).fill(114)]);
});

test("YOLOv8 sees grey on both sides", () => {
  const fit = fitOf(yolov8, 400, 800);
  expect(fit).toMatchObject({ width: 2, height: 4, padX: 1, padY: 0 });
  const planes = new Float32Array(48);
  fillTensor(planes, yolov8, flat(8, [255, 255, 255]), fit, undefined);
  const row = planes.slice(0, 4).map((value) => Math.round(value * 255));
  expect([...row]).toEqual([114, 255, 255, 114]);
});

test("a wide picture after a tall one leaves nothing of it in the bars", () => {
  const planes = new Float32Array(48);
  const tall = fitOf(yolox, 400, 800);
  fillTensor(planes, yolox, flat(8, [1, 2, 3]), tall, undefined);
  const wide = fitOf(yolox, 800, 400);
  fillTensor(planes, yolox, flat(8, [200, 100, 50]), wide, tall);
  const fresh = new Float32Array(48);
  fillTensor(fresh, yolox, flat(8, [200, 100, 50]), wide, undefined);
  expect(planes).toEqual(fresh);
});
