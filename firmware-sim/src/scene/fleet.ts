import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import { addBus, addTruck } from "./big-vehicles.ts";
import { addCar, type CarSurfaces, plateHeight } from "./car-body.ts";
import { type CarShape, carShapes, type VehicleKind } from "./car-shape.ts";
import type { Mesh } from "./mesh.ts";
import { addPlate, type PlateMount } from "./plate-body.ts";
import type { PlateLook } from "./plate-look.ts";
import { addBicycle, addMotorcycle, addPerson } from "./small-movers.ts";
import type { Colour, Surfaces } from "./surfaces.ts";
import type { Place } from "./vector.ts";

/** One vehicle, as drawn by chance; the same one can be drawn again elsewhere. */
export interface Vehicle {
  readonly kind: VehicleKind;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly shape?: CarShape;
  readonly paint: Colour;
  readonly trim: Colour;
  readonly roof: Colour;
  readonly rim: Colour;
  readonly lightsOn: boolean;
  /** Missing: a plate without signs, for pictures in which none can be read. */
  readonly plate?: PlateLook;
  /** The plate throws an infrared lamp's light back. */
  readonly plateBright?: boolean;
  /** How crooked it hangs, in radians. */
  readonly plateSkew?: number;
  /** Somebody sits on it. */
  readonly rider: boolean;
}

/** Car colours with how often they are met among a hundred; black, white and silver lead as in real fleets. */
const paints: readonly (readonly [share: number, colour: Colour])[] = [
  [19, [222, 224, 224]],
  [5, [240, 240, 236]],
  [12, [24, 25, 27]],
  [8, [44, 46, 50]],
  [11, [168, 171, 174]],
  [9, [128, 131, 134]],
  [7, [84, 88, 92]],
  [6, [36, 52, 88]],
  [4, [62, 96, 148]],
  [6, [150, 28, 30]],
  [3, [98, 22, 28]],
  [3, [46, 66, 54]],
  [2, [150, 138, 116]],
  [1.5, [92, 66, 48]],
  [1.5, [196, 160, 44]],
  [1, [208, 96, 32]],
  [1, [112, 160, 188]],
];

/** How often each kind is met; a share of 1 in sum. */
export type Mix = Readonly<Record<VehicleKind, number>>;

export const parkedMix: Mix = {
  car: 0.88,
  van: 0.09,
  truck: 0,
  bus: 0,
  motorcycle: 0.025,
  bicycle: 0.005,
};
export const trafficMix: Mix = {
  car: 0.62,
  van: 0.1,
  truck: 0.1,
  bus: 0.05,
  motorcycle: 0.07,
  bicycle: 0.06,
};

export function drawVehicle(random: SeededRandom, mix: Mix, lightsOn: boolean): Vehicle {
  let chance = random.fraction();
  const kinds = Object.entries(mix) as readonly [VehicleKind, number][];
  const kind = kinds.find(([, share]) => (chance -= share) < 0)?.[0] ?? "car";
  const paint = varied(random, weighted(random, paints));
  const common = {
    kind,
    paint,
    rim: varied(random, happens(random, 0.75) ? [150, 152, 154] : [40, 41, 43]),
    lightsOn,
    rider: happens(random, 0.5),
  };
  if (kind === "car" || kind === "van") {
    const shape = sized(
      random,
      weighted(
        random,
        carShapes.filter(([, each]) => each.kind === kind),
      ),
    );
    const plastic: Colour = [38, 39, 40];
    const glassRoof = kind === "car" && happens(random, 0.13);
    return {
      ...common,
      length: shape.length,
      width: shape.width,
      height: shape.height,
      shape,
      trim: happens(random, 0.3) ? plastic : paint,
      roof: glassRoof ? [20, 21, 23] : paint,
    };
  }
  const light = varied(random, pick(random, lorryBoxes));
  const [length, width, height] = {
    truck: [between(random, 5.8, 11), between(random, 2.2, 2.55), between(random, 2.8, 3.9)],
    bus: [between(random, 8.5, 13.5), 2.55, between(random, 2.9, 3.3)],
    motorcycle: [2.1, 0.8, 1.1],
    bicycle: [1.75, 0.55, 1.05],
  }[kind] as [number, number, number];
  return { ...common, length, width, height, trim: light, roof: light };
}

