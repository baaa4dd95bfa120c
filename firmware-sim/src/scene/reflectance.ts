import { cloudAt, grainAt } from "./noise.ts";
import { finishCode } from "./surfaces.ts";

/** Schlick's approximation of how much a surface mirrors. */
export function fresnel(facing: number, straight: number): number {
  const flat = 1 - (facing < 0 ? 0 : facing > 1 ? 1 : facing);
  const squared = flat * flat;
  return straight + (1 - straight) * squared * squared * flat;
}

/** How deep snow lies: in drifts, and hardly under what keeps it off. */
export function snowAt(x: number, y: number, snow: number, open: number): number {
  const cover = (snow * 2.1 - 0.75 + 0.9 * cloudAt(x * 2.7 + 11, y * 2.7)) * 2.2;
  const sheltered = open < 0.5 ? open * 2 : 1;
  return (cover < 0 ? 0 : cover > 1 ? 1 : cover) * sheltered;
}

/** How the small unevenness of a finish brightens or darkens a point. @param finish its code */
export function roughness(finish: number, x: number, y: number, z: number): number {
  if (finish === finishCode.leaf) return 0.75 + 0.7 * grainAt((x + z) * 9, (y - z) * 9);
  if (finish === finishCode.wall) {
    const course = grainAt((x + y) * 4, z * 12);
    return 1 + 0.1 * course + 0.12 * cloudAt((x + y) * 5, z * 5);
  }
  if (finish === finishCode.matt) return 1 + 0.07 * grainAt((x + z) * 25, (y + z) * 25);
  return 1;
}
