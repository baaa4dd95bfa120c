import type { Instant } from "@gatehouse/shared/time";
import { between, happens, pick } from "../chance.ts";
import type { CarClass } from "../cars.ts";
import { SeededRandom } from "../seeded-random.ts";
import { addVehicle, drawVehicle, type Mix, type Vehicle } from "./fleet.ts";
import type { MarkedBay } from "./lot-plan.ts";
import type { Mesh } from "./mesh.ts";
import type { OverheadView } from "./overhead-view.ts";
import type { Standing } from "./painted-scene.ts";
import { addPerson } from "./small-movers.ts";
import type { Surfaces } from "./surfaces.ts";
import { onGround, type Place } from "./vector.ts";

/** A car as the town knows it. */
export interface TownCar {
  readonly plate: string;
  readonly vehicleClass: CarClass;
}

/** Somebody or something that stands or moves in the view now. */
export interface Body extends Standing {
  /** Metres. */
  readonly height: number;
  /** Vehicles that drive with their lights on. */
  readonly vehicle?: Vehicle;
}

/** Whether something moves in the view at a moment, so that the next picture differs from the last. */
export const isAstir = ({ bays, aisle }: OverheadView, at: Instant): boolean =>
  passing(aisle, at, false).length > 0 || walkerAt(bays, aisle.y, at) !== undefined;

/** Adds what the view holds at a moment to the mesh: parked cars, cars in the aisle, people. */
export function populate(
  mesh: Mesh,
  surfaces: Surfaces,
  { bays, aisle }: OverheadView,
  takerOf: (spaceId: string) => TownCar | undefined,
  at: Instant,
  isDark: boolean,
): Body[] {
  const bodies: Body[] = [];
  const put = (vehicle: Vehicle, place: Place): void => {
    addVehicle(mesh, surfaces, vehicle, place, bodies.length + 1);
    bodies.push({ ...bodyOf(vehicle, place), ...(vehicle.lightsOn ? { vehicle } : {}) });
  };
  for (const bay of bays) {
    const car = takerOf(bay.id);
    if (car === undefined) continue;
    const vehicle = lookOf(car);
    put(vehicle, parkedAt(bay, vehicle, car));
  }
  for (const { vehicle, place } of passing(aisle, at, isDark)) put(vehicle, place);
  const walker = walkerAt(bays, aisle.y, at);
  if (walker !== undefined) {
    addPerson(mesh.at(walker, bodies.length + 1), 1.75, Math.sin(at / 250), {
      skin: surfaces.add([190, 145, 118]),
      hair: surfaces.add([52, 38, 26]),
      top: surfaces.add([96, 60, 58]),
      legs: surfaces.add([42, 48, 66]),
    });
    bodies.push({ place: walker, length: 0.5, width: 0.5, height: 1.8, shade: 0.5 });
  }
  return bodies;
}

/** Of somebody who sits on a motorcycle or a bicycle. In metres. */
const riderHeight = 1.8;

/** A vehicle as a body that throws shadows. */
export const bodyOf = (vehicle: Vehicle, place: Place): Body => ({
  place,
  length: vehicle.length,
  width: vehicle.width,
  height: vehicle.rider ? Math.max(vehicle.height, riderHeight) : vehicle.height,
  shade: vehicle.kind === "motorcycle" ? 0.5 : 1,
});

/** How a car of the town looks: always the same for one plate. */
export function lookOf({ plate, vehicleClass }: TownCar): Vehicle {
  const random = new SeededRandom(0).fork(plate);
  return { ...drawVehicle(random, mixes[vehicleClass], false), rider: false };
}

const none: Mix = { car: 0, van: 0, truck: 0, bus: 0, motorcycle: 0, bicycle: 0 };
/** What has lost its way into a space of 5 m is no lorry of 11 m: a panel van. */
const mixes: Readonly<Record<CarClass, Mix>> = {
  car: { ...none, car: 0.94, van: 0.06 },
  motorcycle: { ...none, motorcycle: 1 },
  truck: { ...none, van: 1 },
  bus: { ...none, van: 1 },
};

function parkedAt(bay: MarkedBay, vehicle: Vehicle, { plate }: TownCar): Place {
  const random = new SeededRandom(1).fork(`${plate} in ${bay.id}`);
  const spareLong = Math.max(0.1, (bay.length - vehicle.length) / 2);
  const [x, y] = onGround(bay.place, [
    between(random, -0.7, 0.7) * Math.min(0.5, spareLong),
    between(random, -1, 1) * 0.22,
  ]);
  const backed = happens(random, 0.35) ? Math.PI : 0;
  return { x, y, turn: bay.place.turn + backed + between(random, -1, 1) ** 3 * 0.07 };
}

/** A car may drive through the aisle in each of these spans. In milliseconds. */
const passingEvery = 24_000;
const passingShare = 0.3;

function passing(
  { y, reach }: OverheadView["aisle"],
  at: Instant,
  isDark: boolean,
): { vehicle: Vehicle; place: Place }[] {
  const span = Math.floor(at / passingEvery);
  const random = new SeededRandom(2).fork(`passing ${span}`);
  if (!happens(random, passingShare)) return [];
  const vehicle = {
    ...drawVehicle(random, { ...none, car: 0.88, van: 0.12 }, isDark || happens(random, 0.3)),
    rider: true,
  };
  const way = pick(random, [-1, 1]);
  const speed = between(random, 3, 5);
  const gone = ((at - span * passingEvery) / 1000) * speed;
  const x = way * (gone - reach);
  if (Math.abs(x) > reach) return [];
  return [{ vehicle, place: { x, y: y - way * 1.1, turn: way === 1 ? 0 : Math.PI } }];
}

/** Somebody may walk from a space to the end of the lot in each of these spans. In milliseconds. */
const walkEvery = 40_000;
const walkShare = 0.35;

function walkerAt(bays: readonly MarkedBay[], aisleY: number, at: Instant): Place | undefined {
  const span = Math.floor(at / walkEvery);
  const random = new SeededRandom(3).fork(`walk ${span}`);
  if (!happens(random, walkShare)) return undefined;
  const bay = pick(random, bays);
  const way = pick(random, [-1, 1]);
  const gone = ((at - span * walkEvery) / 1000) * 1.3;
  const [x, y] = onGround(bay.place, [-bay.length / 2 - 0.5, 0]);
  const aside = y < aisleY ? 0.3 : -0.3;
  return { x: x + way * gone, y: y + aside, turn: way === 1 ? 0 : Math.PI };
}
