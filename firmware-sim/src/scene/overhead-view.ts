import { SeededRandom } from "../seeded-random.ts";
import { CameraView } from "./camera-view.ts";
import { tenths } from "./labels.ts";
import { layRow, type MarkedBay } from "./lot-plan.ts";
import { drawAge } from "./markings.ts";
import { Mesh } from "./mesh.ts";
import { type Paint, stripe } from "./paint.ts";
import type { Setting } from "./painted-scene.ts";
import { addBuilding, addBush, addFence, addLampPost, addTree } from "./props.ts";
import { Surfaces } from "./surfaces.ts";
import type { Vec2, Vec3 } from "./vector.ts";

/** The car park of the demonstration as its overhead camera sees it. */
export interface OverheadView extends Setting {
  readonly surfaces: Surfaces;
  readonly bays: readonly MarkedBay[];
  readonly lampHeads: readonly Vec3[];
  /** Where cars drive between the two rows: metres along y, and half its length along x. */
  readonly aisle: { readonly y: number; readonly reach: number };
}

/** So many spaces the camera watches at most: two rows. */
export const overheadSpacesMost = 24;

const bay = { bayWidth: 2.5, bayLength: 5, degrees: 90 } as const;
const aisleWidth = 6;
const picture = { width: 1280, height: 720 } as const;

/** x is east and y north: the camera hangs 9 m up at the lot's south edge and looks north, the sun behind it. */
const camera = new CameraView({
  at: [0, -14, 9],
  target: [0, 8.2, 0],
  roll: 0,
  focalPx: 690,
  ...picture,
  barrel: 0,
});

/** @param spaceIds the first half stands in the near row from left to right, the others in the far row */
export function overheadView(spaceIds: readonly string[]): OverheadView {
  const bays = baysOf(spaceIds);
  const surfaces = new Surfaces();
  const scenery = new Mesh();
  const reach = Math.max(...bays.map(({ place }) => Math.abs(place.x))) + bay.bayWidth;
  const end = bay.bayLength * 2 + aisleWidth;
  const lampHeads = addSurroundings(scenery, surfaces, reach, end);
  const far = 900;
  return {
    view: camera,
    surfaces,
    bays,
    scenery,
    lampHeads,
    aisle: { y: bay.bayLength + aisleWidth / 2, reach: reach + 14 },
    kinds: [
      { colour: [104, 104, 106], patches: 0.14, grain: 0.35 },
      { colour: [84, 104, 54], patches: 0.3, grain: 0.6 },
    ],
    regions: [
      { kind: 1, polygon: block(-far, end + 1, far, far) },
      { kind: 1, polygon: block(-far, -far, far, -1.5) },
    ],
    paints: [...lines(bays), ...wear(bays)],
  };
}

/** What is drawn on the camera's picture for whoever watches it: outlines by space id, in pixels. */
export function overheadOutlines(spaceIds: readonly string[]): {
  readonly width: number;
  readonly height: number;
  readonly spaces: readonly { readonly id: string; readonly polygon: readonly Vec2[] }[];
} {
  const spaces = baysOf(spaceIds).map(({ id, corners }) => ({
    id,
    polygon: corners
      .map(([x, y]) => camera.project([x, y, 0]))
      .filter((point) => point !== undefined)
      .map(tenths),
  }));
  return { ...picture, spaces };
}

/** @throws RangeError above `overheadSpacesMost` */
function baysOf(spaceIds: readonly string[]): MarkedBay[] {
  if (spaceIds.length > overheadSpacesMost)
    throw new RangeError(`${spaceIds.length} spaces do not fit into the overhead camera's picture`);
  const near = Math.ceil(spaceIds.length / 2);
  const rows = [
    layRow({ y: bay.bayLength, side: -1 }, 0, near, bay),
    layRow({ y: bay.bayLength + aisleWidth, side: 1 }, 1, spaceIds.length - near, bay),
  ];
  const marked = rows.flat().flatMap((each) => ("id" in each ? [each] : []));
  return marked.map((each, i) => ({ ...each, id: spaceIds[i] ?? each.id }));
}

function lines(bays: readonly MarkedBay[]): Paint[] {
  const paint = { colour: [218, 218, 210], opacity: 0.85, wear: 0.35 } as const;
  return bays.flatMap(({ corners: [a, b, c, d] }) =>
    [stripe(a, d, 0.12), stripe(b, c, 0.12)].map((polygon) => ({ ...paint, polygon })),
  );
}

/** Always the same stains and cracks, on the asphalt alone. */
function wear(bays: readonly MarkedBay[]): Paint[] {
  const plan = { bays, aisles: [], islands: [], reach: [18, 18] as const };
  const depth = bay.bayLength * 2 + aisleWidth;
  return drawAge(new SeededRandom(11), plan, 0.5).filter(({ polygon }) =>
    polygon.every(([, y]) => y > -1.4 && y < depth),
  );
}

function addSurroundings(mesh: Mesh, surfaces: Surfaces, reach: number, end: number): Vec3[] {
  const random = new SeededRandom(23);
  const leaves = [
    surfaces.add([58, 82, 38], "leaf"),
    surfaces.add([70, 90, 44], "leaf"),
    surfaces.add([50, 72, 36], "leaf"),
  ];
  const bark = surfaces.add([84, 72, 60]);
  const steel = surfaces.add([128, 132, 134]);
  const glow = surfaces.add([255, 240, 210], "glow");
  const kerb = surfaces.add([170, 168, 162]);
  const wall = surfaces.add([150, 92, 74], "wall");
  const glass = surfaces.add([44, 52, 60], "glass");
  mesh.at({ x: 0, y: end + 0.7, turn: 0 }).box([0, 0, 0], [2 * reach + 24, 0.25, 0.14], kerb);
  addFence(mesh.at({ x: 0, y: end + 2.2, turn: 0 }), 2 * reach + 24, steel);
  for (const x of [-24, -9, 13, 27])
    addTree(mesh.at({ x, y: end + 7, turn: 0 }), random, 6 + random.fraction() * 3, bark, leaves);
  addBush(mesh.at({ x: -16, y: end + 4, turn: 0 }), random, 0.8, 9, leaves);
  addBuilding(mesh.at({ x: 6, y: end + 26, turn: 0 }), [44, 12, 10], wall, steel, glass, 3.2);
  return [-0.5, 0.5].flatMap((share): Vec3[] => {
    const place = { x: share * 2 * reach * 0.55, y: end + 1.3, turn: -Math.PI / 2 };
    const heads = addLampPost(mesh.at(place), 7.5, 1.6, 1, steel, glow);
    return heads.map(([along, , up]): Vec3 => [place.x, place.y - along, up]);
  });
}

const block = (x0: number, y0: number, x1: number, y1: number): readonly Vec2[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];
