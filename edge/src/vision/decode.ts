import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Box } from "./geometry.ts";
import type { Classes, Detection } from "./vehicles.ts";

/** Where the network's input lies in the picture: `picture = network * scale + offset`. */
export interface Placement {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/**
 * DEIMv2, D-FINE, RT-DETR: one row a candidate, its box as corners in pixels of the network's input.
 *
 * Of all families only vehicles are read: a candidate that may be a truck or a boat counts as that truck.
 */
export function decodeDetr(
  labels: BigInt64Array | Int32Array,
  boxes: Float32Array,
  scores: Float32Array,
  { vehicles }: Classes,
  placement: Placement,
  scoreMin: number,
): Detection[] {
  const found: Detection[] = [];
  for (let row = 0; row < scores.length; row += 1) {
    const score = at(scores, row);
    if (!(score >= scoreMin)) continue;
    const label = Number(labels[row]);
    const vehicle = vehicles.find(([index]) => index === label)?.[1];
    if (vehicle === undefined) continue;
    const [left, top] = [at(boxes, 4 * row), at(boxes, 4 * row + 1)];
    const [right, bottom] = [at(boxes, 4 * row + 2), at(boxes, 4 * row + 3)];
    keep(found, { left, top, right, bottom, vehicle, score }, placement);
  }
  return found;
}

export const yoloxStrides = [8, 16, 32] as const;

/**
 * YOLOX as exported without its decoding: for each cell of three grids (rows of `4 + 1 + classes`) the centre
 * relative to the cell, the logarithm of the size in strides, "is an object", and the classes.
 *
 * @param width, height of the network's input
 */
export function decodeYolox(
  rows: Float32Array,
  width: number,
  height: number,
  { count, vehicles }: Classes,
  placement: Placement,
  scoreMin: number,
): Detection[] {
  const found: Detection[] = [];
  const length = 5 + count;
  let start = 0;
  for (const stride of yoloxStrides) {
    for (let y = 0; y < Math.floor(height / stride); y += 1) {
      for (let x = 0; x < Math.floor(width / stride); x += 1, start += length) {
        const object = at(rows, start + 4);
        if (!(object >= scoreMin)) continue;
        const [vehicle, classScore] = surestVehicle(rows, start + 5, 1, vehicles);
        const score = object * classScore;
        if (!(score >= scoreMin)) continue;
        const centreX = (at(rows, start) + x) * stride;
        const centreY = (at(rows, start + 1) + y) * stride;
        const halfWidth = (Math.exp(at(rows, start + 2)) * stride) / 2;
        const halfHeight = (Math.exp(at(rows, start + 3)) * stride) / 2;
        const box = boxAround(centreX, centreY, halfWidth, halfHeight);
        keep(found, { ...box, vehicle, score }, placement);
      }
    }
  }
  return found;
}

/**
 * YOLOv8, YOLO11: four rows of centre and size in pixels of the network's input, then one row a class;
 * one column for each of `count` candidates.
 */
export function decodeYolov8(
  columns: Float32Array,
  count: number,
  { vehicles }: Classes,
  placement: Placement,
  scoreMin: number,
): Detection[] {
  const found: Detection[] = [];
  for (let column = 0; column < count; column += 1) {
    const [vehicle, score] = surestVehicle(columns, 4 * count + column, count, vehicles);
    if (!(score >= scoreMin)) continue;
    const halfWidth = at(columns, 2 * count + column) / 2;
    const halfHeight = at(columns, 3 * count + column) / 2;
    const box = boxAround(at(columns, column), at(columns, count + column), halfWidth, halfHeight);
    keep(found, { ...box, vehicle, score }, placement);
  }
  return found;
}

/** @param step from one class to the next */
function surestVehicle(
  scores: Float32Array,
  start: number,
  step: number,
  vehicles: Classes["vehicles"],
): readonly [VehicleClass, number] {
  let surest: VehicleClass = "unknown";
  let best = -1;
  for (const [index, vehicle] of vehicles) {
    const score = at(scores, start + index * step);
    if (score > best) [surest, best] = [vehicle, score];
  }
  return [surest, best];
}

const boxAround = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  left: x - halfWidth,
  top: y - halfHeight,
  right: x + halfWidth,
  bottom: y + halfHeight,
});

/** Keeps a detection in pixels of the picture; a broken number, or a box without area, is none. */
function keep(found: Detection[], seen: Detection, placement: Placement): void {
  const { scaleX, scaleY, offsetX, offsetY } = placement;
  const area = (seen.right - seen.left) * (seen.bottom - seen.top);
  if (!(seen.right > seen.left && seen.bottom > seen.top && Number.isFinite(area))) return;
  found.push({
    left: seen.left * scaleX + offsetX,
    top: seen.top * scaleY + offsetY,
    right: seen.right * scaleX + offsetX,
    bottom: seen.bottom * scaleY + offsetY,
    vehicle: seen.vehicle,
    score: Math.min(1, seen.score),
  });
}

/** Reads beyond the end are not a number, which no comparison lets through. */
const at = (values: Float32Array, index: number): number => values[index] ?? Number.NaN;
