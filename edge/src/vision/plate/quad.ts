import type { Point } from "@gatehouse/shared/polygon";

/**
 * The corners of a plate in a picture, in the order of its own writing: upper left, upper right, lower right,
 * lower left. Seen from the side or from above it is no rectangle.
 */
export type Quad = readonly [Point, Point, Point, Point];

/** Where a point of the plate (0–1 across and down its face) lies in the picture. */
export type Projection = (across: number, down: number) => Point;

/**
 * The projection that lays the unit square over a quadrilateral (Heckbert, Fundamentals of Texture Mapping and
 * Image Warping, 1989, section 2.2.3).
 */
export function projectionOf([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quad): Projection {
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const isFlat = determinant === 0;
  const g = isFlat ? 0 : (dx3 * dy2 - dx2 * dy3) / determinant;
  const h = isFlat ? 0 : (dx1 * dy3 - dx3 * dy1) / determinant;
  const [a, b] = [x1 - x0 + g * x1, x3 - x0 + h * x3];
  const [d, e] = [y1 - y0 + g * y1, y3 - y0 + h * y3];
  return (across, down) => {
    const depth = g * across + h * down + 1;
    return [(a * across + b * down + x0) / depth, (d * across + e * down + y0) / depth];
  };
}

/**
 * The quadrilateral of a part of the plate's face, or of more than it.
 *
 * @param part in shares of the face, 0–1; below 0 and above 1 lies around it
 */
export function partOf(
  quad: Quad,
  part: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  },
): Quad {
  const at = projectionOf(quad);
  return [
    at(part.left, part.top),
    at(part.right, part.top),
    at(part.right, part.bottom),
    at(part.left, part.bottom),
  ];
}

/** How wide and how high a plate is in the picture, in pixels: the longer of its opposite sides. */
export function sizeOf([upperLeft, upperRight, lowerRight, lowerLeft]: Quad): {
  readonly width: number;
  readonly height: number;
} {
  return {
    width: Math.max(between(upperLeft, upperRight), between(lowerLeft, lowerRight)),
    height: Math.max(between(upperLeft, lowerLeft), between(upperRight, lowerRight)),
  };
}

const between = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);
