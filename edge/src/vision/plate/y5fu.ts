import type { LocatedPlate, Placing } from "./located.ts";
import type { Quad } from "./quad.ts";

/** Centre, size, "is one", four corners, one row, two rows. */
export const y5fuColumns = 15;

/**
 * Reads the output of the plate detector of HyperLPR (a YOLOv5-face with two classes): `[1, N, 15]`, already in
 * pixels of the input; suppression is left to the caller.
 */
export function decodeY5fu(
  rows: Float32Array,
  { scaleX, scaleY, left, top }: Placing,
  scoreMin: number,
): LocatedPlate[] {
  const found: LocatedPlate[] = [];
  for (let at = 0; at + y5fuColumns <= rows.length; at += y5fuColumns) {
    const column = (index: number): number => rows[at + index] ?? 0;
    const [one, two] = [column(13), column(14)];
    const score = column(4) * Math.max(one, two);
    if (!(score >= scoreMin)) continue;
    const corner = (index: number): readonly [number, number] => [
      left + column(5 + 2 * index) * scaleX,
      top + column(6 + 2 * index) * scaleY,
    ];
    const corners: Quad = [corner(0), corner(1), corner(2), corner(3)];
    found.push({ corners, score: Math.min(1, score), rows: two > one ? 2 : 1 });
  }
  return found;
}
