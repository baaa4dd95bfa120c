import type { Point } from "@gatehouse/shared/polygon";

/** Four corners, one after the other around the space. */
export type Quad = readonly [Point, Point, Point, Point];

export const isQuad = (points: readonly Point[]): points is Quad => points.length === 4;

/**
 * The spaces of a row of which the first and the last are drawn, as a camera sees equal spaces side by side on flat
 * ground: those further away are smaller.
 *
 * The first and the last are taken as the squares 0 and `count` − 1 of a strip; the plane-to-plane mapping that
 * fits their eight corners best (direct linear transform, least squares) gives the others. What the hand drew
 * beside that mapping is passed on along the row, so that its ends are exactly as drawn. It does not matter with
 * which corner, or in which direction, each was drawn.
 *
 * @param count of spaces with the first and the last, at least 2
 * @returns `count` quads from first to last; undefined when no flat row has such ends
 */
export function rowBetween(first: Quad, last: Quad, count: number): Quad[] | undefined {
  const fit = bestFit(first, last, count);
  if (fit === undefined) return undefined;
  const { from, to, map } = fit;
  const offAtStart = cell(0).map((place, corner) => minus(at(from, corner), map(place)));
  const offAtEnd = cell(count - 1).map((place, corner) => minus(at(to, corner), map(place)));
  return Array.from({ length: count }, (_, index) => {
    const share = index / (count - 1);
    return cell(index).map((place, corner): Point => {
      const [x, y] = map(place);
      const [startX, startY] = offAtStart[corner] ?? origin;
      const [endX, endY] = offAtEnd[corner] ?? origin;
      return [x + startX * (1 - share) + endX * share, y + startY * (1 - share) + endY * share];
    }) as unknown as Quad;
  });
}

interface Fit {
  readonly from: Quad;
  readonly to: Quad;
  readonly map: (place: Point) => Point;
  readonly error: number;
}

const origin: Point = [0, 0];

/** Corners of one square of the strip, clockwise. */
const cell = (index: number): Point[] => [
  [index, 0],
  [index + 1, 0],
  [index + 1, 1],
  [index, 1],
];

/** Nobody says which corner of the first space belongs to which of the last: all ways are tried. */
function bestFit(first: Quad, last: Quad, count: number): Fit | undefined {
  const places = [...cell(0), ...cell(count - 1)];
  const fits = rotations(clockwise(first)).flatMap((from) =>
    rotations(clockwise(last)).flatMap((to) => {
      const fit = mappingOf(places, [...from, ...to]);
      return fit === undefined ? [] : [{ from, to, ...fit }];
    }),
  );
  return fits.toSorted((a, b) => a.error - b.error)[0];
}

function clockwise(quad: Quad): Quad {
  const twice = quad.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = at(quad, (index + 1) % 4);
    return sum + x * nextY - nextX * y;
  }, 0);
  const [a, b, c, d] = quad;
  return twice >= 0 ? quad : [a, d, c, b];
}

const rotations = ([a, b, c, d]: Quad): Quad[] => [
  [a, b, c, d],
  [b, c, d, a],
  [c, d, a, b],
  [d, a, b, c],
];

/**
 * The projective mapping x = (ax + by + c) / (gx + hy + 1) that fits best, by the normal equations of the linear
 * form; coordinates are scaled first, so that they are well conditioned.
 *
 * @returns undefined when there is none, or when it would put one of the points behind the camera
 */
function mappingOf(
  places: readonly Point[],
  points: readonly Point[],
): Pick<Fit, "map" | "error"> | undefined {
  const scale = Math.max(1, ...points.flat().map(Math.abs));
  const stretch = Math.max(1, ...places.flat());
  const rows = places.flatMap(([placeX, placeY], index) => {
    const [x, y] = [placeX / stretch, placeY];
    const [u, v] = scaled(at(points, index), 1 / scale);
    return [
      { factors: [x, y, 1, 0, 0, 0, -u * x, -u * y], value: u },
      { factors: [0, 0, 0, x, y, 1, -v * x, -v * y], value: v },
    ];
  });
  const solution = solve(rows);
  if (solution === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solution;
  const depth = ([x, y]: Point): number => (g * x) / stretch + h * y + 1;
  if (places.some((place) => depth(place) <= 0)) return undefined;
  const map = (place: Point): Point => {
    const [x, y] = [place[0] / stretch, place[1]];
    const w = depth(place) / scale;
    return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
  };
  const error = places.reduce((sum, place, index) => {
    const [x, y] = minus(map(place), at(points, index));
    return sum + x * x + y * y;
  }, 0);
  return Number.isFinite(error) ? { map, error } : undefined;
}

interface Equation {
  readonly factors: readonly number[];
  readonly value: number;
}

/** Least squares of eight unknowns: normal equations, Gauss with pivots. @returns undefined when undetermined */
function solve(rows: readonly Equation[]): number[] | undefined {
  const unknowns = 8;
  const matrix = Array.from({ length: unknowns }, (_, row) => [
    ...Array.from({ length: unknowns }, (_column, column) =>
      sumOf(rows, ({ factors }) => (factors[row] ?? 0) * (factors[column] ?? 0)),
    ),
    sumOf(rows, ({ factors, value }) => (factors[row] ?? 0) * value),
  ]);
  for (let step = 0; step < unknowns; step += 1) {
    const pivot = matrix
      .map((row, index) => ({ index, size: index < step ? -1 : Math.abs(row[step] ?? 0) }))
      .reduce((best, each) => (each.size > best.size ? each : best));
    if (pivot.size < 1e-12) return undefined;
    const chosen = matrix[pivot.index] ?? [];
    matrix[pivot.index] = matrix[step] ?? [];
    matrix[step] = chosen;
    for (const [index, row] of matrix.entries()) {
      if (index === step) continue;
      const factor = (row[step] ?? 0) / (chosen[step] ?? 1);
      matrix[index] = row.map((value, column) => value - factor * (chosen[column] ?? 0));
    }
  }
  return matrix.map((row, index) => (row[unknowns] ?? 0) / (row[index] ?? 1));
}

const sumOf = (rows: readonly Equation[], of: (row: Equation) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

const at = (points: readonly Point[], index: number): Point => points[index] ?? origin;
const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const scaled = ([x, y]: Point, by: number): Point => [x * by, y * by];