const lorryBoxes: readonly Colour[] = [
  [226, 228, 228],
  [206, 206, 200],
  [60, 84, 130],
  [160, 44, 38],
  [210, 170, 60],
  [80, 120, 84],
  [120, 122, 126],
];

/** Surfaces and triangles of a vehicle at a place. */
export function addVehicle(
  mesh: Mesh,
  surfaces: Surfaces,
  vehicle: Vehicle,
  place: Place,
  owner: number,
): void {
  mesh.at(place, owner);
  const { lightsOn, shape, kind } = vehicle;
  const look: CarSurfaces = {
    paint: surfaces.add(vehicle.paint, "paint"),
    trim: surfaces.add(vehicle.trim, vehicle.trim === vehicle.paint ? "paint" : "matt"),
    roof: surfaces.add(vehicle.roof, "paint"),
    glass: surfaces.add([34, 38, 40], "glass"),
    dark: surfaces.add([18, 18, 19]),
    tyre: surfaces.add([28, 28, 29]),
    rim: surfaces.add(vehicle.rim, "paint"),
    headlight: lightsOn
      ? surfaces.add([255, 250, 235], "glow")
      : surfaces.add([190, 194, 198], "paint"),
    taillight: lightsOn
      ? surfaces.add([210, 20, 16], "glow")
      : surfaces.add([120, 18, 18], "paint"),
    plate: vehicle.plate === undefined ? surfaces.add([205, 206, 200]) : 0,
  };
  if (shape !== undefined) addCar(mesh, shape, look);
  else if (kind === "truck") addTruck(mesh, vehicle, look);
  else if (kind === "bus") addBus(mesh, vehicle, look);
  else {
    if (kind === "motorcycle") addMotorcycle(mesh, look);
    else addBicycle(mesh, look);
    if (vehicle.rider) {
      const rider = {
        skin: surfaces.add([186, 140, 112]),
        hair: look.dark,
        top: look.paint,
        legs: look.tyre,
      };
      mesh.at(place, owner, 0.25);
      addPerson(mesh, 1.5, 0.8, rider);
    }
  }
  if (vehicle.plate === undefined) return;
  mesh.at(place, owner);
  for (const mount of plateMounts(vehicle))
    addPlate(mesh, surfaces, vehicle.plate, mount, vehicle.plateBright === true);
}

/** Where a vehicle carries its plates: in front and behind, two-wheelers only behind. */
export function plateMounts({
  kind,
  shape,
  length,
  plateSkew = 0,
}: Vehicle): readonly PlateMount[] {
  const lean = 0.03;
  if (kind === "bicycle") return [];
  if (kind === "motorcycle") return [{ at: [-0.92, 0, 0.66], end: -1, roll: plateSkew, lean: 0.3 }];
  return ([1, -1] as const).map((end): PlateMount => {
    const low = shape === undefined ? 0.55 : plateHeight(shape, end);
    return { at: [end * (length / 2 + 0.045), 0, low + 0.06], end, roll: plateSkew, lean };
  });
}

/** Sizes vary around the shape's by up to a tenth. */
function sized(random: SeededRandom, shape: CarShape): CarShape {
  const by = between(random, 0.93, 1.08);
  return {
    ...shape,
    length: shape.length * by * between(random, 0.98, 1.02),
    width: shape.width * Math.sqrt(by) * between(random, 0.98, 1.02),
    height: shape.height * between(random, 0.96, 1.05),
    nose: shape.nose * between(random, 0.96, 1.04),
    screenHead: shape.screenHead * between(random, 0.96, 1.04),
  };
}

function weighted<T>(random: SeededRandom, choices: readonly (readonly [number, T])[]): T {
  let chance = random.fraction() * choices.reduce((sum, [share]) => sum + share, 0);
  const found = choices.find(([share]) => (chance -= share) < 0) ?? choices[0];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found[1];
}

/** A colour a little lighter or darker, and a little off in hue. */
export function varied(random: SeededRandom, colour: Colour): Colour {
  const by = between(random, 0.85, 1.12);
  const off = (): number => between(random, -5, 5);
  const clip = (value: number): number => Math.min(250, Math.max(6, value));
  return [clip(colour[0] * by + off()), clip(colour[1] * by + off()), clip(colour[2] * by + off())];
}
