import type { Mesh } from "./mesh.ts";
import { grain, noiseSide } from "./noise.ts";
import { finishCode, type Surfaces } from "./surfaces.ts";
import { cross, scale, unit, type Vec2, type Vec3 } from "./vector.ts";

const side = 1024;
const depth = new Float32Array(side * side);

/**
 * What the sun sees: the height towards the sun of the highest thing over each texel of a square around `middle`.
 * There is one map in memory; a new one overwrites the last.
 */
export class ShadowMap {
  readonly #sun: Vec3;
  readonly #u: Vec3;
  readonly #v: Vec3;
  readonly #middle: Vec2;
  readonly #texels: number;

  /**
   * @param sun unit vector towards the sun
   * @param reach half the side of the square, in metres
   */
  constructor(sun: Vec3, middle: Vec2, reach: number) {
    this.#sun = sun;
    this.#u = unit(cross([0, 0, 1], sun));
    this.#v = cross(sun, this.#u);
    this.#middle = middle;
    this.#texels = side / (2 * reach);
    depth.fill(-1e9);
  }

  cast(mesh: Mesh, surfaces: Surfaces): void {
    for (let t = 0; t < mesh.triangleCount; t++) {
      const leaf = surfaces.finish[mesh.surface[t] ?? 0] === finishCode.leaf;
      for (let k = 0; k < 3; k++) this.#map(mesh, mesh.corners[t * 3 + k] ?? 0, k);
      fill(leaf);
    }
  }

  /** Share of sunlight at a point, 0–1 in quarters. */
  litAt(x: number, y: number, z: number, bias: number): number {
    const [u, v, s] = [this.#u, this.#v, this.#sun];
    const dx = x - this.#middle[0];
    const dy = y - this.#middle[1];
    const across = (dx * u[0] + dy * u[1] + z * u[2]) * this.#texels + side / 2 - 0.5;
    const along = (dx * v[0] + dy * v[1] + z * v[2]) * this.#texels + side / 2 - 0.5;
    const left = Math.floor(across);
    const top = Math.floor(along);
    if (left < 0 || top < 0 || left >= side - 1 || top >= side - 1) return 1;
    const height = dx * s[0] + dy * s[1] + z * s[2] + bias;
    const at = top * side + left;
    const [fx, fy] = [across - left, along - top];
    const a = (depth[at] ?? 0) > height ? 0 : 1;
    const b = (depth[at + 1] ?? 0) > height ? 0 : 1;
    const c = (depth[at + side] ?? 0) > height ? 0 : 1;
    const d = (depth[at + side + 1] ?? 0) > height ? 0 : 1;
    return (a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy;
  }

  /** Writes a mesh's point into `corner` at place `k`. */
  #map(mesh: Mesh, point: number, k: number): void {
    const dx = (mesh.points[point * 3] ?? 0) - this.#middle[0];
    const dy = (mesh.points[point * 3 + 1] ?? 0) - this.#middle[1];
    const z = mesh.points[point * 3 + 2] ?? 0;
    const [u, v, s] = [this.#u, this.#v, this.#sun];
    corner[k * 3] = (dx * u[0] + dy * u[1] + z * u[2]) * this.#texels + side / 2 - 0.5;
    corner[k * 3 + 1] = (dx * v[0] + dy * v[1] + z * v[2]) * this.#texels + side / 2 - 0.5;
    corner[k * 3 + 2] = dx * s[0] + dy * s[1] + z * s[2];
  }
}

/** Three corners: texel across, texel along, height towards the sun. */
const corner = new Float64Array(9);

function fill(leaf: boolean): void {
  const [xa = 0, ya = 0, ha = 0, xb = 0, yb = 0, hb = 0, xc = 0, yc = 0, hc = 0] = corner;
  const area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya);
  if (Math.abs(area) < 1e-6) return;
  const top = Math.max(0, Math.ceil(Math.min(ya, yb, yc)));
  const bottom = Math.min(side - 1, Math.floor(Math.max(ya, yb, yc)));
  const left = Math.max(0, Math.ceil(Math.min(xa, xb, xc)));
  const right = Math.min(side - 1, Math.floor(Math.max(xa, xb, xc)));
  const bx = (yc - ya) / area;
  const by = -(xc - xa) / area;
  const cx = -(yb - ya) / area;
  const cy = (xb - xa) / area;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const b = (x - xa) * bx + (y - ya) * by;
      const c = (x - xa) * cx + (y - ya) * cy;
      if (b < 0 || c < 0 || b + c > 1) continue;
      if (leaf && (grain[(y & (noiseSide - 1)) * noiseSide + (x & (noiseSide - 1))] ?? 0) > 0.1)
        continue;
      const height = ha + b * (hb - ha) + c * (hc - ha);
      const at = y * side + x;
      if (height > (depth[at] ?? 0)) depth[at] = height;
    }
  }
}

/** The direction to a sun of this height over the horizon and compass turn, both in radians. */
export const sunAt = (height: number, turn: number): Vec3 =>
  scale(
    [Math.cos(turn) * Math.cos(height), Math.sin(turn) * Math.cos(height), Math.sin(height)],
    1,
  );
