import type { CarShape } from "./car-shape.ts";
import type { Mesh } from "./mesh.ts";
import type { Vec3 } from "./vector.ts";

/** The surfaces of one car. */
export interface CarSurfaces {
  readonly paint: number;
  readonly glass: number;
  /** Bumpers, sills, mirrors; the paint on most cars. */
  readonly trim: number;
  readonly roof: number;
  readonly dark: number;
  readonly tyre: number;
  readonly rim: number;
  readonly headlight: number;
  readonly taillight: number;
  /** 0: none is drawn here. */
  readonly plate: number;
}

/** Builds a car around the mesh's place: x forward, the middle of its footprint at 0. */
export function addCar(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  addBody(mesh, shape, surfaces);
  addCabin(mesh, shape, surfaces);
  if (shape.bed === true) addBed(mesh, shape, surfaces);
  addEnds(mesh, shape, surfaces);
  addWheels(mesh, shape, surfaces);
  addMirrors(mesh, shape, surfaces);
}

/** Metres forward of the middle of a share of the length from the front. */
const forward = (shape: CarShape, share: number): number => (0.5 - share) * shape.length;

/** Height of the body's upper edge at a share of the length. */
function edgeAt(shape: CarShape, share: number): number {
  const { height, nose, cowl, tail, screenFoot, rearFoot } = shape;
  if (share <= screenFoot) return height * (nose + (cowl - nose) * Math.sqrt(share / screenFoot));
  const back = Math.min(1, (share - screenFoot) / (rearFoot - screenFoot));
  return height * (cowl + (tail - cowl) * back);
}

/** The half-width at a share of the length: rounded at nose and tail. */
function halfWidthAt(shape: CarShape, share: number): number {
  const fromEnd = Math.min(share / 0.09, (1 - share) / 0.07, 1);
  return (shape.width / 2) * (0.84 + 0.16 * Math.sqrt(fromEnd));
}

/** The lower body's section: half of it, from the sill up to the middle of the lid, mirrored. */
function section(shape: CarShape, share: number, drop: number): Vec3[] {
  const [x, w] = [forward(shape, share), halfWidthAt(shape, share)];
  const [low, top] = [shape.clearance + drop * 0.08, edgeAt(shape, share) - drop * 0.1];
  const half: readonly (readonly [number, number])[] = [
    [w * 0.93, low],
    [w * 0.995, low + (top - low) * 0.25],
    [w, low + (top - low) * 0.6],
    [w * 0.96, top - 0.06],
    [w * 0.87, top],
    [w * 0.4, top + 0.035],
  ];
  return [
    ...half.map(([y, z]): Vec3 => [x, y, z]),
    ...half.toReversed().map(([y, z]): Vec3 => [x, -y, z]),
  ];
}

function addBody(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  const back = shape.bed === true ? shape.rearFoot + 0.01 : 1;
  const shares = [0.012, 0.04, 0.1, shape.screenFoot * 0.7, shape.screenFoot, 0.5, 0.75, 0.9, 0.965]
    .filter((share) => share < back)
    .concat(back === 1 ? 0.992 : back);
  const rings = [
    section(shape, 0, 1),
    ...shares.map((share) => section(shape, share, 0)),
    ...(back === 1 ? [section(shape, 1, 1)] : []),
  ];
  const middle: Vec3 = [0, 0, shape.height * 0.35];
  mesh.loft(
    rings,
    (_, strip) => (strip === 0 || strip === 10 ? surfaces.trim : surfaces.paint),
    middle,
  );
  const [l, w] = [shape.length / 2 - 0.1, shape.width / 2 - 0.08];
  const under = shape.clearance + 0.02;
  mesh.face(
    [
      [l, w, under],
      [l, -w, under],
      [-l, -w, under],
      [-l, w, under],
    ],
    surfaces.dark,
    middle,
  );
}

/** The cabin: glass all around between pillars, and the roof. */
function addCabin(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  const { screenFoot, screenHead, roofEnd, rearFoot, height } = shape;
  const pillar = 0.09 / shape.length;
  const length = roofEnd - screenHead;
  const door = screenHead + (shape.bed === true ? 0.5 : 0.47) * length;
  const last = roofEnd - pillar * 1.6;
  const stations: [share: number, up: number, side: "glass" | "pillar"][] = [
    [screenFoot, 0, "pillar"],
    [screenHead, 0.97, "glass"],
    [door, 1, "pillar"],
    [door + pillar, 1, shape.blind === true ? "pillar" : "glass"],
    [last, 0.985, "pillar"],
    [roofEnd, 0.955, "pillar"],
    [rearFoot, 0, "pillar"],
  ];
  const rings = stations.map(([share, up]): Vec3[] => {
    const x = forward(shape, share);
    const belt = edgeAt(shape, share) - 0.02;
    const top = belt + (height - belt) * up;
    const foot = (shape.width / 2) * 0.9;
    const head = up === 0 ? foot * 0.93 : (shape.width / 2) * shape.roof;
    const rim = up === 0 ? belt : top - 0.1;
    const half: readonly (readonly [number, number])[] = [
      [foot, belt],
      [head + 0.035, rim],
      [head - 0.04, top],
      [head * 0.5, top + 0.025],
    ];
    return [
      ...half.map(([y, z]): Vec3 => [x, y, z]),
      ...half.toReversed().map(([y, z]): Vec3 => [x, -y, z]),
    ];
  });
  const rearmost = stations.length - 2;
  const surfaceOf = (ring: number, strip: number): number => {
    const isSide = strip === 0 || strip === 6;
    const isEdge = strip === 1 || strip === 5;
    if (ring === 0) return isSide ? surfaces.glass : isEdge ? surfaces.paint : surfaces.glass;
    if (ring === rearmost) {
      if (shape.blind === true) return surfaces.paint;
      return isEdge ? surfaces.paint : surfaces.glass;
    }
    if (isSide) return stations[ring]?.[2] === "glass" ? surfaces.glass : surfaces.paint;
    return isEdge ? surfaces.paint : surfaces.roof;
  };
  mesh.loft(rings, surfaceOf, [forward(shape, 0.55), 0, height * 0.6], false);
}

