import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import {
  CalibrationState,
  CamerasData,
  Examination,
  ViewAnswer,
} from "@gatehouse/shared/contracts/camera-setup";
import { LedgerLine } from "@gatehouse/shared/contracts/event";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { linesAfter } from "@gatehouse/edge/store/ledger";
import { drawnJpeg, drawnPng } from "../vision/drawn-pictures.ts";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { setupSite, type SetupSite } from "./memory-cameras.ts";
import { type PageClient, signedIn } from "./running-kiosk.ts";

let site: SetupSite;
let page: PageClient;
let jpeg: Buffer;

beforeEach(async () => {
  const clock = new PacedClock();
  jpeg = await drawnJpeg(120);
  site = setupSite(clock, jpeg);
  const desk = new TestDesk(clock);
  desk.cameras = site.flow;
  const { url } = await startKiosk({ clock, desk });
  page = await signedIn(url, "chen");
});

const square = (x: number, y: number): [number, number][] => [
  [x, y],
  [x + 20, y],
  [x + 20, y + 20],
  [x, y + 20],
];

const viewWith = (...spaces: readonly { id: string; polygon: [number, number][] }[]) => ({
  frames: [{ file: "live", width: 128, height: 96, spaces }],
  zones: [{ id: "in", kind: "entry", polygon: square(100, 60) }],
  lines: [{ id: "door", from: [0, 90], to: [128, 90] }],
});

const drawing = async (camera = "north"): Promise<ViewAnswer> =>
  ViewAnswer.parse(await (await page.get(`/api/cameras/${camera}/view`)).json());

const put = (view: unknown, tag: string, camera = "north"): Promise<Response> =>
  page.send("PUT", `/api/cameras/${camera}/view`, view, { "if-match": `"${tag}"` });

const problemOf = async (response: Response): Promise<Problem> =>
  Problem.parse(await response.json());

const ledger = () =>
  linesAfter(site.book, site.book.epoch, 0, 100).map(({ text }) =>
    LedgerLine.parse(JSON.parse(text)),
  );

describe("the list of cameras", () => {
  test("tells how each is, what to do, and which spaces it sees", async () => {
    await put(viewWith({ id: "left", polygon: square(0, 0) }), "none", "south");
    const { cameras } = CamerasData.parse(await (await page.get("/api/cameras")).json());
    expect(cameras).toMatchObject([
      { camera_id: "north", state: "stale", drawing: "none", spaces: [], is_calibrated: false },
      { camera_id: "south", state: "unknown", drawing: "saved", spaces: ["A020"] },
    ]);
    expect(cameras[0]?.hint).toContain("The picture is black");
    expect(cameras[1]?.saved?.by).toBe("chen");
  });

  test("names nobody's camera as such", async () => {
    const answer = await page.get("/api/cameras/west/view");
    expect(answer.status).toBe(404);
    expect((await problemOf(answer)).title).toContain("cameras: north, south");
  });
});

