import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import { type CameraPose, CameraView } from "./camera-view.ts";
import { addVehicle, drawVehicle, type Mix, plateMounts, type Vehicle, varied } from "./fleet.ts";
import type { GroundKind } from "./ground.ts";
import type { Placed, PlateLabel } from "./labels.ts";
import { tenths } from "./labels.ts";
import type { PictureSize } from "./lot-setting.ts";
import { Mesh } from "./mesh.ts";
import { blot, type Paint, stripe } from "./paint.ts";
import type { Setting, Standing } from "./painted-scene.ts";
import { plateCorners } from "./plate-body.ts";
import { drawPlate } from "./plate-look.ts";
import { addBuilding, addBush, addLampPost } from "./props.ts";
import type { Surfaces } from "./surfaces.ts";
import { onGround, type Place, type Vec2 } from "./vector.ts";

/** An entry lane along x with a vehicle whose plate the camera reads. */
export interface LaneSetting extends Setting {
  /** Where the vehicle stands; the camera looks at the end that is turned to it. */
  readonly place: Place;
  readonly vehicle: Vehicle;
}

const laneMix: Mix = { car: 0.82, van: 0.1, truck: 0.04, bus: 0.01, motorcycle: 0.03, bicycle: 0 };

/** A vehicle in front of a lane's camera, nose or tail towards it, 3 to 8 m away. */
export function drawLaneSetting(
  random: SeededRandom,
  surfaces: Surfaces,
  size: PictureSize,
  bright: boolean,
): LaneSetting {
  const drawn = drawVehicle(random, laneMix, happens(random, 0.5));
  const vehicle: Vehicle = {
    ...drawn,
    rider: true,
    plate: drawPlate(random),
    plateBright: bright,
    plateSkew: between(random, -1, 1) ** 3 * 0.12,
  };
  // The nose of a vehicle that comes points to −x, to the camera; the tail of one that leaves too.
  const comes = vehicle.kind !== "motorcycle" && happens(random, 0.55);
  const askew = between(random, -1, 1) ** 3 * 0.35;
  const away = between(random, 3, 8);
  const place = {
    x: away + vehicle.length / 2,
    y: between(random, -0.4, 0.4),
    turn: (comes ? Math.PI : 0) + askew,
  };
  const view = new CameraView(drawPose(random, vehicle, place, size));
  const scenery = new Mesh();
  addLaneScenery(random, scenery, surfaces, view);
  return {
    view,
    place,
    vehicle,
    kinds: laneKinds(random),
    regions: [],
    paints: lanePaints(random),
    scenery,
  };
}

function drawPose(
  random: SeededRandom,
  vehicle: Vehicle,
  place: Place,
  { width, height }: PictureSize,
): CameraPose {
  const at = [0, between(random, -1.6, 1.6), between(random, 0.7, 2.9)] as const;
  const [x, y] = onGround(place, [(Math.cos(place.turn) < 0 ? 1 : -1) * (vehicle.length / 2), 0]);
  const far = Math.hypot(x - at[0], y - at[1], at[2] - 0.6);
  const plateM = vehicle.plate?.width ?? 0.5;
  const platePx = (between(random, 60, 200) * width) / 640;
  return {
    at,
    target: [x, y + between(random, -0.3, 0.3), 0.6 + between(random, -0.15, 0.35)],
    roll: between(random, -1, 1) ** 3 * 0.15,
    focalPx: Math.max(width * 0.6, (platePx * far) / plateM),
    width,
    height,
    barrel: happens(random, 0.2) ? between(random, 0.02, 0.12) : 0,
  };
}

/** The lane's vehicle in the mesh, with its plate's corners where they can be seen. */
export function placeLaneVehicle(
  mesh: Mesh,
  surfaces: Surfaces,
  { vehicle, place, view }: Pick<LaneSetting, "vehicle" | "place" | "view">,
): { placed: Placed; standing: Standing } {
  addVehicle(mesh, surfaces, vehicle, place, 1);
  const plate = plateLabel(view, vehicle, place);
  return {
    placed: { owner: 1, vehicle, place, ...(plate === undefined ? {} : { plate }) },
    standing: { place, length: vehicle.length, width: vehicle.width, shade: 1 },
  };
}

