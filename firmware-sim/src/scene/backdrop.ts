import type { CameraView } from "./camera-view.ts";
import { horizon } from "./ground.ts";
import type { Light } from "./light.ts";
import type { Plane } from "./plane.ts";

/**
 * Takes a photograph's light as what the ground gives back. Shading then multiplies it by the light that falls
 * there; `keepBackdrop` divides by what falls on open ground, so that only shadows change the photograph.
 *
 * @param light linear, three channels, as large as the finished picture; the lens bends nothing
 */
export function layBackdrop(view: CameraView, plane: Plane, light: Float32Array): void {
  const { width, height, surface, near, ground, focal } = plane;
  const { pose } = view;
  const step = pose.focalPx / focal;
  for (let y = 0; y < height; y++) {
    const v = clamp((y + 0.5 - height / 2) * step + pose.height / 2, pose.height);
    const yn = (y + 0.5 - height / 2) / focal;
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (surface[p] !== 0) continue;
      const u = clamp((x + 0.5 - width / 2) * step + pose.width / 2, pose.width);
      const xn = (x + 0.5 - width / 2) / focal;
      const fall = view.forward[2] + xn * view.right[2] + yn * view.down[2];
      near[p] = fall > horizon ? 0 : -fall / pose.at[2];
      const from = (v * pose.width + u) * 3;
      ground[p * 3] = light[from] ?? 0;
      ground[p * 3 + 1] = light[from + 1] ?? 0;
      ground[p * 3 + 2] = light[from + 2] ?? 0;
    }
  }
}

/** See `layBackdrop`; comes after shading. */
export function keepBackdrop(plane: Plane, { zenith, sun, sunRgb }: Light): void {
  const { surface, near, ground, light } = plane;
  const open = ([0, 1, 2] as const).map((k) => zenith[k] + sunRgb[k] * sun[2]);
  for (let p = 0; p < surface.length; p++) {
    if (surface[p] !== 0) continue;
    for (let k = 0; k < 3; k++) {
      const at = p * 3 + k;
      light[at] = near[p] === 0 ? (ground[at] ?? 0) : (light[at] ?? 0) / (open[k] ?? 1);
    }
  }
}

const clamp = (value: number, size: number): number =>
  value < 0 ? 0 : value >= size ? size - 1 : Math.floor(value);
