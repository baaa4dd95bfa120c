import { type CameraView, nearest } from "./camera-view.ts";
import type { Mesh } from "./mesh.ts";
import { grain, noiseSide } from "./noise.ts";
import type { Plane } from "./plane.ts";
import { finishCode, type Surfaces } from "./surfaces.ts";

/**
 * Draws a mesh into the plane's depth, surface, owner and normal (z-buffer; both sides of a triangle show).
 *
 * @param drawn gets, by owner, how many samples its vehicle would fill if nothing stood before it
 * @param mirrored draws the mesh upside down under the ground, for reflections in wet ground
 */
export function drawMesh(
  mesh: Mesh,
  surfaces: Surfaces,
  view: CameraView,
  plane: Plane,
  drawn?: Uint32Array,
  mirrored = false,
): void {
  const seen = seenFrom(view, mesh, mirrored);
  for (let t = 0; t < mesh.triangleCount; t++) {
    const [a, b, c] = [
      (mesh.corners[t * 3] ?? 0) * 6,
      (mesh.corners[t * 3 + 1] ?? 0) * 6,
      (mesh.corners[t * 3 + 2] ?? 0) * 6,
    ];
    const surface = mesh.surface[t] ?? 0;
    const leaf = surfaces.finish[surface] === finishCode.leaf;
    const owner = mesh.owner[t] ?? 0;
    const behind =
      Number((seen[a + 2] ?? 0) < nearest) +
      Number((seen[b + 2] ?? 0) < nearest) +
      Number((seen[c + 2] ?? 0) < nearest);
    if (behind === 3) continue;
    corner.set(seen.subarray(a, a + 6), 0);
    corner.set(seen.subarray(b, b + 6), 6);
    corner.set(seen.subarray(c, c + 6), 12);
    if (behind === 0) fill(plane, surface, owner, leaf, drawn);
    else fillClipped(plane, surface, owner, leaf, drawn);
  }
}

/** Three corners, each: right, down, depth (metres), normal x, y, z. */
const corner = new Float32Array(18);
let room = new Float32Array(0);

/** All points of a mesh as the camera sees them, six numbers each (see `corner`). */
function seenFrom(view: CameraView, mesh: Mesh, mirrored: boolean): Float32Array {
  if (room.length < mesh.pointCount * 6) room = new Float32Array(mesh.points.length * 2);
  const { at } = view.pose;
  const { right, down, forward } = view;
  const up = mirrored ? -1 : 1;
  for (let i = 0; i < mesh.pointCount; i++) {
    const x = (mesh.points[i * 3] ?? 0) - at[0];
    const y = (mesh.points[i * 3 + 1] ?? 0) - at[1];
    const z = up * (mesh.points[i * 3 + 2] ?? 0) - at[2];
    room[i * 6] = x * right[0] + y * right[1] + z * right[2];
    room[i * 6 + 1] = x * down[0] + y * down[1] + z * down[2];
    room[i * 6 + 2] = x * forward[0] + y * forward[1] + z * forward[2];
    room[i * 6 + 3] = mesh.normals[i * 3] ?? 0;
    room[i * 6 + 4] = mesh.normals[i * 3 + 1] ?? 0;
    room[i * 6 + 5] = mesh.normals[i * 3 + 2] ?? 0;
  }
  return room;
}

/** Cuts the triangle in `corner` at the nearest distance and fills what is left, as one or two triangles. */
function fillClipped(
  plane: Plane,
  surface: number,
  owner: number,
  leaf: boolean,
  drawn: Uint32Array | undefined,
): void {
  const kept: Float32Array[] = [];
  for (let i = 0; i < 3; i++) {
    const from = corner.slice(i * 6, i * 6 + 6);
    const to = corner.slice(((i + 1) % 3) * 6, ((i + 1) % 3) * 6 + 6);
    const [zFrom, zTo] = [from[2] ?? 0, to[2] ?? 0];
    if (zFrom >= nearest) kept.push(from);
    if (zFrom >= nearest === zTo >= nearest) continue;
    const t = (nearest - zFrom) / (zTo - zFrom);
    kept.push(from.map((value, k) => value + ((to[k] ?? 0) - value) * t));
  }
  for (let i = 2; i < kept.length; i++) {
    [kept[0], kept[i - 1], kept[i]].forEach((each, k) => corner.set(each ?? [], k * 6));
    corner[2] = Math.max(corner[2] ?? 0, nearest);
    fill(plane, surface, owner, leaf, drawn);
  }
}

