import type { CameraView } from "./camera-view.ts";
import type { Light } from "./light.ts";
import type { Body } from "./town-moment.ts";
import { onGround, rectangle, type Vec3 } from "./vector.ts";

/** So far around a body the ground is darker, and so far ahead headlights are seen on it. In metres. */
const around = 1.3;
const beamReach = 11;
/** A low sun's shadows are followed so far. In metres. */
const shadowMost = 22;

/** Marks with 1 every pixel whose light a body changes: its own, its shadow's, its mirror image's, its beams'. */
export function markTouched(
  marks: Uint8Array,
  view: CameraView,
  bodies: readonly Body[],
  light: Light,
): void {
  for (const body of bodies) {
    const points: Vec3[] = [];
    const foot = rectangle(body.place, body.length + 2 * around, body.width + 2 * around);
    const top = body.height + 0.2;
    points.push(
      ...foot.flatMap(([x, y]): Vec3[] => [
        [x, y, 0],
        [x, y, top],
      ]),
    );
    if (light.wet > 0) points.push(...foot.map(([x, y]): Vec3 => [x, y, -top]));
    const [sx, sy, sz] = light.sun;
    const isSunny = light.sunRgb[1] > 0;
    if (isSunny) {
      const length = Math.min(shadowMost, (top / Math.max(0.02, sz)) * Math.hypot(sx, sy));
      const flat = Math.hypot(sx, sy) || 1;
      points.push(
        ...foot.map(([x, y]): Vec3 => [x - (sx / flat) * length, y - (sy / flat) * length, 0]),
      );
    }
    if (body.vehicle !== undefined)
      for (const side of [-4, 4])
        points.push([...onGround(body.place, [body.length / 2 + beamReach, side]), 0]);
    markAround(marks, view, points);
  }
}

/** Marks the rectangle around the points; the whole picture when one lies behind the camera. */
function markAround(marks: Uint8Array, view: CameraView, points: readonly Vec3[]): void {
  const { width, height } = view.pose;
  const seen = points.map((point) => view.project(point)).filter((point) => point !== undefined);
  if (seen.length < points.length) {
    marks.fill(1);
    return;
  }
  const left = Math.max(0, Math.floor(Math.min(...seen.map(([x]) => x))));
  const right = Math.min(width, Math.ceil(Math.max(...seen.map(([x]) => x))));
  const top = Math.max(0, Math.floor(Math.min(...seen.map(([, y]) => y))));
  const bottom = Math.min(height, Math.ceil(Math.max(...seen.map(([, y]) => y))));
  if (left >= right) return;
  for (let y = top; y < bottom; y++) marks.fill(1, y * width + left, y * width + right);
}