describe("a drawing", () => {
  test("is put in force whole: file, ledger line, and word to whoever looks", async () => {
    const { tag } = await drawing();
    const answer = await put(viewWith({ id: "A001", polygon: square(10.04, 10) }), tag);
    expect(answer.status).toBe(200);
    const file = join(site.dir, "cameras/north/view.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      frames: [{ file: "live", width: 128, spaces: [{ id: "A001" }] }],
      zones: [{ id: "in", kind: "entry" }],
      lines: [{ id: "door" }],
    });
    expect(site.cameras.reloaded).toEqual(["north"]);
    const now = await drawing();
    expect(answer.headers.get("etag")).toBe(`"${now.tag}"`);
    expect(now.view?.frames[0]?.spaces[0]?.polygon[0]).toEqual([10, 10]);
    expect(now.saved).toMatchObject({ by: "chen" });
    expect(ledger()).toMatchObject([
      {
        type: "camera-view-saved",
        body: { camera_id: "north", by: { kind: "technician", id: "chen" }, spaces: 1 },
      },
    ]);
    expect(ledger()[0]?.body["sha256"]).toBe(now.tag);
  });

  test("that somebody else has saved meanwhile is not overwritten", async () => {
    const { tag } = await drawing();
    await put(viewWith({ id: "A001", polygon: square(0, 0) }), tag);
    const late = await put(viewWith({ id: "A002", polygon: square(0, 0) }), tag);
    expect(late.status).toBe(412);
    expect((await problemOf(late)).type).toBe("someone-else-saved");
    expect((await drawing()).view?.frames[0]?.spaces).toMatchObject([{ id: "A001" }]);
  });

  test("sent again because its answer was lost is the same saving", async () => {
    const { tag } = await drawing();
    const view = viewWith({ id: "A001", polygon: square(0, 0) });
    const first = await put(view, tag);
    const again = await put(view, tag);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
  });

  test("that names no drawing it replaces is refused", async () => {
    const view = viewWith({ id: "A001", polygon: square(0, 0) });
    const answer = await page.send("PUT", "/api/cameras/north/view", view);
    expect(answer.status).toBe(428);
  });

  test("with mistakes is refused whole, each mistake with its shape", async () => {
    const { tag } = await drawing();
    const [a, b, c, d] = square(40, 40);
    const answer = await put(
      viewWith(
        { id: "A001", polygon: square(120, 0) },
        { id: "Z900", polygon: square(0, 0) },
        { id: "A003", polygon: [a, c, b, d] as [number, number][] },
      ),
      tag,
    );
    expect(answer.status).toBe(422);
    expect((await problemOf(answer)).errors).toEqual([
      { path: "space A001", message: "a corner lies outside the picture" },
      { path: "space Z900", message: "facility.yaml names no such space" },
      { path: "space A003", message: "its sides cross" },
    ]);
    expect(existsSync(join(site.dir, "cameras/north/view.json"))).toBe(false);
    expect(ledger()).toEqual([]);
  });

  test("keeps the twenty before it", async () => {
    let { tag } = await drawing();
    for (let turn = 0; turn < 25; turn += 1) {
      const answer = await put(viewWith({ id: "A001", polygon: square(turn, 0) }), tag);
      tag = (answer.headers.get("etag") ?? "").replaceAll('"', "");
    }
    const earlier = readdirSync(join(site.dir, "cameras/north/views"));
    expect(earlier).toHaveLength(20);
    expect(earlier).toContain("24.json");
    expect(earlier).not.toContain("4.json");
  });

  test("that is damaged on the disk is told, and a new one takes its place", async () => {
    const folder = join(site.dir, "cameras/north");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "view.json"), "{ not json");
    const broken = await drawing();
    expect(broken.trouble).toContain("it is not JSON");
    expect(broken.view).toBeUndefined();
    const { cameras } = CamerasData.parse(await (await page.get("/api/cameras")).json());
    expect(cameras[0]).toMatchObject({ drawing: "unusable", spaces: [] });
    const answer = await put(viewWith({ id: "A001", polygon: square(0, 0) }), broken.tag);
    expect(answer.status).toBe(200);
  });
});

describe("looking at one picture", () => {
  test("tells everything about it, and the picture itself is fetched by its tag", async () => {
    const answer = await page.post("/api/cameras/north/examine");
    const seen = Examination.parse(await answer.json());
    expect(seen).toMatchObject({
      camera_id: "north",
      width: 128,
      height: 96,
      spaces: [{ bay: "A001", space: "A001", occupied: true, detector: 0.99, classifier: 0.94 }],
      vehicles: [{ vehicle_class: "car", box: [30, 20, 100, 80], bay: "A001" }],
      stages: { fetch: 3, infer: 21 },
    });
    const picture = await page.get(`/api/cameras/north/picture?tag=${seen.tag}`);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(Buffer.from(await picture.arrayBuffer()).equals(jpeg)).toBe(true);
  });

  test("a picture that a younger one has replaced is gone", async () => {
    const seen = Examination.parse(await (await page.post("/api/cameras/north/examine")).json());
    site.cameras.picture = await drawnJpeg(30);
    await page.post("/api/cameras/north/examine");
    const answer = await page.get(`/api/cameras/north/picture?tag=${seen.tag}`);
    expect(answer.status).toBe(404);
    expect((await problemOf(answer)).type).toBe("picture-gone");
  });

  test("many who look at once cost one look", async () => {
    let go: () => void = () => {};
    const { look } = site.cameras;
    const wait = new Promise<void>((resolve) => (go = resolve));
    site.cameras.look = async (camera) => {
      await wait;
      return look(camera);
    };
    const asked = Array.from({ length: 5 }, () => page.post("/api/cameras/north/examine"));
    await expect.poll(() => site.cameras.examined.length).toBe(1);
    go();
    const tags = await Promise.all(
      asked.map(async (each) => Examination.parse(await (await each).json()).tag),
    );
    expect(new Set(tags).size).toBe(1);
    expect(site.cameras.examined).toHaveLength(1);
  });

  test("a picture that is sent is looked at as a file, and taken away again", async () => {
    const sent = await page.sendPicture(
      "/api/cameras/north/examine",
      "image/png",
      await drawnPng(9),
    );
    expect(sent.status).toBe(200);
    const [path = ""] = site.cameras.examined;
    expect(path).toContain("cameras/north");
    expect(existsSync(path)).toBe(false);
  });

  test("one that is no picture is refused with the reason in words", async () => {
    site.cameras.look = async () => ({
      kind: "refused",
      reason: "not_a_picture",
      detail: "neither JPEG nor PNG",
    });
    const text = new TextEncoder().encode("GIF89a");
    const answer = await page.sendPicture("/api/cameras/north/examine", "image/jpeg", text);
    expect(answer.status).toBe(422);
    expect((await problemOf(answer)).title).toBe(
      "The picture cannot be used (not a picture): neither JPEG nor PNG.",
    );
    const other = await page.sendPicture("/api/cameras/north/examine", "text/html", text);
    expect(other.status).toBe(415);
  });

  test("a picture larger than a camera's is refused by its length", async () => {
    const large = Buffer.alloc(17 * 1024 * 1024);
    const answer = await page.sendPicture("/api/cameras/north/examine", "image/jpeg", large);
    expect(answer.status).toBe(413);
    expect(site.cameras.examined).toEqual([]);
  });

  test("when the process that looks is away, that is said with what to do", async () => {
    site.cameras.look = () => Promise.reject(new Fault("vision-unreachable", "it is restarting"));
    const answer = await page.post("/api/cameras/north/examine");
    expect(answer.status).toBe(503);
    expect((await problemOf(answer)).hint).toContain("try again");
    site.cameras.look = async () => ({
      kind: "unusable",
      fault: "model-unusable",
      detail: "tiny.onnx: no such file",
    });
    expect((await page.post("/api/cameras/north/examine")).status).toBe(409);
  });
});

