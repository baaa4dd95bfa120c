import { cross, dot, subtract, unit, type Vec2, type Vec3 } from "./vector.ts";

export interface CameraPose {
  readonly at: Vec3;
  /** The point in the middle of the picture. */
  readonly target: Vec3;
  /** Turn about the line of sight, in radians; positive turns the picture's content to the left. */
  readonly roll: number;
  /** Focal length in pixels of the finished picture. */
  readonly focalPx: number;
  readonly width: number;
  readonly height: number;
  /** How far the lens bends straight lines outwards: 0 none, 0.3 a strong wide angle (at the corner). */
  readonly barrel: number;
}

/** Nearer things are not drawn. In metres. */
export const nearest = 0.3;

/**
 * A pinhole camera behind a lens with barrel distortion (division model: the undistorted radius is
 * r / (1 − k r²)). Sight coordinates are right and down per unit forward, before the lens.
 */
export class CameraView {
  readonly pose: CameraPose;
  readonly forward: Vec3;
  readonly right: Vec3;
  readonly down: Vec3;
  readonly #bend: number;

  constructor(pose: CameraPose) {
    this.pose = pose;
    this.forward = unit(subtract(pose.target, pose.at));
    const level = Math.abs(this.forward[2]) > 0.9999 ? ([1, 0, 0] as const) : upright(this.forward);
    const low = cross(this.forward, level);
    const [cos, sin] = [Math.cos(pose.roll), Math.sin(pose.roll)];
    this.right = mix(level, low, cos, sin);
    this.down = mix(low, level, cos, -sin);
    const corner = Math.hypot(pose.width, pose.height) / 2 / pose.focalPx;
    this.#bend = pose.barrel / (corner * corner);
  }

  /** Distance along the line of sight; negative behind the camera. */
  depthOf(point: Vec3): number {
    return dot(subtract(point, this.pose.at), this.forward);
  }

  /** Where a point stands in the finished picture, also outside of it; undefined behind the camera. */
  project(point: Vec3): Vec2 | undefined {
    const ray = subtract(point, this.pose.at);
    const depth = dot(ray, this.forward);
    if (depth < nearest) return undefined;
    return this.toPicture([dot(ray, this.right) / depth, dot(ray, this.down) / depth]);
  }

  /** Sight coordinates → pixels of the finished picture. */
  toPicture([x, y]: Vec2): Vec2 {
    const { focalPx, width, height } = this.pose;
    const squared = x * x + y * y;
    const bent = this.#bend * squared;
    const shrink = bent < 1e-9 ? 1 : (Math.sqrt(1 + 4 * bent) - 1) / (2 * bent);
    return [x * shrink * focalPx + width / 2, y * shrink * focalPx + height / 2];
  }

  /** Pixels of the finished picture → sight coordinates. */
  toSight([u, v]: Vec2): Vec2 {
    const { focalPx, width, height } = this.pose;
    const x = (u - width / 2) / focalPx;
    const y = (v - height / 2) / focalPx;
    const grow = 1 / (1 - this.#bend * (x * x + y * y));
    return [x * grow, y * grow];
  }

  /** The point of the ground that a pixel shows; undefined at and above the horizon. */
  groundAt(pixel: Vec2): Vec2 | undefined {
    const [x, y] = this.toSight(pixel);
    const [cx, cy, cz] = this.pose.at;
    const fall = this.forward[2] + x * this.right[2] + y * this.down[2];
    if (fall > -1e-3) return undefined;
    const far = -cz / fall;
    return [
      cx + far * (this.forward[0] + x * this.right[0] + y * this.down[0]),
      cy + far * (this.forward[1] + x * this.right[1] + y * this.down[1]),
    ];
  }
}

const upright = (forward: Vec3): Vec3 => unit(cross(forward, [0, 0, 1]));

const mix = (a: Vec3, b: Vec3, ofA: number, ofB: number): Vec3 => [
  a[0] * ofA + b[0] * ofB,
  a[1] * ofA + b[1] * ofB,
  a[2] * ofA + b[2] * ofB,
];
