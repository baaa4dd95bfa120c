import { areaOf, type Point } from "@gatehouse/shared/polygon";

/** A simple polygon, either way round; its last point is joined to its first. */
export type Polygon = readonly Point[];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const areaOfBox = ({ left, top, right, bottom }: Box): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

export function boundsOf(polygon: Polygon): Box {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** Intersection over union of two boxes, 0–1. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (areaOfBox(a) + areaOfBox(b) - shared);
}

/** Intersection over union of a polygon and a box, 0–1. */
export function overlapWithBox(polygon: Polygon, box: Box): number {
  if (overlapOf(boundsOf(polygon), box) === 0) return 0;
  const shared = areaOf(cutToBox(polygon, box));
  return shared === 0 ? 0 : shared / (areaOf(polygon) + areaOfBox(box) - shared);
}

/** How much of a polygon lies within a box, 0–1; 0 of a polygon without area. */
export function shareInside(polygon: Polygon, box: Box): number {
  const area = areaOf(polygon);
  return area === 0 ? 0 : areaOf(cutToBox(polygon, box)) / area;
}

/** Sutherland–Hodgman: exact for any simple polygon, because the box that cuts it is convex. */
function cutToBox(polygon: Polygon, { left, top, right, bottom }: Box): Polygon {
  const cuts: readonly ((point: Point) => number)[] = [
    ([x]) => x - left,
    ([x]) => right - x,
    ([, y]) => y - top,
    ([, y]) => bottom - y,
  ];
  return cuts.reduce(cutToSide, polygon);
}

/** @param inside how far a point lies within the side; negative outside */
function cutToSide(polygon: Polygon, inside: (point: Point) => number): Polygon {
  const kept: Point[] = [];
  let from = polygon.at(-1);
  for (const to of polygon) {
    if (from === undefined) break;
    const [fromInside, toInside] = [inside(from), inside(to)];
    if (fromInside >= 0 !== toInside >= 0) {
      const share = fromInside / (fromInside - toInside);
      kept.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
    }
    if (toInside >= 0) kept.push(to);
    from = to;
  }
  return kept;
}
