import { type CarSurfaces, disc } from "./car-body.ts";
import type { Mesh } from "./mesh.ts";

/** What a person wears. */
export interface PersonSurfaces {
  readonly skin: number;
  readonly hair: number;
  readonly top: number;
  readonly legs: number;
}

/** A person of `height` metres in mid-step; x forward. */
export function addPerson(mesh: Mesh, height: number, step: number, look: PersonSurfaces): void {
  const hip = height * 0.5;
  const shoulder = height * 0.83;
  for (const side of [-1, 1]) {
    const swing = side * step * 0.28;
    mesh.column([swing, side * 0.1, 0], [0, side * 0.09, hip], [0.07, 0.1], look.legs);
    mesh.column([-swing, side * 0.27, hip], [0, side * 0.22, shoulder], [0.04, 0.06], look.top);
  }
  mesh.column([0, 0, hip - 0.05], [0, 0, shoulder], [0.17, 0.21], look.top);
  mesh.column([0, 0, shoulder], [0, 0, shoulder + 0.03], [0.2, 0.05], look.top);
  mesh.column([0.02, 0, shoulder], [0.02, 0, height * 0.97], [0.09, 0.1], look.skin);
  mesh.column([-0.01, 0, height * 0.92], [-0.01, 0, height], [0.11, 0.07], look.hair);
}

/** A motorcycle, 2.1 m long, upright. */
export function addMotorcycle(mesh: Mesh, surfaces: CarSurfaces): void {
  addTwoWheels(mesh, 0.72, 0.31, 0.09, surfaces);
  mesh.block(ring(-0.35, 0.55, 0.1, 0.38), ring(-0.2, 0.4, 0.16, 0.78), surfaces.paint);
  mesh.block(ring(0.05, 0.45, 0.15, 0.76), ring(0.12, 0.38, 0.1, 1), surfaces.paint);
  mesh.block(ring(-0.75, 0.05, 0.14, 0.72), ring(-0.72, 0, 0.12, 0.82), surfaces.dark);
  mesh.column([0.72, 0, 0.3], [0.45, 0, 1.02], [0.05, 0.05], surfaces.rim);
  mesh.box([0.42, 0, 1], [0.06, 0.74, 0.05], surfaces.dark);
  mesh.box([0.62, 0, 0.8], [0.12, 0.2, 0.18], surfaces.headlight);
  mesh.box([-0.86, 0, 0.68], [0.05, 0.14, 0.08], surfaces.taillight);
  mesh.box([-0.3, 0.2, 0.32], [0.7, 0.09, 0.09], surfaces.rim);
}

/** A bicycle, 1.75 m long, upright. */
export function addBicycle(mesh: Mesh, surfaces: CarSurfaces): void {
  addTwoWheels(mesh, 0.52, 0.34, 0.02, surfaces);
  mesh.column([-0.52, 0, 0.34], [-0.15, 0, 0.9], [0.025, 0.025], surfaces.paint, 4);
  mesh.column([-0.05, 0, 0.3], [0.38, 0, 0.85], [0.025, 0.025], surfaces.paint, 4);
  mesh.column([-0.05, 0, 0.3], [-0.18, 0, 0.9], [0.025, 0.025], surfaces.paint, 4);
  mesh.box([0.12, 0, 0.82], [0.5, 0.035, 0.035], surfaces.paint);
  mesh.column([0.52, 0, 0.34], [0.38, 0, 0.98], [0.025, 0.025], surfaces.paint, 4);
  mesh.box([0.38, 0, 0.97], [0.04, 0.56, 0.035], surfaces.dark);
  mesh.box([-0.2, 0, 0.9], [0.26, 0.14, 0.06], surfaces.dark);
}

function addTwoWheels(
  mesh: Mesh,
  reach: number,
  radius: number,
  thick: number,
  surfaces: CarSurfaces,
): void {
  for (const x of [-reach, reach]) {
    for (const side of [-1, 1])
      disc(mesh, [x, (side * Math.max(thick, 0.02)) / 2, radius], radius, surfaces.tyre);
    mesh.box([x, 0, 0], [radius * 1.2, thick + 0.03, radius * 1.7], surfaces.tyre);
    disc(mesh, [x, thick / 2 + 0.02, radius], radius * 0.6, surfaces.rim);
  }
}

/** Four corners of a level rectangle from `back` to `front` along x. */
function ring(
  back: number,
  front: number,
  halfWidth: number,
  z: number,
): readonly (readonly [number, number, number])[] {
  return [
    [front, halfWidth, z],
    [front, -halfWidth, z],
    [back, -halfWidth, z],
    [back, halfWidth, z],
  ];
}
