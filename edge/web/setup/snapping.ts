import type { Point } from "@gatehouse/shared/polygon";
import { distance, nearestOn, type Shape, sidesOf } from "./drawing.ts";

/**
 * Where a corner comes to stand: on another shape's corner when one is near, else on its side, else where the
 * finger is.
 *
 * @param reach how near is near, in pixels of the picture
 */
export function snapped(point: Point, shapes: readonly Shape[], reach: number): Point {
  const corner = nearest(
    point,
    shapes.flatMap(({ points }) => points),
    reach,
  );
  if (corner !== undefined) return corner;
  const onSides = shapes.flatMap((shape) =>
    sidesOf(shape).map(([from, to]) => nearestOn(from, to, point)),
  );
  return nearest(point, onSides, reach / 2) ?? point;
}

function nearest(point: Point, others: readonly Point[], reach: number): Point | undefined {
  let best: Point | undefined;
  let bestAt = reach;
  for (const other of others) {
    const away = distance(point, other);
    if (away < bestAt) [best, bestAt] = [other, away];
  }
  return best;
}
