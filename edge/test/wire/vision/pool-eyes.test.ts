import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { blackJpeg, drawnJpeg } from "../../vision/drawn-pictures.ts";
import { digestDoor, HttpCamera } from "./http-camera.ts";
import { cameraOf, patience, PoolSite } from "./pool-site.ts";

let site: PoolSite;
const cameras: HttpCamera[] = [];
beforeEach(() => {
  site = new PoolSite();
});
afterEach(async () => {
  await site.close();
  for (const camera of cameras.splice(0)) await camera.close();
});

const pushed = { kind: "pushed", every_s: 0.2 } as const;

/** Something is sent all the time, as a camera does. */
async function pushing(next: () => Promise<Uint8Array>, until: () => void): Promise<void> {
  await vi.waitFor(
    async () => {
      site.pool.offer("north", await next());
      until();
    },
    { ...patience, interval: 100 },
  );
}

let shown = 0;
/** A picture with a sensor's noise: no two are the same. */
const fresh = (level: number) => async (): Promise<Uint8Array> => {
  shown += 1;
  return drawnJpeg(level + (shown % 3));
};

test("pictures that are sent become sights: vehicles and spaces, in the facility's words", async () => {
  await site.start([cameraOf("north", pushed, { tracking: true })]);
  await pushing(fresh(200), () => expect(site.sights.length).toBeGreaterThan(2));
  const sight = site.sights.at(-1);
  expect(sight).toMatchObject({
    cameraId: "north",
    size: { width: 128, height: 96 },
    isTracking: true,
    spaces: [{ spaceId: "A001", occupied: true }],
  });
  expect(sight?.vehicles).toContainEqual(
    expect.objectContaining({
      vehicleClass: "car",
      spaceId: "A001",
      box: { left: 32, top: 24, right: 96, bottom: 72 },
      trackId: expect.any(Number),
    }),
  );
  expect(site.pool.offer("south", await drawnJpeg(200))).toBe(false);
});

test("a camera that turns black is lost and says why, and comes back by itself", async () => {
  await site.start([cameraOf("north", pushed)]);
  await pushing(fresh(200), () => expect(site.heard.length).toBeGreaterThan(0));
  const black = await blackJpeg();
  await pushing(
    async () => Buffer.concat([black, Buffer.from([(shown += 1) % 256])]),
    () => expect(site.lost).toMatchObject([{ sourceId: "north" }]),
  );
  expect(site.report("north")).toMatchObject({ state: "stale", fault: "camera-black" });
  const told = site.heard.length;
  await pushing(fresh(200), () => expect(site.heard.length).toBeGreaterThan(told));
  expect(site.report("north")).toMatchObject({ state: "online" });
  expect(site.report("north")?.counters["frames_refused_black"]).toBeGreaterThan(0);
});

test("a camera that sends the very same picture again and again is lost", async () => {
  await site.start([cameraOf("north", pushed)]);
  const same = await drawnJpeg(200);
  await pushing(
    async () => same,
    () => expect(site.report("north")).toMatchObject({ state: "stale", fault: "camera-frozen" }),
  );
});

test("a snapshot camera is signed in with what secrets.json says", async () => {
  const account = { user: "eye", password: "secret" };
  const bright = await drawnJpeg(200);
  const camera = new HttpCamera(digestDoor(account, (_request, response) => response.end(bright)));
  cameras.push(camera);
  const url = await camera.listen();
  const source = { kind: "snapshot", url, every_s: 0.5 } as const;
  await site.start([cameraOf("north", source)], { credentials: { north: account } });
  await vi.waitFor(() => expect(site.heard).toMatchObject([{ occupied: true }]), patience);
  expect(site.report("north")?.make).toContain("snapshot of 127.0.0.1");
});

test("a camera that does not answer says so, whatever it was before", async () => {
  const source = { kind: "snapshot", url: "http://127.0.0.1:9/", every_s: 0.5 } as const;
  await site.start([cameraOf("north", source)]);
  await vi.waitFor(
    () => expect(site.report("north")).toMatchObject({ fault: "camera-unreachable" }),
    patience,
  );
});

test("a person examines a picture: the camera's last one, or a file", async () => {
  await site.start([cameraOf("north", pushed)]);
  await pushing(fresh(20), () => expect(site.heard.length).toBeGreaterThan(0));
  const { setup } = site.pool;
  const last = await setup.examine("north");
  expect(last).toMatchObject({ kind: "seen", bays: [{ bay: "bay-1", occupied: false }] });

  const file = join(site.dir, "mine.png");
  writeFileSync(
    file,
    await sharp(await drawnJpeg(220))
      .png()
      .toBuffer(),
  );
  const mine = await setup.examine("north", file);
  expect(mine).toMatchObject({
    kind: "seen",
    size: { width: 128, height: 96 },
    bays: [{ bay: "bay-1", occupied: true }],
    vehicles: expect.arrayContaining([expect.objectContaining({ bay: "bay-1" })]),
  });
  const picture = "picture" in mine ? mine.picture : "";
  expect(picture).toBe(join(site.dir, "cameras/north/examined.jpg"));
  expect((await sharp(readFileSync(picture)).metadata()).format).toBe("jpeg");

  writeFileSync(file, "no picture");
  expect(await setup.examine("north", file)).toMatchObject({
    kind: "refused",
    reason: "not_a_picture",
  });
  expect(await setup.examine("north", join(site.dir, "none.jpg"))).toMatchObject({
    kind: "refused",
    reason: "missing",
  });
});

test("spaces drawn anew are looked for after a reload", async () => {
  await site.start([cameraOf("north", pushed)]);
  await pushing(fresh(200), () => expect(site.sights.length).toBeGreaterThan(0));
  const [camera] = site.pool.setup.cameras();
  expect(camera).toMatchObject({ id: "north", spaceOfBay: { "bay-1": "A001" } });
  const polygon = [
    [0, 0],
    [20, 0],
    [20, 20],
  ];
  const frames = [{ file: "live", width: 128, height: 96, spaces: [{ id: "B7", polygon }] }];
  mkdirSync(camera?.dir ?? "", { recursive: true });
  writeFileSync(join(camera?.dir ?? "", "view.json"), JSON.stringify({ frames }));
  site.pool.setup.reload("north");
  await pushing(fresh(200), () =>
    expect(site.sights.at(-1)?.spaces).toMatchObject([{ spaceId: "B7", occupied: false }]),
  );
});

test("a calibration by the next pictures is kept and in force", async () => {
  await site.start([cameraOf("north", pushed)]);
  await pushing(fresh(200), () => expect(site.sights.length).toBeGreaterThan(0));
  let outcome: unknown;
  void site.pool.setup.calibrate("north", { kind: "first-frames", frames: 4 }).then((came) => {
    outcome = came;
  });
  await pushing(fresh(200), () => expect(outcome).toBeDefined());
  expect(outcome).toMatchObject({ kind: "calibrated", report: expect.any(Array) });
  expect(existsSync(join(site.dir, "cameras/north/calibration.json"))).toBe(true);
  const told = site.sights.length;
  await pushing(fresh(200), () => expect(site.sights.length).toBeGreaterThan(told));
});

test("while the process is away nobody waits for an answer", async () => {
  await site.start([cameraOf("north", pushed)]);
  await pushing(fresh(200), () => expect(site.heard.length).toBeGreaterThan(0));
  process.kill(site.pool.childPid ?? 0, "SIGSTOP");
  await expect(site.pool.setup.examine("north")).rejects.toMatchObject({
    code: "vision-unreachable",
  });
});