function addBed(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  const [front, back] = [forward(shape, shape.rearFoot), forward(shape, 1)];
  const [middle, length] = [(front + back) / 2, front - back];
  const [low, high] = [shape.clearance, shape.height * shape.tail];
  const w = shape.width / 2;
  const floor = low + 0.35;
  mesh.box([middle, 0, low], [length, shape.width * 0.96, 0.35], surfaces.paint, surfaces.dark);
  for (const side of [-1, 1])
    mesh.box([middle, side * (w - 0.06), floor], [length, 0.1, high - floor], surfaces.paint);
  mesh.box([back + 0.05, 0, floor], [0.09, shape.width - 0.04, high - floor], surfaces.paint);
}

/** Lights, grille and plates on nose and tail. */
function addEnds(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  const middle: Vec3 = [0, 0, shape.height * 0.4];
  for (const end of [1, -1]) {
    const share = end === 1 ? 0 : 1;
    const x = end * (shape.length / 2 + 0.006);
    const w = halfWidthAt(shape, share);
    const top = edgeAt(shape, share) - 0.12;
    const low = shape.clearance + 0.1;
    const panel = (
      y0: number,
      y1: number,
      z0: number,
      z1: number,
      surface: number,
      out = 0,
    ): void =>
      mesh.face(
        [
          [x + end * out, y0, z0],
          [x + end * out, y1, z0],
          [x + end * out, y1, z1],
          [x + end * out, y0, z1],
        ],
        surface,
        middle,
      );
    panel(-w * 0.96, w * 0.96, low - 0.04, top + 0.03, surfaces.paint, -0.004);
    panel(-w * 0.9, w * 0.9, low - 0.03, low + 0.1, surfaces.trim);
    if (end === 1) panel(-w * 0.55, w * 0.55, low + 0.17, top - 0.05, surfaces.dark);
    const light = end === 1 ? surfaces.headlight : surfaces.taillight;
    const deep = end === 1 ? 0.15 : 0.2;
    for (const side of [-1, 1])
      panel(side * w * 0.6, side * w * 0.97, top - deep, top + 0.01, light, 0.004);
    if (surfaces.plate === 0) continue;
    const plate = plateHeight(shape, end);
    panel(-0.26, 0.26, plate, plate + 0.11, surfaces.plate, 0.01);
  }
}

/** Height of the lower edge of a plate. @param end 1 front, −1 rear */
export const plateHeight = (shape: CarShape, end: number): number =>
  end === 1 ? shape.clearance + 0.24 : Math.min(0.85, shape.height * 0.42);

function addWheels(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  const { wheel, width } = shape;
  for (const share of [0.185, 0.805]) {
    for (const side of [-1, 1]) {
      const x = forward(shape, share);
      const y = side * (width / 2);
      disc(mesh, [x, y + side * 0.002, wheel * 0.98], wheel * 1.17, surfaces.dark);
      disc(mesh, [x, y + side * 0.012, wheel], wheel, surfaces.tyre);
      disc(mesh, [x, y + side * 0.02, wheel], wheel * 0.66, surfaces.rim);
      mesh.box([x, y - side * 0.14, 0], [wheel * 1.3, 0.2, wheel], surfaces.tyre);
    }
  }
}

/** An upright disc that faces sideways. */
export function disc(mesh: Mesh, [x, y, z]: Vec3, radius: number, surface: number): void {
  const corners = Array.from({ length: 12 }, (_, i): Vec3 => {
    const turn = (2 * Math.PI * i) / 12;
    return [x + radius * Math.cos(turn), y, z + radius * Math.sin(turn)];
  });
  mesh.face(corners, surface, [x, 0, z]);
}

function addMirrors(mesh: Mesh, shape: CarShape, surfaces: CarSurfaces): void {
  const x = forward(shape, shape.screenFoot + 0.07);
  const z = edgeAt(shape, shape.screenFoot) - 0.02;
  for (const side of [-1, 1])
    mesh.box([x, side * (shape.width / 2 + 0.06), z], [0.1, 0.2, 0.13], surfaces.trim);
}
