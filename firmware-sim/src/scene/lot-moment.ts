import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import {
  addVehicle,
  drawVehicle,
  type Mix,
  parkedMix,
  trafficMix,
  varied,
  type Vehicle,
} from "./fleet.ts";
import { headlights } from "./headlights.ts";
import type { Placed } from "./labels.ts";
import type { Lamp } from "./light.ts";
import type { Aisle, MarkedBay } from "./lot-plan.ts";
import type { LotSetting } from "./lot-setting.ts";
import type { Mesh } from "./mesh.ts";
import type { Paint } from "./paint.ts";
import type { Moment, Standing } from "./painted-scene.ts";
import { addCone, addTrolley } from "./props.ts";
import { addPerson } from "./small-movers.ts";
import type { Colour, Surfaces } from "./surfaces.ts";
import { onGround, type Place, rectangle } from "./vector.ts";
import type { Sky } from "./weather.ts";

export interface LotMoment extends Moment {
  readonly placed: readonly Placed[];
}

/** Vehicles in bays and aisles, people and things, by chance. @param full share of the bays that are taken */
export function drawLotMoment(
  random: SeededRandom,
  surfaces: Surfaces,
  movers: Mesh,
  { plan }: LotSetting,
  sky: Sky,
  full: number,
): LotMoment {
  const placed: Placed[] = [];
  const standing: Standing[] = [];
  const beams: Lamp[] = [];
  const dark = sky.lightName === "night" || sky.lightName === "dusk";
  const put = (vehicle: Vehicle, place: Place, bayId?: string): void => {
    const owner = placed.length + 1;
    addVehicle(movers, surfaces, vehicle, place, owner);
    placed.push({ owner, vehicle, place, ...(bayId === undefined ? {} : { bayId }) });
    standing.push({
      place,
      length: vehicle.length,
      width: vehicle.width,
      shade: closedness(vehicle),
    });
    if (dark && vehicle.lightsOn) beams.push(...headlights(vehicle, place));
  };
  for (const bay of plan.bays) {
    if (!happens(random, full)) continue;
    const vehicle = drawVehicle(random, parkedMix, dark && happens(random, 0.03));
    put({ ...vehicle, rider: false }, parkedPlace(random, bay, vehicle), bay.id);
  }
  for (const aisle of plan.aisles) {
    for (const { vehicle, place } of drawTraffic(random, aisle, dark)) {
      if (!tooNear(placed, place, vehicle.length)) put(vehicle, place);
    }
  }
  for (const thing of drawThings(random, surfaces, movers, plan.bays, placed)) standing.push(thing);
  return {
    sky: {
      ...sky,
      light: { ...sky.light, lamps: [...sky.light.lamps, ...beams.slice(0, beamsMax)] },
    },
    movers,
    standing,
    placed,
    paints: bareGround(random, plan.bays, placed, sky),
  };
}

const beamsMax = 4;
const aisleMix: Mix = { ...trafficMix, truck: 0.04, bus: 0.01, car: 0.73 };

/** How closed a body stands over the ground. */
const closedness = ({ kind }: Vehicle): number =>
  kind === "motorcycle" ? 0.5 : kind === "bicycle" ? 0.2 : 1;

const tooNear = (placed: readonly Placed[], { x, y }: Place, length: number): boolean =>
  placed.some(
    ({ place, vehicle }) =>
      Math.abs(place.y - y) < 1.8 && Math.abs(place.x - x) < (length + vehicle.length) / 2 + 0.6,
  );

/** Vehicles under way: a few through a lot's aisle, more of all kinds on a road. */
function drawTraffic(
  random: SeededRandom,
  { from, to, width, kind }: Aisle,
  dark: boolean,
): { vehicle: Vehicle; place: Place }[] {
  const isRoad = kind === "lane";
  const some = happens(random, isRoad ? 0.85 : 0.45);
  const count = some ? 1 + Math.floor(random.fraction() * (isRoad ? 9 : 2)) : 0;
  const roadWay = to[0] > from[0] ? 1 : -1;
  return Array.from({ length: count }, () => {
    const vehicle = drawVehicle(
      random,
      isRoad ? trafficMix : aisleMix,
      dark || happens(random, 0.4),
    );
    const way = isRoad ? roadWay : pick(random, [-1, 1]);
    const askew = between(random, -1, 1) * (isRoad ? 0.06 : 0.25);
    const aside = isRoad ? between(random, -0.4, 0.4) : -way * width * 0.14;
    const place = {
      x: between(random, from[0], to[0]),
      y: from[1] + aside,
      turn: (way === 1 ? 0 : Math.PI) + askew,
    };
    return { vehicle: { ...vehicle, rider: true }, place };
  });
}

