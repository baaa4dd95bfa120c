import type { CameraView } from "./camera-view.ts";
import type { Light } from "./light.ts";
import type { Plane } from "./plane.ts";
import { Shader } from "./shader.ts";
import type { ShadowMap } from "./shadow-map.ts";
import type { Surfaces } from "./surfaces.ts";

/**
 * Lights everything that was drawn into the plane: sun with shadows, sky, lamps, gloss, wet ground, snow and fog.
 * Fills `plane.light`.
 *
 * @param mirror what stands mirrored in wet ground, drawn upside down
 * @param only samples that are not 0 here are shaded, the others left as they are
 */
export function shade(
  view: CameraView,
  plane: Plane,
  surfaces: Surfaces,
  light: Light,
  shadows: ShadowMap | undefined,
  mirror: Plane | undefined,
  only?: Uint8Array,
): void {
  const shader = new Shader(view, surfaces, light, shadows);
  const { width, height, focal, near, surface, light: out } = plane;
  const { forward, right, down } = view;
  for (let py = 0; py < height; py++) {
    const yn = (py + 0.5 - height / 2) / focal;
    for (let px = 0; px < width; px++) {
      const p = py * width + px;
      if (only !== undefined && only[p] === 0) continue;
      const xn = (px + 0.5 - width / 2) / focal;
      shader.look(
        forward[0] + xn * right[0] + yn * down[0],
        forward[1] + xn * right[1] + yn * down[1],
        forward[2] + xn * right[2] + yn * down[2],
        near[p] ?? 0,
      );
      const id = surface[p] ?? 0;
      if (near[p] === 0) shader.sky();
      else if (id === 0) {
        shader.ground(plane, p);
        if (mirror !== undefined) shader.reflect(mirror, p);
      } else shader.body(plane, p, id);
      if (near[p] !== 0) shader.fog();
      out[p * 3] = shader.r;
      out[p * 3 + 1] = shader.g;
      out[p * 3 + 2] = shader.b;
    }
  }
}
