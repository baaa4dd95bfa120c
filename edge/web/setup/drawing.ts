import type { CameraView, ViewZone } from "@gatehouse/shared/contracts/camera-view";
import type { Point } from "@gatehouse/shared/polygon";

export interface DrawnSpace {
  readonly kind: "space";
  readonly key: string;
  /** As the camera says it; mostly the number painted on the floor. */
  readonly id: string;
  readonly points: readonly Point[];
}

export interface DrawnZone {
  readonly kind: "zone";
  readonly key: string;
  readonly id: string;
  readonly use: ViewZone["kind"];
  readonly points: readonly Point[];
}

/** From the first point to the second; crossing from its left to its right is forward. */
export interface DrawnLine {
  readonly kind: "line";
  readonly key: string;
  readonly id: string;
  readonly points: readonly Point[];
}

export type Shape = DrawnSpace | DrawnZone | DrawnLine;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Everything that is drawn on one camera's picture, in pixels of that picture. It never changes: each step makes a new one. */
export interface Drawing {
  readonly size: Size;
  readonly shapes: readonly Shape[];
}

let lastKey = 0;

/** A name for a shape that outlives its renaming. */
export function newKey(): string {
  lastKey += 1;
  return `shape-${lastKey}`;
}

export const emptyDrawing = (size: Size): Drawing => ({ size, shapes: [] });

export function fromView({ frames: [frame], zones, lines }: CameraView): Drawing {
  const { width = 0, height = 0, spaces = [] } = frame ?? {};
  return {
    size: { width, height },
    shapes: [
      ...spaces.map(({ id, polygon }) => ({
        kind: "space" as const,
        key: newKey(),
        id,
        points: polygon,
      })),
      ...zones.map(({ id, kind, polygon }) => ({
        kind: "zone" as const,
        key: newKey(),
        id,
        use: kind,
        points: polygon,
      })),
      ...lines.map(({ id, from, to }) => ({
        kind: "line" as const,
        key: newKey(),
        id,
        points: [from, to],
      })),
    ],
  };
}

export function toView({ size, shapes }: Drawing): CameraView {
  const pairs = (points: readonly Point[]): [number, number][] => points.map(([x, y]) => [x, y]);
  return {
    frames: [
      {
        file: "live",
        ...size,
        spaces: shapes.flatMap((shape) =>
          shape.kind === "space" ? [{ id: shape.id, polygon: pairs(shape.points) }] : [],
        ),
      },
    ],
    zones: shapes.flatMap((shape) =>
      shape.kind === "zone"
        ? [{ id: shape.id, kind: shape.use, polygon: pairs(shape.points) }]
        : [],
    ),
    lines: shapes.flatMap((shape) => {
      const [from, to] = pairs(shape.points);
      return shape.kind === "line" && from !== undefined && to !== undefined
        ? [{ id: shape.id, from, to }]
        : [];
    }),
  };
}

export const added = (drawing: Drawing, ...shapes: readonly Shape[]): Drawing => ({
  ...drawing,
  shapes: [...drawing.shapes, ...shapes],
});

export const without = (drawing: Drawing, keys: ReadonlySet<string>): Drawing => ({
  ...drawing,
  shapes: drawing.shapes.filter(({ key }) => !keys.has(key)),
});

/** @param change makes another shape of each of those named */
export const changed = (
  drawing: Drawing,
  keys: ReadonlySet<string>,
  change: (shape: Shape) => Shape,
): Drawing => ({
  ...drawing,
  shapes: drawing.shapes.map((shape) => (keys.has(shape.key) ? change(shape) : shape)),
});

/** Moves shapes together, no further than the picture's edge. */
export function moved(drawing: Drawing, keys: ReadonlySet<string>, by: Point): Drawing {
  const points = drawing.shapes.flatMap((shape) => (keys.has(shape.key) ? shape.points : []));
  if (points.length === 0) return drawing;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const across = within(by[0], -Math.min(...xs), drawing.size.width - Math.max(...xs));
  const down = within(by[1], -Math.min(...ys), drawing.size.height - Math.max(...ys));
  return changed(drawing, keys, (shape) => ({
    ...shape,
    points: shape.points.map(([x, y]): Point => [x + across, y + down]),
  }));
}

export const withCorner = (shape: Shape, index: number, point: Point): Shape => ({
  ...shape,
  points: shape.points.map((old, at) => (at === index ? point : old)),
});

/** One more corner on the side that begins at `index`. */
export const withExtraCorner = (shape: Shape, index: number, point: Point): Shape => ({
  ...shape,
  points: shape.points.toSpliced(index + 1, 0, point),
});

/** A polygon keeps at least three corners, a line its two ends. */
export const withoutCorner = (shape: Shape, index: number): Shape =>
  shape.kind === "line" || shape.points.length <= 3
    ? shape
    : { ...shape, points: shape.points.toSpliced(index, 1) };

/** The nearest point of the picture. */
export const inPicture = ([x, y]: Point, { width, height }: Size): Point => [
  within(x, 0, width),
  within(y, 0, height),
];

/** Inside the lot a drag may start beyond the edge: then the nearer bound holds. */
const within = (value: number, least: number, most: number): number =>
  Math.max(Math.min(value, Math.max(least, most)), Math.min(least, most));

/** Where a shape's name stands. */
export function middleOf(points: readonly Point[]): Point {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const sum = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0);
  const count = Math.max(1, points.length);
  return [sum(xs) / count, sum(ys) / count];
}

/** The point of the stretch a–b that is nearest to `point`. */
export function nearestOn(a: Point, b: Point, point: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length;
  const t = within(along, 0, 1);
  return [a[0] + t * dx, a[1] + t * dy];
}

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The sides of a shape, each from its first end: a line has one, a polygon as many as corners. */
export function sidesOf({ kind, points }: Pick<Shape, "kind" | "points">): [Point, Point][] {
  const ends = kind === "line" ? points.slice(1) : [...points.slice(1), ...points.slice(0, 1)];
  return ends.flatMap((to, index) => {
    const from = points[index];
    return from === undefined ? [] : [[from, to] as [Point, Point]];
  });
}
