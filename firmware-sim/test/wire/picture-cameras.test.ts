import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { minutes, type Instant } from "@gatehouse/shared/time";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { demoFacility } from "../../../scripts/start/demo-facility.ts";
import { choosePorts } from "../../../scripts/start/ports.ts";
import { Bays } from "../../src/bays.ts";
import { type Car, makeCar } from "../../src/cars.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import type { PictureCamera } from "../../src/wire/picture-camera.ts";
import { buildPictureCameras, overheadSpaces } from "../../src/wire/picture-cameras.ts";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";

const noon = Date.parse("2026-06-10T10:40:00Z") as Instant;
const clock = { now: () => noon } as Clock;
const signIn = { user: "gatehouse", password: "secret" };
const habits = { misreads: 0, backOuts: 0, tailgates: 0, declinedCards: 0, cancelledCards: 0 };
const car: Car = makeCar(new SeededRandom(1), 1, habits, { median: minutes(5), sigma: 0.1 });
let front: Car | undefined;
let cameras: PictureCamera[];

beforeAll(async () => {
  const ports = await choosePorts(0);
  const ptys = { entry2: "/tmp/unused-1", exit1: "/tmp/unused-2" };
  const demo = demoFacility({ ports, ptys, speed: 5 });
  const lane = {
    id: "lane-1",
    source: { kind: "mjpeg", url: "http://127.0.0.1:0/stream.mjpg" },
    lane: "entry-1",
  };
  const folder = { id: "kept", source: { kind: "folder", path: "pictures" } };
  const facility = FacilityConfig.parse({
    ...demo,
    cameras: [...(demo.cameras ?? []), lane, folder],
  });
  const accounts = { "overhead-1": signIn };
  const credentials = { mqtt: {}, readers: {}, terminals: {}, cameras: accounts, devices: {} };
  const plan = { seed: 1, run: 1, facility, credentials, state_file: "" };
  const bays = new Bays(overheadSpaces(facility).map((spaceId) => ({ spaceId, type: "standard" })));
  cameras = buildPictureCameras(plan, { bays, frontOf: () => front }, clock);
  for (const camera of cameras) await camera.start();
});
afterAll(async () => {
  for (const camera of cameras) await camera.stop();
});

const snapshot = (camera: PictureCamera | undefined, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${camera?.port}/snapshot.jpg`, { headers });

test("every camera of the configuration that speaks HTTP is there, with its own sign-in", async () => {
  expect(cameras.map(({ name }) => name)).toEqual(["overhead-1", "lane-1"]);
  const [overhead, lane] = cameras;
  const basic = Buffer.from("gatehouse:secret").toString("base64");
  expect((await snapshot(overhead)).status).toBe(401);
  expect((await snapshot(overhead, { authorization: `Basic ${basic}` })).status).toBe(200);
  expect((await snapshot(lane)).status).toBe(200);
});

test("a lane's camera shows the car before the arm while it stands there", async () => {
  const [, lane] = cameras;
  const picture = async (): Promise<Buffer> => {
    lane?.setFault("none");
    const jpeg = Buffer.from(await (await snapshot(lane)).arrayBuffer());
    return await sharp(jpeg)
      .greyscale()
      .extract({ left: 500, top: 320, width: 300, height: 120 })
      .raw()
      .toBuffer();
  };
  const differ = (a: Buffer, b: Buffer): number =>
    a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
  const free = await picture();
  front = car;
  const taken = await picture();
  front = undefined;
  const freeAgain = await picture();
  expect(differ(free, taken)).toBeGreaterThan(15);
  expect(differ(free, freeAgain)).toBeLessThan(8);
});