describe("calibrating", () => {
  const state = async (): Promise<CalibrationState> =>
    CalibrationState.parse(await (await page.get("/api/cameras/north/calibration")).json());

  test("by the picture that is shown looks at that very one", async () => {
    let learntFrom: Buffer | undefined;
    site.cameras.learn = async (by) => {
      learntFrom = by.kind === "empty" ? readFileSync(by.picture) : undefined;
      return { kind: "calibrated", report: ["Both judges decide together."] };
    };
    const seen = Examination.parse(await (await page.post("/api/cameras/north/examine")).json());
    const wish = { by: "shown", tag: seen.tag };
    expect((await page.post("/api/cameras/north/calibrate", wish)).status).toBe(202);
    await expect.poll(async () => (await state()).state).toBe("done");
    expect(await state()).toMatchObject({
      from: "empty",
      by: "chen",
      report: ["Both judges decide together."],
    });
    expect(learntFrom?.equals(jpeg)).toBe(true);
    expect(readdirSync(join(site.dir, "cameras/north"))).toEqual(["examined.jpg"]);
  });

  test("that is refused says why and leaves nothing behind", async () => {
    site.cameras.learn = async () => ({
      kind: "refused",
      reason: "unfit",
      detail: "vehicles stand in A003 and A007",
    });
    const answer = await page.sendPicture("/api/cameras/north/calibrate", "image/jpeg", jpeg);
    expect(answer.status).toBe(202);
    await expect.poll(async () => (await state()).state).toBe("refused");
    expect((await state()).report.join(" ")).toContain("vehicles stand in A003 and A007");
    expect(readdirSync(join(site.dir, "cameras/north"))).toEqual([]);
  });

  test("runs once at a time, and goes on without the page", async () => {
    let finish: () => void = () => {};
    site.cameras.learn = () =>
      new Promise((resolve) => {
        finish = () => resolve({ kind: "calibrated", report: [] });
      });
    const wish = { by: "first-frames", frames: 30 };
    expect((await page.post("/api/cameras/north/calibrate", wish)).status).toBe(202);
    expect((await page.post("/api/cameras/north/calibrate", wish)).status).toBe(409);
    expect(await state()).toMatchObject({ state: "running", from: "first-frames" });
    expect(site.cameras.calibratedBy).toEqual([{ kind: "first-frames", frames: 30 }]);
    finish();
    await expect.poll(async () => (await state()).state).toBe("done");
  });

  test("that fails is told with what to do", async () => {
    site.cameras.learn = () => Promise.reject(new Fault("vision-unreachable", "it hung"));
    await page.post("/api/cameras/north/calibrate", { by: "first-frames", frames: 3 });
    await expect.poll(async () => (await state()).state).toBe("failed");
    expect((await state()).report.join(" ")).toContain("try again in half a minute");
  });

  test("by a picture that is no longer shown is refused", async () => {
    const wish = { by: "shown", tag: "0".repeat(64) };
    expect((await page.post("/api/cameras/north/calibrate", wish)).status).toBe(404);
  });
});