/** In the bay as people park: off the middle, a little askew, nose first or backed in. */
function parkedPlace(random: SeededRandom, bay: MarkedBay, vehicle: Vehicle): Place {
  const careless = happens(random, 0.12) ? 2.2 : 1;
  const spareLong = Math.max(0.1, (bay.length - vehicle.length) / 2);
  const spareWide = Math.max(0.08, (bay.width - vehicle.width) / 2);
  const askew = between(random, -1, 1) ** 3 * 0.1 * careless;
  const [x, y] = onGround(bay.place, [
    between(random, -0.9, 0.9) * Math.min(0.6, spareLong) * careless,
    between(random, -0.75, 0.75) * Math.min(0.45, spareWide) * careless,
  ]);
  const backed = happens(random, 0.35) ? Math.PI : 0;
  return { x, y, turn: bay.place.turn + askew + backed };
}

/** People, trolleys and cones: near spaces, and sometimes in free ones. */
function drawThings(
  random: SeededRandom,
  surfaces: Surfaces,
  movers: Mesh,
  bays: readonly MarkedBay[],
  placed: readonly Placed[],
): Standing[] {
  const taken = new Set(placed.map(({ bayId }) => bayId));
  const free = bays.filter(({ id }) => !taken.has(id));
  const things: Standing[] = [];
  const people = Math.floor(random.fraction() ** 2 * 7);
  for (let i = 0; i < people; i++) {
    const bay = pick(random, bays);
    const [x, y] = onGround(bay.place, [
      -bay.length / 2 - between(random, -0.5, 3),
      between(random, -1.4, 1.4),
    ]);
    const place = { x, y, turn: random.fraction() * 6 };
    if (placed.some((car) => Math.hypot(car.place.x - x, car.place.y - y) < 1.6)) continue;
    const colour = (): number => surfaces.add(varied(random, pick(random, clothes)));
    addPerson(movers.at(place), between(random, 1.5, 1.92), between(random, -1, 1), {
      skin: surfaces.add(
        pick<Colour>(random, [
          [208, 164, 138],
          [120, 84, 62],
          [176, 130, 100],
        ]),
      ),
      hair: surfaces.add([random.fraction() * 90 + 14, random.fraction() * 60 + 12, 14]),
      top: colour(),
      legs: happens(random, 0.6) ? surfaces.add([38, 44, 62]) : colour(),
    });
    things.push({ place, length: 0.4, width: 0.5, shade: 0.5 });
  }
  for (const bay of free) {
    if (!happens(random, 0.05)) continue;
    const [x, y] = onGround(bay.place, [between(random, -1.8, 1.8), between(random, -0.9, 0.9)]);
    const place = { x, y, turn: random.fraction() * 6 };
    movers.at(place);
    if (happens(random, 0.5))
      addTrolley(movers, surfaces.add([168, 172, 176]), surfaces.add([160, 40, 36]));
    else addCone(movers, surfaces.add([212, 84, 30]), surfaces.add([230, 230, 226]));
    things.push({ place, length: 0.7, width: 0.5, shade: 0.4 });
  }
  return things;
}

const clothes: readonly Colour[] = [
  [34, 36, 42],
  [60, 66, 84],
  [120, 122, 126],
  [206, 204, 198],
  [150, 46, 48],
  [62, 98, 140],
  [96, 110, 78],
  [168, 140, 96],
  [210, 180, 60],
];

/** Where a car stood until now the ground is bare of snow or dry of rain: a free space that looks taken. */
function bareGround(
  random: SeededRandom,
  bays: readonly MarkedBay[],
  placed: readonly Placed[],
  sky: Sky,
): Paint[] {
  if (sky.weatherName !== "rain") return [];
  const taken = new Set(placed.map(({ bayId }) => bayId));
  return bays
    .filter(({ id }) => !taken.has(id) && happens(random, 0.15))
    .map(({ place }) => ({
      polygon: rectangle(place, 4.2, 1.7),
      colour: [170, 168, 164],
      opacity: 0.35,
      wear: 0.2,
    }));
}
