import type { CameraView } from "./camera-view.ts";
import { cloudAt, grainAt } from "./noise.ts";
import type { Plane } from "./plane.ts";
import { type Colour, linear } from "./surfaces.ts";

/** What the ground is made of. Shares are of the colour. */
export interface GroundKind {
  readonly colour: Colour;
  /** Clouds of several metres: repairs, dirt, damp. */
  readonly patches: number;
  /** Single stones. */
  readonly grain: number;
  /** Lines between slabs or bricks; missing: none. Sizes in metres. */
  readonly joints?: {
    readonly length: number;
    readonly width: number;
    /** Every second row is shifted by half a length. */
    readonly staggered: boolean;
    /** Width of the joint. */
    readonly gap: number;
    /** How far one slab's colour is from the next's. */
    readonly variety: number;
  };
}

/** Rays flatter than this show no ground. */
export const horizon = -1e-3;

/** Writes the ground's distance and reflectance wherever no mesh covers it. */
export function drawGround(view: CameraView, plane: Plane, kinds: readonly GroundKind[]): void {
  const { width, height, focal, near, surface, ground, region } = plane;
  const { at } = view.pose;
  const { forward, right, down } = view;
  const colours = kinds.map(({ colour }) => colour.map(linear));
  for (let py = 0; py < height; py++) {
    const yn = (py + 0.5 - height / 2) / focal;
    const baseX = forward[0] + yn * down[0];
    const baseY = forward[1] + yn * down[1];
    const baseZ = forward[2] + yn * down[2];
    for (let px = 0; px < width; px++) {
      const p = py * width + px;
      if (surface[p] !== 0) continue;
      const xn = (px + 0.5 - width / 2) / focal;
      const fall = baseZ + xn * right[2];
      if (fall > horizon) continue;
      const far = -at[2] / fall;
      near[p] = 1 / far;
      const x = at[0] + far * (baseX + xn * right[0]);
      const y = at[1] + far * (baseY + xn * right[1]);
      const id = region[p] ?? 0;
      const kind = kinds[id];
      const colour = colours[id];
      if (kind === undefined || colour === undefined) continue;
      const bright = brightnessAt(kind, x, y, far / focal);
      ground[p * 3] = (colour[0] ?? 0) * bright;
      ground[p * 3 + 1] = (colour[1] ?? 0) * bright;
      ground[p * 3 + 2] = (colour[2] ?? 0) * bright;
    }
  }
}

/** @param sampleM metres of ground to a sample, across the line of sight */
function brightnessAt(kind: GroundKind, x: number, y: number, sampleM: number): number {
  // Stones average out where a sample holds many of them.
  const stones = kind.grain / (1 + sampleM * 12);
  let bright =
    1 +
    kind.patches * (cloudAt(x * 3.1, y * 3.1) + 0.5 * cloudAt(x * 17 + 90, y * 17)) +
    stones * (0.6 * grainAt(x * 40, y * 40) + 0.4 * grainAt(x * 11 + 31, y * 11));
  const { joints } = kind;
  if (joints !== undefined) {
    const row = Math.floor(y / joints.width);
    const shifted = joints.staggered && (row & 1) === 1 ? x + joints.length / 2 : x;
    const column = Math.floor(shifted / joints.length);
    bright *= 1 + joints.variety * grainAt(column * 7 + 3, row * 5 + 1);
    const fromLeft = shifted - column * joints.length;
    const fromTop = y - row * joints.width;
    const cut = Math.max(joints.gap, sampleM * 0.5);
    if (fromLeft < cut || fromTop < cut) bright *= 1 - 0.4 * (joints.gap / cut);
  }
  return bright < 0.08 ? 0.08 : bright;
}
