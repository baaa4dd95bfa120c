import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { greyPicture } from "@gatehouse/firmware-sim/wire/multipart-body";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { PictureFolder } from "@gatehouse/shared/picture-folder";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DiskReadPictures } from "../../src/adapters/lpr/read-pictures.ts";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { signedIn } from "./running-kiosk.ts";

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), "gatehouse-reads-"))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const clock = new PacedClock();
const picturesIn = (): DiskReadPictures =>
  new DiskReadPictures({
    dataDir,
    readerIds: ["cam-1"],
    cameraIds: ["lane-1"],
    keepForDays: 7,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });

async function attendant(pictures: DiskReadPictures) {
  const desk = Object.assign(new TestDesk(clock), { readPictures: pictures });
  const { url } = await startKiosk({ desk });
  return { anna: await signedIn(url, "anna"), url };
}

test("an attendant sees the pictures of a read, whatever its id looks like", async () => {
  const pictures = picturesIn();
  const readId = "../../uuid/of a%read?";
  const prepared = pictures.prepare("cam-1", readId, clock.now(), [
    { kind: "overview", jpeg: Buffer.concat([greyPicture, Buffer.from("overview")]) },
    { kind: "plate", jpeg: greyPicture },
  ]);
  expect(prepared.ids).toHaveLength(2);
  prepared.write();
  await pictures.settled();
  const { anna, url } = await attendant(pictures);
  const path = `/api/reads/cam-1/${encodeURIComponent(readId)}/picture`;
  const answer = await anna.get(path);
  expect(answer.headers.get("content-type")).toBe("image/jpeg");
  expect(Buffer.from(await answer.arrayBuffer()).equals(greyPicture)).toBe(true);
  const overview = await (await anna.get(`${path}?kind=overview`)).arrayBuffer();
  expect(overview.byteLength).toBe(greyPicture.length + 8);
  expect((await anna.get(`${path}?kind=vehicle`)).status).toBe(404);
  expect((await anna.get(`${path}?kind=other`)).status).toBe(400);
  expect((await fetch(new URL(path, url))).status).toBe(401);
  expect(readdirSync(join(dataDir, "readers", "cam-1", "crops"))).toHaveLength(2);
});

test("the crops of our own cameras are found under their reads, and nothing else of the disk", async () => {
  const crops = new PictureFolder(join(dataDir, "cameras", "lane-1", "crops"), 7);
  await crops.keep("1790000000000-3", greyPicture);
  const { anna } = await attendant(picturesIn());
  expect((await anna.get("/api/reads/lane-1/1790000000000-3/picture")).status).toBe(200);
  const paths = ["lane-1/1790000000000-4", "lane-1/..%2F..%2Fbook", "nobody/1", "cam-1/1"];
  const answers = await Promise.all(paths.map((path) => anna.get(`/api/reads/${path}/picture`)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
});
