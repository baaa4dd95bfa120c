import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import { CameraView } from "./camera-view.ts";
import { varied } from "./fleet.ts";
import type { GroundKind } from "./ground.ts";
import { type SpaceOutline, visibleBays } from "./labels.ts";
import { drawLot, type Island, type LotPlan } from "./lot-plan.ts";
import { drawStreet } from "./street-plan.ts";
import { drawAge, drawMarkings } from "./markings.ts";
import { Mesh } from "./mesh.ts";
import type { Setting } from "./painted-scene.ts";
import { addBin, addBuilding, addBush, addFence, addLampPost, addTree } from "./props.ts";
import type { Colour, Surfaces } from "./surfaces.ts";
import { onGround, type Vec3 } from "./vector.ts";

/** A car park as one camera sees it. */
export interface LotSetting extends Setting {
  readonly plan: LotPlan;
  readonly outlines: readonly SpaceOutline[];
  readonly lampHeads: readonly Vec3[];
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What pictures are drawn of: a lot, a few of its spaces from near, or a road with parking along it. */
export type Subject = "lot" | "patch" | "street";

/** A lot and a camera on it by chance, with at least `fewest` spaces in sight. */
export function drawLotSetting(
  random: SeededRandom,
  surfaces: Surfaces,
  size: PictureSize,
  subject: Subject,
): LotSetting {
  const plan = subject === "street" ? drawStreet(random) : drawLot(random);
  const [view, outlines] = chooseView(random, plan, size, subject === "patch");
  const kinds = drawKinds(random);
  const scenery = new Mesh();
  const lampHeads = addScenery(random, scenery, surfaces, plan, view);
  return {
    view,
    plan,
    outlines,
    kinds,
    regions: [
      ...surroundings(plan),
      ...plan.islands.map(({ corners }) => ({ polygon: corners, kind: 2 })),
    ],
    paints: [...drawAge(random, plan, random.fraction()), ...drawMarkings(random, plan)],
    scenery,
    lampHeads,
  };
}

const fewest = 3;
const triesMax = 60;

function chooseView(
  random: SeededRandom,
  plan: LotPlan,
  size: PictureSize,
  closeUp: boolean,
): [CameraView, SpaceOutline[]] {
  let best: [CameraView, SpaceOutline[]] | undefined;
  for (let i = 0; i < triesMax; i++) {
    const view = drawView(random, plan, size, closeUp);
    const outlines = visibleBays(view, plan.bays);
    if (best === undefined || outlines.length > best[1].length) best = [view, outlines];
    if (outlines.length >= (closeUp ? 1 : fewest)) return [view, outlines];
  }
  if (best === undefined) throw new RangeError("no camera drawn");
  return best;
}

/** Where cameras hang: height, and how steeply they look down, in metres and radians. */
const mounts = [
  { height: [3, 5], down: [0.12, 0.5] },
  { height: [4, 9], down: [0.2, 0.75] },
  { height: [5, 12], down: [0.3, 1] },
  { height: [8, 18], down: [0.35, 1.2] },
  { height: [12, 30], down: [0.5, 1.3] },
  { height: [15, 40], down: [1.35, 1.57] },
] as const;

function drawView(
  random: SeededRandom,
  plan: LotPlan,
  { width, height }: PictureSize,
  closeUp: boolean,
): CameraView {
  const mount = pick(random, mounts);
  const up = between(random, mount.height[0], mount.height[1]);
  const down = between(random, mount.down[0], mount.down[1]);
  const bay = pick(random, plan.bays).place;
  const turn = random.fraction() * 2 * Math.PI;
  const away = up / Math.tan(down);
  const far = Math.hypot(up, away);
  // The longer side of the space in the middle comes out this wide.
  const bayPx = closeUp ? between(random, 0.3, 0.75) * width : between(random, 0.06, 0.3) * width;
  const focalPx = Math.min(width * 3, Math.max(width * 0.5, (bayPx * far) / 5));
  return new CameraView({
    at: [bay.x - away * Math.cos(turn), bay.y - away * Math.sin(turn), up],
    target: [bay.x, bay.y, 0],
    roll: between(random, -0.07, 0.07),
    focalPx,
    width,
    height,
    barrel: happens(random, 0.25) ? between(random, 0.02, 0.2) : 0,
  });
}

const bricks = { length: 0.2, width: 0.1, staggered: true, gap: 0.008, variety: 0.16 };
const slabs = { length: 5, width: 4, staggered: false, gap: 0.02, variety: 0.05 };

function drawKinds(random: SeededRandom): GroundKind[] {
  const grey = between(random, 62, 150);
  const lots: readonly GroundKind[] = [
    asphalt(random, grey),
    asphalt(random, grey),
    asphalt(random, grey),
    {
      colour: varied(random, [168, 164, 156]),
      patches: between(random, 0.06, 0.22),
      grain: 0.12,
      joints: slabs,
    },
    { colour: varied(random, [142, 124, 112]), patches: 0.12, grain: 0.15, joints: bricks },
    { colour: varied(random, [140, 132, 120]), patches: 0.15, grain: 0.7 },
  ];
  const green: Colour = pick<Colour>(random, [
    [78, 98, 48],
    [98, 104, 62],
    [64, 92, 50],
    [126, 116, 82],
  ]);
  return [
    pick(random, lots),
    happens(random, 0.6)
      ? { colour: varied(random, green), patches: 0.3, grain: 0.6 }
      : asphalt(random, between(random, 60, 130)),
    happens(random, 0.5)
      ? { colour: varied(random, green), patches: 0.3, grain: 0.6 }
      : { colour: varied(random, [150, 146, 138]), patches: 0.1, grain: 0.15, joints: bricks },
  ];
}

function asphalt(random: SeededRandom, grey: number): GroundKind {
  return {
    colour: [grey, grey * between(random, 0.97, 1.01), grey * between(random, 0.94, 1.05)],
    patches: between(random, 0.05, 0.3),
    grain: between(random, 0.15, 0.5),
  };
}

/** Everything around the lot is of another kind. */
function surroundings({ reach: [x, y] }: LotPlan): Setting["regions"] {
  const far = 300;
  const block = (x0: number, y0: number, x1: number, y1: number): Setting["regions"][number] => ({
    kind: 1,
    polygon: [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ],
  });
  return [
    block(-far, -far, far, -y),
    block(-far, y, far, far),
    block(-far, -y, -x - 12, y),
    block(x + 12, -y, far, y),
  ];
}

/** Trees, lamps, hedges, fences and houses; answers where lamps hang. */
function addScenery(
  random: SeededRandom,
  mesh: Mesh,
  surfaces: Surfaces,
  plan: LotPlan,
  view: CameraView,
): Vec3[] {
  const leaves = [
    surfaces.add(varied(random, [58, 80, 36]), "leaf"),
    surfaces.add(varied(random, [70, 88, 44]), "leaf"),
    surfaces.add(varied(random, happens(random, 0.2) ? [134, 96, 48] : [48, 70, 34]), "leaf"),
  ];
  const bark = surfaces.add([84, 72, 60]);
  const steel = surfaces.add(varied(random, [130, 134, 136]));
  const glow = surfaces.add([250, 240, 214], "glow");
  const heads: Vec3[] = [];
  const [rx, ry] = plan.reach;
  const { at: camera } = view.pose;
  const clear = (x: number, y: number, by: number): boolean =>
    Math.hypot(x - camera[0], y - camera[1]) > by;
  const lamp = (x: number, y: number): void => {
    if (!clear(x, y, 3)) return;
    const [height, arms] = [between(random, 5, 11), happens(random, 0.4) ? 2 : 1];
    const place = { x, y, turn: random.fraction() * 6 };
    const lights = addLampPost(mesh.at(place), height, 1.2, arms, steel, glow);
    heads.push(...lights.map(([lx, ly, lz]): Vec3 => [...onGround(place, [lx, ly]), lz]));
  };
  for (const island of plan.islands)
    plant(random, mesh, surfaces, island, leaves, bark, lamp, clear);
  for (let x = -rx; x <= rx; x += between(random, 14, 24)) lamp(x, pick(random, [-ry, ry]));
  const trees = Math.floor(random.fraction() * 9);
  for (let i = 0; i < trees; i++) {
    const x = between(random, -rx - 12, rx + 12);
    const y = pick(random, [-1, 1]) * (ry + between(random, 1, 9));
    if (!clear(x, y, 9)) continue;
    addTree(mesh.at({ x, y, turn: 0 }), random, between(random, 4, 13), bark, leaves);
  }
  if (happens(random, 0.35))
    for (const side of [-1, 1])
      addFence(mesh.at({ x: 0, y: side * (ry + 0.8), turn: 0 }), 2 * rx, steel);
  if (happens(random, 0.3)) {
    const place = { x: between(random, -rx, rx) / 2, y: pick(random, [-1, 1]) * (ry + 1), turn: 0 };
    if (clear(place.x, place.y, 12)) addBush(mesh.at(place), random, 0.7, rx, leaves);
  }
  if (happens(random, 0.2)) {
    const [x, y] = [between(random, -rx, rx), ry + 0.5];
    addBin(mesh.at({ x, y, turn: 0 }), surfaces.add([54, 74, 60]), surfaces.add([40, 60, 48]));
  }
  addHouses(random, mesh, surfaces, plan, clear);
  return heads.toSorted(
    (a, b) =>
      Math.hypot(a[0] - view.pose.target[0], a[1] - view.pose.target[1]) -
      Math.hypot(b[0] - view.pose.target[0], b[1] - view.pose.target[1]),
  );
}

function plant(
  random: SeededRandom,
  mesh: Mesh,
  surfaces: Surfaces,
  { place, length, width }: Island,
  leaves: readonly number[],
  bark: number,
  lamp: (x: number, y: number) => void,
  clear: (x: number, y: number, by: number) => boolean,
): void {
  const kerb = surfaces.add(varied(random, [168, 166, 160]));
  for (const side of [-1, 1])
    mesh.at(place).box([0, (side * width) / 2, 0], [length, 0.12, 0.13], kerb);
  for (let x = -length / 2 + 1; x < length / 2; x += between(random, 3, 7)) {
    const [px, py] = onGround(place, [x, 0]);
    const what = random.fraction();
    if (!clear(px, py, 7)) continue;
    if (what < 0.3)
      addTree(mesh.at({ x: px, y: py, turn: 0 }), random, between(random, 2.5, 7), bark, leaves);
    else if (what < 0.6)
      addBush(
        mesh.at({ x: px, y: py, turn: place.turn }),
        random,
        Math.min(0.7, width / 3),
        1.4,
        leaves,
      );
    else if (what < 0.75) lamp(px, py);
  }
}

/** Houses around the lot; a low sun lays their shadows over spaces. */
function addHouses(
  random: SeededRandom,
  mesh: Mesh,
  surfaces: Surfaces,
  plan: LotPlan,
  clear: (x: number, y: number, by: number) => boolean,
): void {
  const count = Math.floor(random.fraction() * 4);
  const roof = surfaces.add([96, 92, 90]);
  const window = surfaces.add([44, 52, 60], "glass");
  for (let i = 0; i < count; i++) {
    const wall = surfaces.add(varied(random, pick(random, wallColours)), "wall");
    const size: Vec3 = [between(random, 10, 34), between(random, 8, 14), between(random, 3.5, 16)];
    const side = pick(random, [-1, 1]);
    const x = between(random, -plan.reach[0], plan.reach[0]) * 1.2;
    const y = side * (plan.reach[1] + size[1] / 2 + between(random, 2, 14));
    if (clear(x, y, size[0] / 2 + 9))
      addBuilding(mesh.at({ x, y, turn: 0 }), size, wall, roof, window, between(random, 2.8, 3.6));
  }
}

const wallColours: readonly Colour[] = [
  [146, 84, 66],
  [198, 188, 168],
  [176, 176, 172],
  [120, 118, 114],
  [206, 200, 192],
  [160, 132, 104],
];
