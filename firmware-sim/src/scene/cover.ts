import { type CameraView, nearest } from "./camera-view.ts";
import type { Plane } from "./plane.ts";
import { dot, subtract, type Vec2, type Vec3 } from "./vector.ts";

/** Called for each row that the polygon touches, with how much of each sample from `from` to `to` it covers, 0–1. */
type OnRow = (row: number, from: number, to: number, cover: Float32Array) => void;

/** Four lines a row decide how much of it is covered; along the line the cover is exact. */
const linesPerRow = 4;
const rowCover = { samples: new Float32Array(0) };
const crossings = new Float64Array(256);

/** Covers a polygon on the ground, as the plane shows it. Crossing outlines leave holes (even-odd). */
export function coverGround(
  view: CameraView,
  plane: Plane,
  polygon: readonly Vec2[],
  onRow: OnRow,
): void {
  const seen = onPlane(view, plane, polygon);
  if (seen.length < 3) return;
  let top = Infinity;
  let bottom = -Infinity;
  for (const [, y] of seen) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const { width, height } = plane;
  if (rowCover.samples.length < width + 1) rowCover.samples = new Float32Array(width + 1);
  const cover = rowCover.samples;
  const first = Math.max(0, Math.floor(top));
  const last = Math.min(height - 1, Math.floor(bottom));
  for (let row = first; row <= last; row++) {
    let from = width;
    let to = -1;
    for (let line = 0; line < linesPerRow; line++) {
      const count = crossingsAt(seen, row + (line + 0.5) / linesPerRow);
      for (let i = 0; i + 1 < count; i += 2) {
        const left = Math.max(0, crossings[i] ?? 0);
        const right = Math.min(width, crossings[i + 1] ?? 0);
        if (right <= left) continue;
        addSpan(cover, left, right);
        from = Math.min(from, Math.floor(left));
        to = Math.max(to, Math.min(width - 1, Math.floor(right)));
      }
    }
    if (to < from) continue;
    onRow(row, from, to, cover);
    cover.fill(0, from, to + 2);
  }
}

function addSpan(cover: Float32Array, left: number, right: number): void {
  const [first, last] = [Math.floor(left), Math.floor(right)];
  if (first === last) {
    cover[first] = (cover[first] ?? 0) + (right - left) / linesPerRow;
    return;
  }
  cover[first] = (cover[first] ?? 0) + (first + 1 - left) / linesPerRow;
  for (let x = first + 1; x < last; x++) cover[x] = (cover[x] ?? 0) + 1 / linesPerRow;
  cover[last] = (cover[last] ?? 0) + (right - last) / linesPerRow;
}

/** Fills `crossings` with where the outline crosses a line, sorted; answers how many. */
function crossingsAt(polygon: readonly Vec2[], y: number): number {
  let count = 0;
  let before = polygon.at(-1);
  for (const point of polygon) {
    if (before !== undefined && before[1] <= y !== point[1] <= y && count < crossings.length) {
      const x = before[0] + ((y - before[1]) / (point[1] - before[1])) * (point[0] - before[0]);
      let at = count++;
      while (at > 0 && (crossings[at - 1] ?? 0) > x) {
        crossings[at] = crossings[at - 1] ?? 0;
        at--;
      }
      crossings[at] = x;
    }
    before = point;
  }
  return count;
}

/** A ground polygon in samples of the plane, cut where it comes too near to the camera. */
function onPlane(view: CameraView, plane: Plane, polygon: readonly Vec2[]): Vec2[] {
  const kept: Vec3[] = [];
  polygon.forEach(([x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length] ?? [x, y];
    const from: Vec3 = [x, y, 0];
    const to: Vec3 = [nextX, nextY, 0];
    const [a, b] = [view.depthOf(from), view.depthOf(to)];
    if (a >= nearest) kept.push(from);
    if (a >= nearest === b >= nearest) return;
    const t = (nearest - a) / (b - a);
    kept.push([x + (nextX - x) * t, y + (nextY - y) * t, 0]);
  });
  return kept.map((point) => {
    const ray = subtract(point, view.pose.at);
    const depth = Math.max(dot(ray, view.forward), nearest);
    return [
      (dot(ray, view.right) / depth) * plane.focal + plane.width / 2,
      (dot(ray, view.down) / depth) * plane.focal + plane.height / 2,
    ];
  });
}