/** The plate that is turned to the camera, when all its corners lie in the picture. */
function plateLabel(view: CameraView, vehicle: Vehicle, place: Place): PlateLabel | undefined {
  const { plate } = vehicle;
  if (plate === undefined) return undefined;
  const { width, height } = view.pose;
  for (const mount of plateMounts(vehicle)) {
    const corners = plateCorners(plate, mount).map(([x, y, z]): Vec2 | undefined => {
      const [px, py] = onGround(place, [x, y]);
      return view.project([px, py, z]);
    });
    const seen = corners.filter((corner) => corner !== undefined);
    const [a, b, , d] = seen;
    if (seen.length < 4 || a === undefined || b === undefined || d === undefined) continue;
    // Read from its front, the corners go round clockwise.
    const isFront = (b[0] - a[0]) * (d[1] - a[1]) - (b[1] - a[1]) * (d[0] - a[0]) > 0;
    const isInside = seen.every(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height);
    if (isFront && isInside) return { text: plate.text, corners: seen.map(tenths) };
  }
  return undefined;
}

/** The lane's ground. */
export function laneKinds(random: SeededRandom): GroundKind[] {
  const grey = between(random, 60, 140);
  return [{ colour: [grey, grey, grey * 1.01], patches: 0.15, grain: 0.35 }];
}

/** Edge lines and stains. */
export function lanePaints(random: SeededRandom): Paint[] {
  const half = between(random, 1.3, 1.7);
  const line = { colour: [220, 220, 212], opacity: 0.85, wear: random.fraction() * 0.8 } as const;
  const lines = [-half, half].map((y) => ({ ...line, polygon: stripe([-20, y], [60, y], 0.12) }));
  const spots = Array.from({ length: 10 }, (): Paint => {
    const middle: Vec2 = [between(random, 0, 14), between(random, -1.2, 1.2)];
    const radius = between(random, 0.1, 0.5);
    return {
      polygon: blot(middle, radius),
      colour: [36, 34, 32],
      opacity: 0.5,
      wear: 0.3,
      soft: { middle, radius },
    };
  });
  return [...lines, ...spots];
}

/** Kerbs, the barrier's box, a wall or a hedge, a house, lamps. */
export function addLaneScenery(
  random: SeededRandom,
  mesh: Mesh,
  surfaces: Surfaces,
  view: CameraView,
): void {
  const kerb = surfaces.add(varied(random, [168, 166, 160]));
  const steel = surfaces.add([140, 142, 144]);
  const side = view.pose.at[1] > 0 ? -1 : 1;
  mesh.at({ x: 10, y: side * 2.1, turn: 0 }).box([0, 0, 0], [40, 0.7, 0.14], kerb);
  if (happens(random, 0.6)) {
    const box = surfaces.add(
      varied(
        random,
        pick(random, [
          [226, 120, 30],
          [210, 212, 214],
          [200, 170, 40],
        ] as const),
      ),
    );
    mesh
      .at({ x: between(random, 2.2, 9), y: side * 2.2, turn: 0 })
      .box([0, 0, 0], [0.35, 0.35, 1.05], box);
  }
  const leaves = [
    surfaces.add(varied(random, [58, 80, 36]), "leaf"),
    surfaces.add(varied(random, [72, 90, 44]), "leaf"),
  ];
  const far = between(random, 14, 30);
  const behind = random.fraction();
  const wall = surfaces.add(
    varied(
      random,
      pick(random, [
        [150, 90, 70],
        [190, 184, 170],
        [120, 120, 118],
      ] as const),
    ),
    "wall",
  );
  if (behind < 0.3)
    mesh.at({ x: far, y: 0, turn: 0 }).box([0, 0, 0], [0.3, 30, between(random, 2, 5)], wall);
  else if (behind < 0.6)
    addBush(mesh.at({ x: far, y: 0, turn: Math.PI / 2 }), random, 1.4, 24, leaves);
  else
    addBuilding(
      mesh.at({ x: far + 8, y: 0, turn: 0 }),
      [10, 30, 9],
      wall,
      steel,
      surfaces.add([44, 52, 60], "glass"),
      3,
    );
  if (happens(random, 0.4))
    addBush(mesh.at({ x: 9, y: side * 4, turn: 0 }), random, 0.8, 12, leaves);
  if (happens(random, 0.4))
    addLampPost(
      mesh.at({ x: 8, y: side * 3, turn: 0 }),
      5,
      1,
      1,
      steel,
      surfaces.add([250, 240, 214], "glow"),
    );
}
