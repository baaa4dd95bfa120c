import { type CarSurfaces, disc } from "./car-body.ts";
import type { Mesh } from "./mesh.ts";
import type { Vec3 } from "./vector.ts";

/** Length, width and height in metres. */
export interface Size {
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** A lorry: a cabin, and a box or a flat bed behind it (`surfaces.trim` is the box). */
export function addTruck(mesh: Mesh, { length, width, height }: Size, surfaces: CarSurfaces): void {
  const cabLength = Math.min(2.2, length * 0.3);
  const cabHeight = Math.min(height * 0.92, 2.9);
  const cabMiddle = length / 2 - cabLength / 2;
  mesh.box([cabMiddle, 0, 0.45], [cabLength, width * 0.96, cabHeight - 0.45], surfaces.paint);
  const front = length / 2 + 0.01;
  const w = (width * 0.96) / 2;
  const inside: Vec3 = [0, 0, 1.2];
  upright(mesh, front, w * 0.92, cabHeight * 0.55, cabHeight * 0.88, surfaces.glass, inside);
  upright(mesh, front, w * 0.8, 0.95, cabHeight * 0.46, surfaces.dark, inside);
  for (const side of [-1, 1]) {
    along(
      mesh,
      side * (w + 0.01),
      cabMiddle - 0.3,
      cabMiddle + cabLength * 0.45,
      [cabHeight * 0.55, cabHeight * 0.86],
      surfaces.glass,
    );
    mesh.box([front - 0.05, side * w * 0.8, 0.6], [0.1, 0.35, 0.22], surfaces.headlight);
    mesh.box([-length / 2 - 0.02, side * w * 0.85, 0.85], [0.06, 0.3, 0.16], surfaces.taillight);
  }
  const boxLength = length - cabLength - 0.25;
  mesh.box(
    [-length / 2 + boxLength / 2, 0, 0.95],
    [boxLength, width, height - 0.95],
    surfaces.trim,
  );
  mesh.box([-0.2, 0, 0.5], [length * 0.9, width * 0.7, 0.45], surfaces.dark);
  addWheels(mesh, length, width, [0.14, 0.74, 0.86], surfaces, 0.48);
}

/** A bus: one box with a band of windows. */
export function addBus(mesh: Mesh, { length, width, height }: Size, surfaces: CarSurfaces): void {
  mesh.box([0, 0, 0.3], [length, width, height - 0.3], surfaces.paint, surfaces.roof);
  const [w, l] = [width / 2 + 0.012, length / 2];
  const inside: Vec3 = [0, 0, 1.5];
  for (const side of [-1, 1]) {
    for (let x = -l + 0.4; x + 1.1 < l; x += 1.35)
      along(mesh, side * w, x, x + 1.22, [height * 0.45, height * 0.8], surfaces.glass);
    mesh.box([-l - 0.01, side * w * 0.85, 0.8], [0.04, 0.25, 0.5], surfaces.taillight);
    mesh.box([l + 0.01, side * w * 0.8, 0.6], [0.04, 0.4, 0.2], surfaces.headlight);
  }
  upright(mesh, l + 0.012, w * 0.9, height * 0.36, height * 0.86, surfaces.glass, inside);
  upright(mesh, -l - 0.012, w * 0.8, height * 0.52, height * 0.8, surfaces.glass, inside);
  mesh.box([-l * 0.2, 0, height], [2.2, width * 0.6, 0.22], surfaces.trim);
  addWheels(mesh, length, width, [0.22, 0.75], surfaces, 0.46);
}

function addWheels(
  mesh: Mesh,
  length: number,
  width: number,
  shares: readonly number[],
  surfaces: CarSurfaces,
  radius: number,
): void {
  for (const share of shares) {
    for (const side of [-1, 1]) {
      const x = (0.5 - share) * length;
      disc(mesh, [x, side * (width / 2 + 0.015), radius], radius, surfaces.tyre);
      disc(mesh, [x, side * (width / 2 + 0.025), radius], radius * 0.55, surfaces.rim);
      mesh.box([x, side * (width / 2 - 0.2), 0], [radius * 1.4, 0.34, radius * 1.4], surfaces.tyre);
    }
  }
}

function upright(
  mesh: Mesh,
  x: number,
  w: number,
  low: number,
  high: number,
  surface: number,
  inside: Vec3,
): void {
  mesh.face(
    [
      [x, -w, low],
      [x, w, low],
      [x, w, high],
      [x, -w, high],
    ],
    surface,
    inside,
  );
}

function along(
  mesh: Mesh,
  y: number,
  from: number,
  to: number,
  [low, high]: readonly [number, number],
  surface: number,
): void {
  mesh.face(
    [
      [from, y, low],
      [to, y, low],
      [to, y, high],
      [from, y, high],
    ],
    surface,
    [0, 0, (low + high) / 2],
  );
}
