import type { SeededRandom } from "../seeded-random.ts";
import { between } from "../chance.ts";
import { disc } from "./car-body.ts";
import type { Mesh } from "./mesh.ts";
import { grainAt } from "./noise.ts";
import type { Vec3 } from "./vector.ts";

/** A tree: a trunk and a crown of leafy lumps. */
export function addTree(
  mesh: Mesh,
  random: SeededRandom,
  height: number,
  bark: number,
  leaves: readonly number[],
): void {
  const trunk = height * between(random, 0.3, 0.45);
  const thick = height * 0.02;
  mesh.column([0, 0, 0], [0, 0, trunk * 1.3], [thick * 1.3, thick], bark);
  const spread = height * between(random, 0.18, 0.32);
  const lumps = 6 + Math.floor(random.fraction() * 6);
  for (let i = 0; i < lumps; i++) {
    const turn = i * 2.4;
    const out = spread * Math.sqrt(random.fraction());
    const up = trunk + (height - trunk) * (0.25 + 0.6 * random.fraction());
    const radius = spread * between(random, 0.5, 0.8);
    addLump(mesh, [out * Math.cos(turn), out * Math.sin(turn), up], radius, leafOf(leaves, i));
  }
}

/** A bush, or a piece of hedge `length` metres long. */
export function addBush(
  mesh: Mesh,
  random: SeededRandom,
  radius: number,
  length: number,
  leaves: readonly number[],
): void {
  const lumps = Math.max(2, Math.round(length / radius));
  for (let i = 0; i < lumps; i++) {
    const x = lumps === 1 ? 0 : (i / (lumps - 1) - 0.5) * length;
    const size = radius * between(random, 0.75, 1.15);
    addLump(mesh, [x, between(random, -0.2, 0.2) * radius, size * 0.6], size, leafOf(leaves, i));
  }
}

const leafOf = (leaves: readonly number[], i: number): number => leaves[i % leaves.length] ?? 0;

/** A lumpy ball. */
function addLump(mesh: Mesh, [x, y, z]: Vec3, radius: number, surface: number): void {
  const rings = Array.from({ length: 6 }, (_, i) => {
    const up = (Math.PI * (i + 0.1)) / 5.2;
    return Array.from({ length: 9 }, (_unused, k): Vec3 => {
      const turn = (2 * Math.PI * (k % 8)) / 8;
      const r = radius * (1 + 0.22 * grainAt(x * 53 + i * 7 + (k % 8) * 3, y * 47 + z * 29));
      const flat = r * Math.sin(up);
      return [x + flat * Math.cos(turn), y + flat * Math.sin(turn), z + r * Math.cos(up) * 0.85];
    });
  });
  mesh.loft(rings, () => surface, [x, y, z]);
}

/** A lamp post with one or two arms of `reach` metres; answers where its lights hang, in the place's own axes. */
export function addLampPost(
  mesh: Mesh,
  height: number,
  reach: number,
  arms: number,
  steel: number,
  glow: number,
): Vec3[] {
  mesh.column([0, 0, 0], [0, 0, height], [0.09, 0.05], steel);
  return Array.from({ length: arms }, (_, i): Vec3 => {
    const side = i === 0 ? 1 : -1;
    mesh.column([0, 0, height - 0.1], [side * reach, 0, height], [0.04, 0.03], steel, 4);
    mesh.box([side * reach, 0, height - 0.08], [0.6, 0.28, 0.1], steel);
    mesh.box([side * reach, 0, height - 0.11], [0.5, 0.22, 0.03], glow);
    return [side * reach, 0, height - 0.25];
  });
}

export function addCone(mesh: Mesh, orange: number, white: number): void {
  mesh.box([0, 0, 0], [0.36, 0.36, 0.04], orange);
  mesh.column([0, 0, 0.03], [0, 0, 0.3], [0.15, 0.09], orange);
  mesh.column([0, 0, 0.3], [0, 0, 0.46], [0.095, 0.06], white);
  mesh.column([0, 0, 0.46], [0, 0, 0.7], [0.06, 0.02], orange);
}

/** A shopping trolley: a basket of bars on wheels. */
export function addTrolley(mesh: Mesh, wire: number, handle: number): void {
  for (const side of [-1, 1]) {
    for (const z of [0.5, 0.65, 0.8, 0.95])
      mesh.box([0, side * 0.27, z], [0.85, 0.015, 0.02], wire);
    for (const x of [-0.4, -0.13, 0.13, 0.4])
      mesh.box([x, side * 0.27, 0.5], [0.02, 0.015, 0.46], wire);
    for (const x of [-0.38, 0.38]) disc(mesh, [x, side * 0.24, 0.07], 0.07, handle);
    mesh.box([0, side * 0.24, 0.16], [0.9, 0.03, 0.03], wire);
  }
  for (const y of [-0.18, -0.06, 0.06, 0.18]) mesh.box([0, y, 0.5], [0.85, 0.02, 0.02], wire);
  for (const y of [-0.2, 0, 0.2]) mesh.box([0.42, y, 0.5], [0.02, 0.02, 0.42], wire);
  mesh.box([-0.5, 0, 1], [0.05, 0.56, 0.05], handle);
}

export function addBin(mesh: Mesh, body: number, lid: number): void {
  mesh.block(
    [
      [0.25, 0.25, 0.05],
      [0.25, -0.25, 0.05],
      [-0.25, -0.25, 0.05],
      [-0.25, 0.25, 0.05],
    ],
    [
      [0.34, 0.29, 1],
      [0.34, -0.29, 1],
      [-0.34, -0.29, 1],
      [-0.34, 0.29, 1],
    ],
    body,
  );
  mesh.box([0, 0, 1], [0.74, 0.64, 0.08], lid);
}

/** A fence of posts and two rails along x. */
export function addFence(mesh: Mesh, length: number, steel: number): void {
  for (let x = -length / 2; x <= length / 2; x += 2.5)
    mesh.box([x, 0, 0], [0.07, 0.07, 1.1], steel);
  for (const z of [0.5, 1]) mesh.box([0, 0, z], [length, 0.04, 0.06], steel);
}

/** A house: walls, rows of windows on all four sides, and a flat roof. */
export function addBuilding(
  mesh: Mesh,
  size: Vec3,
  wall: number,
  roof: number,
  window: number,
  storey: number,
): void {
  const [l, w, h] = size;
  mesh.box([0, 0, 0], size, wall, roof);
  for (let z = 0.9; z + 1.5 < h; z += storey) {
    for (const side of [-1, 1]) {
      for (let x = -l / 2 + 1.2; x + 1.4 < l / 2; x += 3.1)
        mesh.face(
          [
            [x, side * (w / 2 + 0.03), z],
            [x + 1.3, side * (w / 2 + 0.03), z],
            [x + 1.3, side * (w / 2 + 0.03), z + 1.4],
            [x, side * (w / 2 + 0.03), z + 1.4],
          ],
          window,
          [0, 0, z],
        );
      for (let y = -w / 2 + 1.2; y + 1.4 < w / 2; y += 3.1)
        mesh.face(
          [
            [side * (l / 2 + 0.03), y, z],
            [side * (l / 2 + 0.03), y + 1.3, z],
            [side * (l / 2 + 0.03), y + 1.3, z + 1.4],
            [side * (l / 2 + 0.03), y, z + 1.4],
          ],
          window,
          [0, 0, z],
        );
    }
  }
}
