import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hungryDetector, stuckDetector } from "../../vision/tiny-model.ts";
import { restartVision } from "../../../src/vision/restart.ts";
import { cameraOf, patience, PoolSite } from "./pool-site.ts";

let site: PoolSite;
beforeEach(() => {
  site = new PoolSite();
});
afterEach(() => site.close());

test.each([
  ["gets stuck in a loop", stuckDetector],
  ["runs out of the memory that it may have", hungryDetector],
] as const)(
  "a vision process that %s is replaced, and its cameras speak again",
  async (_what, model) => {
    site.putModel("tiny.onnx", model());
    await site.putPicture("north", "dark.jpg", 20);
    const source = { kind: "folder", path: "north", every_s: 0.2 } as const;
    const pool = await site.start([cameraOf("north", source)], {
      mostResidentBytes: 700 * 1024 * 1024,
    });
    await vi.waitFor(() => expect(site.heard.length).toBeGreaterThan(0), patience);
    const victim = pool.childPid;
    const boot = site.heard[0]?.boot;

    await site.putPicture("north", "bright.jpg", 220);
    await vi.waitFor(() => expect(pool.childPid).not.toBe(victim), patience);
    site.dropPicture("north", "bright.jpg");
    await vi.waitFor(() => {
      expect(site.heard.some((each) => each.boot !== boot)).toBe(true);
    }, patience);
    expect(site.report("north")?.counters["restarts"]).toBeGreaterThan(0);
  },
);

test("when every camera is away, and only then, the process is replaced", async () => {
  await site.putPicture("north", "dark.jpg", 20);
  const source = { kind: "folder", path: "north", every_s: 0.2 } as const;
  const pool = await site.start([cameraOf("north", source)]);
  await vi.waitFor(() => expect(site.sights.length).toBeGreaterThan(0), patience);
  const remedy = restartVision(pool);
  const camera = { id: "north", kind: "vision", make: "", state: "stale", counters: {} } as const;
  const other = { ...camera, id: "south", state: "online" } as const;
  expect(remedy.patients([camera], [camera, other])).toEqual([]);
  expect(remedy.patients([], [])).toEqual([]);
  expect(remedy.patients([camera], [camera])).toEqual(["vision"]);

  const victim = pool.childPid;
  const before = site.sights.length;
  expect(await remedy.apply("vision")).toBe(true);
  await vi.waitFor(() => expect(pool.childPid ?? victim).not.toBe(victim), patience);
  await vi.waitFor(() => expect(site.sights.length).toBeGreaterThan(before), patience);
});

test("ffmpeg ends with the vision process that it reads for, however that ends", async ({
  skip,
}) => {
  const clip = join(site.dir, "clip.mp4");
  const scene = "-loglevel error -f lavfi -i testsrc=size=128x96:rate=10:duration=5 -c:v mpeg4";
  const made = spawnSync("ffmpeg", [...scene.split(" "), clip]);
  if (made.error !== undefined) skip("no ffmpeg on this machine: apt-get install ffmpeg");
  const source = { kind: "video", path: "clip.mp4", every_s: 0.2 } as const;
  const pool = await site.start([cameraOf("north", source)]);
  await vi.waitFor(() => expect(site.sights.length).toBeGreaterThan(0), patience);
  const readers = readersOf(clip);
  expect(readers).toHaveLength(1);
  process.kill(pool.childPid ?? 0, "SIGKILL");
  await vi.waitFor(() => {
    expect(readersOf(clip).filter((pid) => readers.includes(pid))).toEqual([]);
  }, patience);
  await vi.waitFor(() => expect(readersOf(clip)).toHaveLength(1), patience);
  await pool.stop();
  await vi.waitFor(() => expect(readersOf(clip)).toEqual([]), patience);
});

/** Process ids of the ffmpegs that read this file. */
const readersOf = (file: string): string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return command.startsWith("ffmpeg") && command.includes(file);
    } catch {
      return false;
    }
  });