/** Fills the triangle in `corner` row by row; each row's span is solved from the three edges. */
function fill(
  plane: Plane,
  surface: number,
  owner: number,
  leaf: boolean,
  drawn: Uint32Array | undefined,
): void {
  const { width, height, focal, near, normal, stamp } = plane;
  const [wa, wb, wc] = [1 / (corner[2] ?? 1), 1 / (corner[8] ?? 1), 1 / (corner[14] ?? 1)];
  const xa = (corner[0] ?? 0) * wa * focal + width / 2 - 0.5;
  const ya = (corner[1] ?? 0) * wa * focal + height / 2 - 0.5;
  const xb = (corner[6] ?? 0) * wb * focal + width / 2 - 0.5;
  const yb = (corner[7] ?? 0) * wb * focal + height / 2 - 0.5;
  const xc = (corner[12] ?? 0) * wc * focal + width / 2 - 0.5;
  const yc = (corner[13] ?? 0) * wc * focal + height / 2 - 0.5;
  const area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya);
  if (Math.abs(area) < 1e-9) return;
  const top = Math.max(0, Math.ceil(Math.min(ya, yb, yc)));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ya, yb, yc)));
  const leftmost = Math.max(0, Math.ceil(Math.min(xa, xb, xc)));
  const rightmost = Math.min(width - 1, Math.floor(Math.max(xa, xb, xc)));
  if (top > bottom || leftmost > rightmost) return;
  // Barycentric weights of b and c grow by these for one sample to the right, and down.
  const bx = (yc - ya) / area;
  const by = -(xc - xa) / area;
  const cx = -(yb - ya) / area;
  const cy = (xb - xa) / area;
  const nxa = corner[3] ?? 0;
  const nya = corner[4] ?? 0;
  const nza = corner[5] ?? 0;
  const [nxb, nyb, nzb] = [
    (corner[9] ?? 0) - nxa,
    (corner[10] ?? 0) - nya,
    (corner[11] ?? 0) - nza,
  ];
  const [nxc, nyc, nzc] = [
    (corner[15] ?? 0) - nxa,
    (corner[16] ?? 0) - nya,
    (corner[17] ?? 0) - nza,
  ];
  const ax = -bx - cx;
  for (let y = top; y <= bottom; y++) {
    const ofB = (0 - xa) * bx + (y - ya) * by;
    const ofC = (0 - xa) * cx + (y - ya) * cy;
    const ofA = 1 - ofB - ofC;
    let from = leftmost;
    let to = rightmost;
    // weight + x * step >= 0 for each of the three
    if (bx > 1e-12) from = Math.max(from, Math.ceil(-ofB / bx - 1e-6));
    else if (bx < -1e-12) to = Math.min(to, Math.floor(-ofB / bx + 1e-6));
    else if (ofB < 0) continue;
    if (cx > 1e-12) from = Math.max(from, Math.ceil(-ofC / cx - 1e-6));
    else if (cx < -1e-12) to = Math.min(to, Math.floor(-ofC / cx + 1e-6));
    else if (ofC < 0) continue;
    if (ax > 1e-12) from = Math.max(from, Math.ceil(-ofA / ax - 1e-6));
    else if (ax < -1e-12) to = Math.min(to, Math.floor(-ofA / ax + 1e-6));
    else if (ofA < 0) continue;
    for (let x = from; x <= to; x++) {
      const at = y * width + x;
      if (owner > 0 && stamp[at] !== owner) {
        stamp[at] = owner;
        if (drawn !== undefined) drawn[owner] = (drawn[owner] ?? 0) + 1;
      }
      const b = ofB + x * bx;
      const c = ofC + x * cx;
      const w = wa + b * (wb - wa) + c * (wc - wa);
      if (w <= (near[at] ?? 0)) continue;
      if (leaf && hasHole(x, y)) continue;
      near[at] = w;
      plane.surface[at] = surface;
      plane.owner[at] = owner;
      normal[at * 3] = (nxa + b * nxb + c * nxc) * 127;
      normal[at * 3 + 1] = (nya + b * nyb + c * nyc) * 127;
      normal[at * 3 + 2] = (nza + b * nzb + c * nzc) * 127;
    }
  }
}

/** Foliage lets a tenth of the samples through. */
const hasHole = (x: number, y: number): boolean =>
  (grain[((y >> 1) & (noiseSide - 1)) * noiseSide + ((x >> 1) & (noiseSide - 1))] ?? 0) > 0.8;
