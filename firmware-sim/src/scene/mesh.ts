import { cross, dot, type Place, subtract, unit, type Vec2, type Vec3 } from "./vector.ts";

/**
 * Triangles of a scene in columns that grow. Each triangle has a surface and an owner (0: scenery; from 1 on the
 * scene's vehicles), each corner a normal.
 */
export class Mesh {
  points = new Float32Array(3 * 4096);
  normals = new Float32Array(3 * 4096);
  corners = new Uint32Array(3 * 4096);
  surface = new Uint16Array(4096);
  owner = new Uint16Array(4096);
  pointCount = 0;
  triangleCount = 0;
  /** What the next triangles belong to. */
  #owner = 0;
  #place: Place & { readonly up: number } = { x: 0, y: 0, turn: 0, up: 0 };

  /** Forgets everything but keeps the memory. */
  clear(): void {
    this.pointCount = 0;
    this.triangleCount = 0;
    this.at({ x: 0, y: 0, turn: 0 });
  }

  /** The next points are given in this place's axes: x forward, y left, z up from `up`. */
  at(place: Place, owner = 0, up = 0): this {
    this.#place = { ...place, up };
    this.#owner = owner;
    return this;
  }

  /** A flat polygon, convex, its normal turned away from `inside`. */
  face(corners: readonly Vec3[], surface: number, inside: Vec3): void {
    const [a, b, c] = corners;
    if (a === undefined || b === undefined || c === undefined) return;
    let normal = unit(cross(subtract(b, a), subtract(c, a)));
    if (dot(normal, subtract(a, inside)) < 0) normal = [-normal[0], -normal[1], -normal[2]];
    const first = this.pointCount;
    for (const corner of corners) this.#point(corner, normal);
    for (let i = 2; i < corners.length; i++)
      this.#triangle(first, first + i - 1, first + i, surface);
  }

  /** An upright box on `[x, y, z]` (middle of its bottom); `lid` is the top's surface. */
  box(at: Vec3, size: Vec3, surface: number, lid = surface): void {
    const [x, y, z] = at;
    const [l, w, h] = [size[0] / 2, size[1] / 2, size[2]];
    const middle: Vec3 = [x, y, z + h / 2];
    const low: Vec3[] = [
      [x + l, y + w, z],
      [x + l, y - w, z],
      [x - l, y - w, z],
      [x - l, y + w, z],
    ];
    const high = low.map(([px, py]): Vec3 => [px, py, z + h]);
    for (let i = 0; i < 4; i++) {
      const next = (i + 1) % 4;
      const side = [low[i], low[next], high[next], high[i]].filter((p) => p !== undefined);
      this.face(side, surface, middle);
    }
    this.face(high, lid, middle);
  }

  /** A box that leans or tapers: eight corners, the lower four and the upper four in the same turn. */
  block(low: readonly Vec3[], high: readonly Vec3[], surface: number, lid = surface): void {
    const all = [...low, ...high];
    const middle = all.reduce<Vec3>(
      (sum, p) => [
        sum[0] + p[0] / all.length,
        sum[1] + p[1] / all.length,
        sum[2] + p[2] / all.length,
      ],
      [0, 0, 0],
    );
    for (let i = 0; i < low.length; i++) {
      const next = (i + 1) % low.length;
      const side = [low[i], low[next], high[next], high[i]].filter((p) => p !== undefined);
      this.face(side, surface, middle);
    }
    this.face(high, lid, middle);
  }

  /** A round column of `sides` faces from `low` to `high`, smooth around. */
  column(low: Vec3, high: Vec3, radius: Vec2, surface: number, sides = 6): void {
    const rings = [low, high].map((middle, at) =>
      Array.from({ length: sides + 1 }, (_, i): Vec3 => {
        const turn = (2 * Math.PI * i) / sides;
        const r = radius[at] ?? 0;
        return [middle[0] + r * Math.cos(turn), middle[1] + r * Math.sin(turn), middle[2]];
      }),
    );
    this.loft(rings, () => surface, [
      (low[0] + high[0]) / 2,
      (low[1] + high[1]) / 2,
      (low[2] + high[2]) / 2,
    ]);
  }

  /**
   * A skin over rings of equally many points, smooth along and around.
   *
   * @param surfaceOf the surface between ring `ring` and the next, from point `strip` to the next; 0: a hole
   * @param inside a point that the normals turn away from
   */
  loft(
    rings: readonly (readonly Vec3[])[],
    surfaceOf: (ring: number, strip: number) => number,
    inside: Vec3,
    smooth = true,
  ): void {
    if (!smooth) {
      this.#flatLoft(rings, surfaceOf, inside);
      return;
    }
    const first = this.pointCount;
    const width = rings[0]?.length ?? 0;
    rings.forEach((ring, r) => {
      ring.forEach((point, s) => {
        const along = subtract(rings[r + 1]?.[s] ?? point, rings[r - 1]?.[s] ?? point);
        const around = subtract(ring[s + 1] ?? point, ring[s - 1] ?? point);
        let normal = unit(cross(along, around));
        if (dot(normal, subtract(point, inside)) < 0) normal = [-normal[0], -normal[1], -normal[2]];
        this.#point(point, normal);
      });
    });
    for (let r = 0; r + 1 < rings.length; r++) {
      for (let s = 0; s + 1 < width; s++) {
        const surface = surfaceOf(r, s);
        if (surface === 0) continue;
        const [a, b] = [first + r * width + s, first + (r + 1) * width + s];
        this.#triangle(a, b, b + 1, surface);
        this.#triangle(a, b + 1, a + 1, surface);
      }
    }
  }

  #flatLoft(
    rings: readonly (readonly Vec3[])[],
    surfaceOf: (ring: number, strip: number) => number,
    inside: Vec3,
  ): void {
    for (let r = 0; r + 1 < rings.length; r++) {
      for (let s = 0; s + 1 < (rings[r]?.length ?? 0); s++) {
        const surface = surfaceOf(r, s);
        if (surface === 0) continue;
        const quad = [rings[r]?.[s], rings[r + 1]?.[s], rings[r + 1]?.[s + 1], rings[r]?.[s + 1]];
        this.face(
          quad.filter((p) => p !== undefined),
          surface,
          inside,
        );
      }
    }
  }

  #point([px, py, pz]: Vec3, [nx, ny, nz]: Vec3): void {
    const { x, y, turn, up } = this.#place;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const at = this.pointCount++ * 3;
    if (at + 3 > this.points.length) {
      this.points = grown(this.points);
      this.normals = grown(this.normals);
    }
    this.points[at] = x + px * cos - py * sin;
    this.points[at + 1] = y + px * sin + py * cos;
    this.points[at + 2] = up + pz;
    this.normals[at] = nx * cos - ny * sin;
    this.normals[at + 1] = nx * sin + ny * cos;
    this.normals[at + 2] = nz;
  }

  #triangle(a: number, b: number, c: number, surface: number): void {
    const at = this.triangleCount++;
    if (at >= this.surface.length) {
      const corners = new Uint32Array(this.corners.length * 2);
      corners.set(this.corners);
      this.corners = corners;
      this.surface = doubled(this.surface);
      this.owner = doubled(this.owner);
    }
    this.corners[at * 3] = a;
    this.corners[at * 3 + 1] = b;
    this.corners[at * 3 + 2] = c;
    this.surface[at] = surface;
    this.owner[at] = this.#owner;
  }
}

function grown(old: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const made = new Float32Array(old.length * 2);
  made.set(old);
  return made;
}

function doubled(old: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const made = new Uint16Array(old.length * 2);
  made.set(old);
  return made;
}
