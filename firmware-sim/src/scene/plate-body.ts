import type { Mesh } from "./mesh.ts";
import { grainAt } from "./noise.ts";
import type { Lettering, PlateLook } from "./plate-look.ts";
import { strokesOf } from "./strokes.ts";
import type { Surfaces } from "./surfaces.ts";
import type { Vec2, Vec3 } from "./vector.ts";

/** Where a plate is fixed on a vehicle, in its axes (x forward, y left, z up). */
export interface PlateMount {
  /** Middle of the plate; x is the face it stands on. */
  readonly at: Vec3;
  /** 1: looks forward, −1: backward. */
  readonly end: 1 | -1;
  /** Turned in its plane and leaning back, in radians. */
  readonly roll: number;
  readonly lean: number;
}

/** Signs are squeezed to this share of their width at most. */
const narrowest = 0.88;

/** Layers stand so far before each other, so that none shows through. */
const layer = 0.004;

/** A point of the plate, right and up from its middle as one reads it, as a point of the vehicle. */
export function onPlate({ at, end, roll, lean }: PlateMount, [right, up]: Vec2, out = 0): Vec3 {
  const y = right * Math.cos(roll) - up * Math.sin(roll);
  const z = right * Math.sin(roll) + up * Math.cos(roll);
  return [at[0] + end * (out - z * Math.tan(lean)), at[1] + end * y, at[2] + z];
}

/** Corners as one reads the plate: top left, top right, bottom right, bottom left. */
export function plateCorners({ width, height }: PlateLook, mount: PlateMount): readonly Vec3[] {
  const [w, h] = [width / 2, height / 2];
  const corners: readonly Vec2[] = [
    [-w, h],
    [w, h],
    [w, -h],
    [-w, -h],
  ];
  return corners.map((corner) => onPlate(mount, corner));
}

/** Adds a plate with every sign to the mesh's vehicle. @param bright the plate throws lamps' light back */
export function addPlate(
  mesh: Mesh,
  surfaces: Surfaces,
  look: PlateLook,
  mount: PlateMount,
  bright: boolean,
): void {
  const draw = new PlateDrawing(mesh, mount);
  const { width, height, heading, band } = look;
  const back = surfaces.add(look.back, bright ? "glow" : "matt");
  const ink = surfaces.add(look.ink);
  draw.rect(
    [-width / 2 - 0.008, -height / 2 - 0.008],
    [width / 2 + 0.008, height / 2 + 0.008],
    ink,
    -1,
  );
  draw.rect([-width / 2, -height / 2], [width / 2, height / 2], back, 0);
  const bandWidth = band === undefined ? 0 : 0.042;
  if (band !== undefined) {
    draw.rect(
      [-width / 2, -height / 2],
      [-width / 2 + bandWidth, height / 2],
      surfaces.add(band.colour),
      1,
    );
    const paper = surfaces.add([236, 236, 230]);
    draw.text(
      band.country,
      [-width / 2 + 0.004, -height * 0.4],
      0.026,
      0.034,
      look.lettering,
      paper,
    );
  }
  const top = heading === undefined ? height * 0.42 : height * 0.26;
  if (heading !== undefined)
    draw.text(
      heading.text,
      [-width * 0.3, height * 0.3],
      height * 0.14,
      width * 0.6,
      look.lettering,
      surfaces.add(heading.ink),
    );
  const rowHeight = (top + height * 0.42) / look.rows.length;
  look.rows.forEach((row, i) => {
    const low = top - (i + 1) * rowHeight;
    const room = width - bandWidth - 0.03;
    draw.text(
      row,
      [-width / 2 + bandWidth + 0.015, low + rowHeight * 0.06],
      rowHeight * 0.86,
      room,
      look.lettering,
      ink,
    );
  });
  if (look.dirt > 0) draw.dirt(look, surfaces.add([84, 74, 62]));
}

class PlateDrawing {
  readonly #mesh: Mesh;
  readonly #mount: PlateMount;

  constructor(mesh: Mesh, mount: PlateMount) {
    this.#mesh = mesh;
    this.#mount = mount;
  }

  rect([left, low]: Vec2, [right, high]: Vec2, surface: number, above: number): void {
    const corners: readonly Vec2[] = [
      [left, low],
      [right, low],
      [right, high],
      [left, high],
    ];
    this.#flat(corners, surface, above);
  }

  /** Signs from `at` (left, bottom) on, squeezed into `room` metres. */
  text(
    text: string,
    at: Vec2,
    highest: number,
    room: number,
    lettering: Lettering,
    surface: number,
  ): void {
    const signs = text.split("");
    const step = (sign: string): number => (sign === " " ? 0.5 : 1);
    const cells = signs.reduce((sum, sign) => sum + step(sign), 0);
    // Signs may be squeezed a little; where that is not enough all become smaller.
    const wanted = lettering.width + lettering.stroke * 1.5;
    const height = Math.min(highest, room / cells / (wanted * narrowest));
    const thick = lettering.stroke * height;
    const cell = Math.min(height * wanted, room / cells);
    const low = at[1] + (highest - height) / 2;
    let left = at[0] + (room - cell * cells) / 2;
    for (const sign of signs) {
      const width = Math.min(height * lettering.width, cell - thick * 1.5) - thick;
      for (const [x0, y0, x1, y1] of strokesOf(sign)) {
        const x = left + thick;
        const y = low + thick / 2;
        const tall = height - thick;
        this.#stroke(
          [x + x0 * width, y + y0 * tall],
          [x + x1 * width, y + y1 * tall],
          thick,
          lettering,
          surface,
        );
      }
      left += cell * step(sign);
    }
  }

  dirt({ width, height, dirt }: PlateLook, surface: number): void {
    for (let i = 0; i < dirt * 60; i++) {
      const x = (grainAt(i * 3 + dirt * 990, 7) * width) / 2;
      const y = (grainAt(i * 5 + dirt * 990, 11) * height) / 2;
      const size = 0.002 + 0.004 * Math.abs(grainAt(i, 3));
      this.rect([x - size, y - size], [x + size, y + size], surface, 3);
    }
  }

  #stroke(from: Vec2, to: Vec2, thick: number, { ends }: Lettering, surface: number): void {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1e-6;
    const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    const half = thick / 2;
    const reach = ends === "square" ? half : half * 0.4;
    const side: Vec2 = [-uy * half, ux * half];
    const cut = ends === "square" ? 1 : 0.45;
    const point = (end: Vec2, along: number, across: number): Vec2 => [
      end[0] + ux * along + side[0] * across,
      end[1] + uy * along + side[1] * across,
    ];
    this.#flat(
      [
        point(from, 0, -1),
        point(to, 0, -1),
        point(to, reach, -cut),
        point(to, reach, cut),
        point(to, 0, 1),
        point(from, 0, 1),
        point(from, -reach, cut),
        point(from, -reach, -cut),
      ],
      surface,
      2,
    );
  }

  #flat(corners: readonly Vec2[], surface: number, above: number): void {
    const points = corners.map((corner) => onPlate(this.#mount, corner, above * layer));
    this.#mesh.face(points, surface, [
      this.#mount.at[0] - this.#mount.end,
      this.#mount.at[1],
      this.#mount.at[2],
    ]);
  }
}
