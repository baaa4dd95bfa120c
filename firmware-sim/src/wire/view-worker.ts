import { parentPort, workerData } from "node:worker_threads";
import { check } from "@gatehouse/shared/check";
import sharp from "sharp";
import { defocus } from "../scene/blur.ts";
import { laneView, standAtArm } from "../scene/lane-view.ts";
import { LiveView } from "../scene/live-view.ts";
import { overheadView } from "../scene/overhead-view.ts";
import { isAstir, populate, type TownCar } from "../scene/town-moment.ts";
import { TownHeaven } from "../scene/town-sky.ts";
import { SeededRandom } from "../seeded-random.ts";
import type { PaintedPicture, PictureFault, PictureOrder, ViewScene } from "./view-orders.ts";

/*
 * Paints one camera's pictures in a thread of its own: a picture takes longer than a simulated relay may be late.
 */

const quality = 85;
const outOfFocusPx = 9;

const scene = workerData as ViewScene;
const random = new SeededRandom(scene.seed).fork("noise");
let cars: ReadonlyMap<string, TownCar> = new Map();
const view = liveView();
const port = parentPort;
check(port !== null, "the painter runs in a thread");
port.on("message", (order: PictureOrder) => void paint(order));

async function paint({ number, at, cars: seen, fault }: PictureOrder): Promise<void> {
  cars = new Map(seen);
  const { width, height } = view;
  const rgb = view.pictureAt(at, random);
  if (fault !== undefined) spoil(rgb, fault);
  const image = sharp(rgb, { raw: { width, height, channels: 3 } });
  const picture: PaintedPicture = { number, jpeg: await image.jpeg({ quality }).toBuffer() };
  port?.postMessage(picture);
}

function liveView(): LiveView {
  const { shows, site, seed } = scene;
  const key = (): string => JSON.stringify([...cars]);
  if (shows.kind === "lane") {
    const lane = laneView(shows.lane);
    return new LiveView(lane, new TownHeaven(site, seed, lane.lampHeads), {
      keyAt: key,
      enter: (mesh, surfaces, _at, isDark) =>
        standAtArm(mesh, surfaces, [...cars.values()][0], isDark),
    });
  }
  const overhead = overheadView(shows.spaces);
  return new LiveView(overhead, new TownHeaven(site, seed, overhead.lampHeads), {
    keyAt: (at) => (isAstir(overhead, at) ? undefined : key()),
    enter: (mesh, surfaces, at, isDark) =>
      populate(mesh, surfaces, overhead, (id) => cars.get(id), at, isDark),
  });
}

function spoil(rgb: Uint8ClampedArray, fault: PictureFault): void {
  if (fault === "out-of-focus") {
    const light = Float32Array.from(rgb);
    defocus({ width: view.width, height: view.height, light }, outOfFocusPx);
    rgb.set(light);
    return;
  }
  const [from, noise] = fault === "black" ? [0, 4] : [62, 6];
  for (let p = 0; p < rgb.length; p++) rgb[p] = from + random.fraction() * noise;
}
