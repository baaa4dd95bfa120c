import { SeededRandom } from "../seeded-random.ts";
import { CameraView } from "./camera-view.ts";
import { addVehicle, type Vehicle } from "./fleet.ts";
import { addLaneScenery, laneKinds, lanePaints } from "./lane-scene.ts";
import { Mesh } from "./mesh.ts";
import type { Setting } from "./painted-scene.ts";
import { europeanPlate } from "./plate-look.ts";
import { Surfaces } from "./surfaces.ts";
import { type Body, bodyOf, lookOf, type TownCar } from "./town-moment.ts";
import type { Vec3 } from "./vector.ts";

/** A lane of the demonstration as its plate camera sees it. */
export interface LaneView extends Setting {
  readonly surfaces: Surfaces;
  readonly lampHeads: readonly Vec3[];
}

/** The camera stands beside the lane; cars stop with the nose this far before it. In metres. */
const stopsAt = 4.6;

/** Each lane has its own ground and surroundings, always the same. */
export function laneView(laneId: string): LaneView {
  const random = new SeededRandom(31).fork(laneId);
  const view = new CameraView({
    at: [0, 1.3, 1.5],
    target: [stopsAt, 0, 0.55],
    roll: 0,
    focalPx: 1150,
    width: 1280,
    height: 720,
    barrel: 0,
  });
  const surfaces = new Surfaces();
  const scenery = new Mesh();
  addLaneScenery(random, scenery, surfaces, view);
  const [kinds, paints] = [laneKinds(random), lanePaints(random)];
  const lampHeads: Vec3[] = [[1.5, -1.5, 3.6]];
  return { view, surfaces, scenery, kinds, paints, regions: [], lampHeads };
}

/** Adds the car that stands before the arm, with the plate that it truly carries. */
export function standAtArm(
  mesh: Mesh,
  surfaces: Surfaces,
  car: TownCar | undefined,
  isDark: boolean,
): Body[] {
  if (car === undefined) return [];
  const vehicle: Vehicle = {
    ...lookOf(car),
    rider: true,
    lightsOn: isDark,
    plate: europeanPlate(car.plate, "D"),
  };
  // A motorcycle carries its plate behind: its camera looks after it.
  const leaves = vehicle.kind === "motorcycle";
  const place = { x: stopsAt + vehicle.length / 2, y: 0, turn: leaves ? 0 : Math.PI };
  addVehicle(mesh, surfaces, vehicle, place, 1);
  return [bodyOf(vehicle, place)];
}
