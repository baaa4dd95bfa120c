import type { LocatedPlate, Placing } from "./located.ts";
import type { Quad } from "./quad.ts";

/** Pixels of the input a cell, each way. */
export const cellStride = 8;
/** Heat, eight coordinates, two rows. */
export const cellPlanes = 10;

/** A neighbour of a peak that is this much as sure sees the same plate. */
const neighbourShare = 0.3;

/**
 * Reads the output of our own localiser (`scripts/train/plates_net.py`): `[1, 10, rows, columns]`, a plane each
 * for "the middle of a plate is here" (0–1), the corners from the middle of the cell in cells, each as asinh of
 * it, and "its text stands in two rows" (0–1).
 */
export function decodeCells(
  planes: Float32Array,
  rows: number,
  columns: number,
  placing: Placing,
  scoreMin: number,
): LocatedPlate[] {
  const found: LocatedPlate[] = [];
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const score = planes[y * columns + x] ?? 0;
      if (score >= scoreMin && isPeak(planes, rows, columns, x, y)) {
        found.push(plateAt(planes, rows, columns, x, y, placing));
      }
    }
  }
  return found;
}

/** Whether none of the eight cells around is surer; of two alike the first counts. */
function isPeak(
  planes: Float32Array,
  rows: number,
  columns: number,
  x: number,
  y: number,
): boolean {
  const own = planes[y * columns + x] ?? 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row += 1) {
    for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column += 1) {
      const other = planes[row * columns + column] ?? 0;
      const isBefore = row < y || (row === y && column < x);
      if (other > own || (isBefore && other === own)) return false;
    }
  }
  return true;
}

/** The mean of what the cells at and around a peak say, each as much as it is sure: they err each on its own. */
function plateAt(
  planes: Float32Array,
  rows: number,
  columns: number,
  x: number,
  y: number,
  { scaleX, scaleY, left, top }: Placing,
): LocatedPlate {
  const plane = rows * columns;
  const peak = y * columns + x;
  const score = planes[peak] ?? 0;
  const sums = new Float64Array(8);
  let total = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row += 1) {
    for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column += 1) {
      const cell = row * columns + column;
      const weight = planes[cell] ?? 0;
      if (weight < neighbourShare * score) continue;
      total += weight;
      for (let index = 0; index < 8; index += 1) {
        const middle = (index % 2 === 0 ? column : row) + 0.5;
        const offset = Math.sinh(planes[(1 + index) * plane + cell] ?? 0);
        sums[index] = (sums[index] ?? 0) + weight * (middle + offset);
      }
    }
  }
  const corner = (index: number): readonly [number, number] => [
    left + ((sums[2 * index] ?? 0) / total) * cellStride * scaleX,
    top + ((sums[2 * index + 1] ?? 0) / total) * cellStride * scaleY,
  ];
  const corners: Quad = [corner(0), corner(1), corner(2), corner(3)];
  return { corners, score, rows: (planes[9 * plane + peak] ?? 0) > 0.5 ? 2 : 1 };
}
