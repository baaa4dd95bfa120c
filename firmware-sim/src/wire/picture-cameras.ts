import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Car } from "../cars.ts";
import type { SimulatorPlan } from "../plan.ts";
import { overheadSpacesMost } from "../scene/overhead-view.ts";
import type { Town } from "../town.ts";
import { PictureCamera } from "./picture-camera.ts";
import type { InSight } from "./view-orders.ts";
import { ViewPictures } from "./view-pictures.ts";

/** What of the town its cameras show. */
type ShownTown = Pick<Town, "bays" | "frontOf">;

/** Where the sun is reckoned for when the configuration names no place. */
const berlin = { latitude: 52.52, longitude: 13.4 };

/** The spaces that a site's overhead camera sees: its first ones. */
export const overheadSpaces = (facility: FacilityConfig): string[] =>
  spacesOf(facility)
    .slice(0, overheadSpacesMost)
    .map(({ spaceId }) => spaceId);

/**
 * The site's picture cameras, as its configuration names them: one with a lane shows the car before its arm, the
 * others show the first spaces from above. Cameras whose pictures do not come over HTTP are not simulated.
 */
export function buildPictureCameras(
  { facility, credentials, seed }: SimulatorPlan,
  town: ShownTown,
  clock: Clock,
): PictureCamera[] {
  return facility.cameras.flatMap((camera) => {
    const port = portOf(camera);
    if (port === undefined) return [];
    const signIn = credentials.cameras[camera.id];
    return new PictureCamera({
      name: camera.id,
      port,
      pictures: picturesOf(camera, facility, seed, town, clock),
      ...(signIn === undefined ? {} : { signIn }),
    });
  });
}

function portOf({ source }: CameraConfig): number | undefined {
  if (source.kind !== "snapshot" && source.kind !== "mjpeg") return undefined;
  return Number(new URL(source.url).port);
}

function picturesOf(
  { lane }: CameraConfig,
  facility: FacilityConfig,
  seed: number,
  town: ShownTown,
  clock: Clock,
): ViewPictures {
  const site = facility.facility.location ?? berlin;
  const carAt = (place: string, car: Car | undefined): InSight["cars"] =>
    car === undefined ? [] : [[place, { plate: car.plate, vehicleClass: car.vehicleClass }]];
  if (lane !== undefined)
    return new ViewPictures({ shows: { kind: "lane", lane }, site, seed }, () => ({
      at: clock.now(),
      cars: carAt(lane, town.frontOf(lane)),
    }));
  const spaces = overheadSpaces(facility);
  return new ViewPictures({ shows: { kind: "overhead", spaces }, site, seed }, () => ({
    at: clock.now(),
    cars: spaces.flatMap((id) => carAt(id, town.bays.takerOf(id))),
  }));
}
