import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { SimulatorPlan } from "../plan.ts";
import { laneView, standAtArm } from "../scene/lane-view.ts";
import { LiveView } from "../scene/live-view.ts";
import { overheadSpacesMost, overheadView } from "../scene/overhead-view.ts";
import { isAstir, populate } from "../scene/town-moment.ts";
import { TownHeaven } from "../scene/town-sky.ts";
import { SeededRandom } from "../seeded-random.ts";
import type { Town } from "../town.ts";
import { PictureCamera } from "./picture-camera.ts";
import { ViewPictures } from "./view-pictures.ts";

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
  town: Town,
  clock: Clock,
): PictureCamera[] {
  return facility.cameras.flatMap((camera) => {
    const port = portOf(camera);
    if (port === undefined) return [];
    const view = liveView(camera, facility, seed, town);
    const noise = new SeededRandom(seed).fork(`noise of ${camera.id}`);
    const signIn = credentials.cameras[camera.id];
    return new PictureCamera({
      name: camera.id,
      port,
      pictures: new ViewPictures(view, clock, noise),
      ...(signIn === undefined ? {} : { signIn }),
    });
  });
}

function portOf({ source }: CameraConfig): number | undefined {
  if (source.kind !== "snapshot" && source.kind !== "mjpeg") return undefined;
  return Number(new URL(source.url).port);
}

function liveView(
  { lane }: CameraConfig,
  facility: FacilityConfig,
  seed: number,
  town: Town,
): LiveView {
  const site = facility.facility.location ?? berlin;
  if (lane !== undefined) {
    const view = laneView(lane);
    return new LiveView(view, new TownHeaven(site, seed, view.lampHeads), {
      keyAt: () => town.frontOf(lane)?.plate ?? "",
      enter: (mesh, surfaces, _at, isDark) =>
        standAtArm(mesh, surfaces, town.frontOf(lane), isDark),
    });
  }
  const spaces = overheadSpaces(facility);
  const view = overheadView(spaces);
  const takerOf = (spaceId: string) => town.bays.takerOf(spaceId);
  return new LiveView(view, new TownHeaven(site, seed, view.lampHeads), {
    keyAt: (at) =>
      isAstir(view, at) ? undefined : spaces.map((id) => takerOf(id)?.number ?? "").join(),
    enter: (mesh, surfaces, at, isDark) => populate(mesh, surfaces, view, takerOf, at, isDark),
  });
}
