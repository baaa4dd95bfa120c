import type { CameraView } from "./camera-view.ts";

/**
 * The buffers that a scene is drawn into, one entry a sample. The plane is the pinhole picture before the lens,
 * `detail` samples to a pixel of the finished picture's middle, wide enough for what the lens bends in.
 */
export class Plane {
  readonly width: number;
  readonly height: number;
  /** Samples per unit of sight coordinates. */
  focal: number;
  /** 1 / distance along the line of sight; 0: nothing drawn yet. */
  readonly near: Float32Array;
  /** 0: ground or sky. */
  readonly surface: Uint16Array;
  /** 0: scenery; from 1 on vehicles. */
  readonly owner: Uint16Array;
  /** x, y, z of the normal, times 127. */
  readonly normal: Int8Array;
  /** Reflectance of the ground, linear, three channels. */
  readonly ground: Float32Array;
  /** Share of the sky's light that reaches the ground here: less under and beside vehicles. */
  readonly open: Float32Array;
  /** Which ground lies here. */
  readonly region: Uint8Array;
  /** The last owner drawn here, hidden or not. */
  readonly stamp: Uint16Array;
  /** Linear light, three channels. */
  readonly light: Float32Array;

  constructor(width: number, height: number, focal: number) {
    this.width = width;
    this.height = height;
    this.focal = focal;
    const size = width * height;
    this.near = new Float32Array(size);
    this.surface = new Uint16Array(size);
    this.owner = new Uint16Array(size);
    this.normal = new Int8Array(size * 3);
    this.ground = new Float32Array(size * 3);
    this.open = new Float32Array(size);
    this.region = new Uint8Array(size);
    this.stamp = new Uint16Array(size);
    this.light = new Float32Array(size * 3);
  }

  clear(): void {
    this.near.fill(0);
    this.surface.fill(0);
    this.owner.fill(0);
    this.stamp.fill(0);
    this.open.fill(1);
    this.region.fill(0);
  }
}

/** The plane for a camera; `spare` is used again when it fits. */
export function planeFor(view: CameraView, detail: number, spare?: Plane): Plane {
  const { width, height, focalPx } = view.pose;
  const focal = focalPx * detail;
  const [x, y] = view.toSight([width, height]);
  const [wide, high] = [2 * Math.ceil(x * focal) + 4, 2 * Math.ceil(y * focal) + 4];
  const fits = spare?.width === wide && spare.height === high;
  const plane = fits ? spare : new Plane(wide, high, focal);
  plane.focal = focal;
  return plane;
}
