import type { CameraView } from "./camera-view.ts";
import type { Plane } from "./plane.ts";

/** A finished picture before it is developed: linear light, three channels, and who is seen where. */
export interface Exposed {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
  readonly owner: Uint16Array;
}

/** Takes the plane through the camera's lens, linear between samples. @param spare is written over if it fits */
export function throughLens(view: CameraView, plane: Plane, spare?: Exposed): Exposed {
  const { width, height } = view.pose;
  const out = spare?.width === width && spare.height === height ? spare : blank(width, height);
  const { light, owner } = out;
  const { focal, width: wide, light: from } = plane;
  const straight = view.pose.barrel === 0;
  const step = focal / view.pose.focalPx;
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      let x = (u + 0.5 - width / 2) * step + wide / 2 - 0.5;
      let y = (v + 0.5 - height / 2) * step + plane.height / 2 - 0.5;
      if (!straight) {
        const [sx, sy] = view.toSight([u + 0.5, v + 0.5]);
        x = sx * focal + wide / 2 - 0.5;
        y = sy * focal + plane.height / 2 - 0.5;
      }
      const left = x | 0;
      const top = y | 0;
      const fx = x - left;
      const fy = y - top;
      const a = (top * wide + left) * 3;
      const c = a + wide * 3;
      const to = (v * width + u) * 3;
      const ofA = (1 - fx) * (1 - fy);
      const ofB = fx * (1 - fy);
      const ofC = (1 - fx) * fy;
      const ofD = fx * fy;
      for (let k = 0; k < 3; k++)
        light[to + k] =
          (from[a + k] ?? 0) * ofA +
          (from[a + 3 + k] ?? 0) * ofB +
          (from[c + k] ?? 0) * ofC +
          (from[c + 3 + k] ?? 0) * ofD;
      owner[v * width + u] = plane.owner[((y + 0.5) | 0) * wide + ((x + 0.5) | 0)] ?? 0;
    }
  }
  return out;
}

const blank = (width: number, height: number): Exposed => ({
  width,
  height,
  light: new Float32Array(width * height * 3),
  owner: new Uint16Array(width * height),
});
