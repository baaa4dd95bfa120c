import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Rtsp } from "../../../src/vision/source/rtsp.ts";
import type { NamedPicture, PictureSource } from "../../../src/vision/source/source.ts";
import { Video } from "../../../src/vision/source/video.ts";
import { RtspCamera } from "./rtsp-camera.ts";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
const patience = { timeout: 60_000, interval: 20 };
const open: { close(): void | Promise<void> }[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-ffmpeg-"));
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Mean level of red. */
const redOf = async ({ bytes }: NamedPicture): Promise<number> =>
  (await sharp(bytes).stats()).channels[0]?.mean ?? -1;

async function picturesOf(source: PictureSource, count: number): Promise<NamedPicture[]> {
  const found: NamedPicture[] = [];
  await vi.waitFor(async () => {
    const picture = await source.next();
    if (picture?.kind === "picture") found.push(picture);
    expect(found).toHaveLength(count);
  }, patience);
  return found;
}

const plain = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: { r: red, g: 90, b: 60 } } })
    .jpeg({ optimiseCoding: false })
    .toBuffer();

test("without ffmpeg the camera says what to install", async () => {
  vi.stubEnv("PATH", folder);
  const source = new Video(join(folder, "any.mp4"), 1);
  await expect(source.next()).rejects.toMatchObject({
    code: "ffmpeg-missing",
    hint: expect.stringContaining("apt-get install ffmpeg"),
  });
  const rtsp = new Rtsp({
    url: "rtsp://127.0.0.1:9/",
    transport: "tcp",
    credentials: undefined,
    everyS: 1,
  });
  await expect
    .poll(() => rtsp.next().catch((error: unknown) => error), patience)
    .toMatchObject({
      code: "ffmpeg-missing",
    });
});

describe("with ffmpeg", () => {
  beforeEach(({ skip }) => {
    if (!hasFfmpeg) skip("no ffmpeg on this machine: apt-get install ffmpeg");
  });
  let jpegs: Buffer[];
  beforeAll(async () => {
    jpegs = [await plain(30), await plain(220)];
  });

  async function watch(
    camera: RtspCamera,
    credentials?: { user: string; password: string },
    everyS = 0.1,
  ): Promise<Rtsp> {
    const port = await camera.listen();
    const url = `rtsp://127.0.0.1:${port}/stream1`;
    const source = new Rtsp({ url, transport: "tcp", credentials, everyS });
    open.push(source, camera);
    return source;
  }

  test("an RTSP camera's pictures arrive, signed in with a Digest", async () => {
    const account = { user: "eye", password: "it's @home: 50%/day" };
    const source = await watch(new RtspCamera(jpegs, account), account);
    const reds = await Promise.all((await picturesOf(source, 6)).map(redOf));
    expect(reds.some((red) => Math.abs(red - 30) < 8)).toBe(true);
    expect(reds.some((red) => Math.abs(red - 220) < 8)).toBe(true);
  });

  test("the password shows in no list of processes", async () => {
    const account = { user: "eye", password: "hush-1234" };
    const source = await watch(new RtspCamera(jpegs, account), account);
    await picturesOf(source, 1);
    const said = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8");
        } catch {
          return "";
        }
      });
    expect(said.some((line) => line.startsWith("ffmpeg"))).toBe(true);
    expect(said.filter((line) => line.includes("hush-1234"))).toEqual([]);
  });

  test("a wrong password is told, without the password, and not tried again", async () => {
    const camera = new RtspCamera(jpegs, { user: "eye", password: "right" });
    const source = await watch(camera, { user: "eye", password: "wr0ng-one" });
    await expect
      .poll(() => source.next(), patience)
      .toMatchObject({ kind: "refused", reason: "sign_in_refused" });
    expect(JSON.stringify(await source.next())).not.toContain("wr0ng-one");
    expect(camera.visits).toBe(0);
  });

  test("a stream that breaks is followed anew", async () => {
    const camera = new RtspCamera(jpegs);
    const source = await watch(camera);
    await picturesOf(source, 1);
    camera.drop();
    await expect
      .poll(() => source.next(), patience)
      .toMatchObject({ kind: "refused", reason: "unreachable" });
    await picturesOf(source, 2);
    expect(camera.visits).toBe(2);
  });

  test("pictures that nobody would look at are not made", async () => {
    const source = await watch(new RtspCamera(jpegs), undefined, 2);
    const made: number[] = [];
    const start = performance.now();
    await vi.waitFor(async () => {
      if ((await source.next())?.kind === "picture") made.push(performance.now() - start);
      expect(made).toHaveLength(3);
    }, patience);
    // The camera sends ten a second; one each second of its time is enough at a picture every two seconds.
    const [first = 0, , third = 0] = made;
    expect(third - first).toBeGreaterThan(1000);
  });

  function video(seconds: number, file = "clip.mp4"): string {
    const path = join(folder, file);
    const source = `color=c=black:s=320x240:r=10:d=${seconds}`;
    // It brightens by ten levels a second.
    const filter = "geq=r='10*T':g='10*T':b='10*T'";
    const make = ["-f", "lavfi", "-i", source, "-vf", filter, "-c:v", "mpeg4", "-q:v", "2", path];
    expect(spawnSync("ffmpeg", ["-loglevel", "error", ...make]).status).toBe(0);
    return path;
  }

  test("a video is shown step by step of its own time, however slowly it is asked for, again and again", async () => {
    const source = new Video(video(6), 2);
    open.push(source);
    const reds: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      const picture = await source.next();
      expect(picture).toMatchObject({ kind: "picture", name: "clip.mp4" });
      reds.push(await redOf(picture as NamedPicture));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const steps = reds.slice(1).map((red, index) => red - (reds[index] ?? 0));
    expect(steps.filter((step) => step > 12 && step < 28).length).toBeGreaterThanOrEqual(3);
    expect(steps.filter((step) => step < -12)).not.toEqual([]);
  });

  test("what is no video is told, and a playlist opens no other file", async () => {
    const secret = video(2, "other.mp4");
    writeFileSync(join(folder, "text.mp4"), "not a video");
    writeFileSync(join(folder, "list.mp4"), `#EXTM3U\n#EXTINF:2,\nfile://${secret}\n`);
    for (const file of ["text.mp4", "list.mp4", "absent.mp4"]) {
      const source = new Video(join(folder, file), 1);
      open.push(source);
      expect(await source.next()).toMatchObject({ kind: "refused", reason: "missing" });
    }
  });
});
