import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { SourceLost, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { Instant } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { VisionPool } from "../../../src/vision/pool.ts";
import { drawnJpeg, jpegBomb } from "../../vision/drawn-pictures.ts";
import { tinyDetector } from "../../vision/tiny-model.ts";

/** Starting a process and loading its native libraries, on a busy machine. */
const patience = { timeout: 60_000, interval: 20 };

let baseDir: string;
let pool: VisionPool | undefined;
let heard: SpaceObservation[];
let lost: SourceLost[];

beforeEach(() => {
  baseDir = mkdtempSync(join(tmpdir(), "gatehouse-pool-"));
  writeFileSync(join(baseDir, "tiny.onnx"), tinyDetector());
  const spaces = [
    {
      id: "bay-1",
      polygon: [
        [32, 24],
        [96, 24],
        [96, 72],
        [32, 72],
      ],
    },
    {
      id: "A002",
      polygon: [
        [0, 80],
        [20, 80],
        [20, 90],
        [0, 90],
      ],
    },
  ];
  const frames = [{ file: "first.jpg", width: 128, height: 96, spaces }];
  writeFileSync(join(baseDir, "bays.json"), JSON.stringify({ frames }));
  [heard, lost] = [[], []];
});
afterEach(async () => {
  await pool?.stop();
  pool = undefined;
  rmSync(baseDir, { recursive: true, force: true });
});

async function putPictures(camera: string, ...levels: readonly number[]): Promise<void> {
  mkdirSync(join(baseDir, camera), { recursive: true });
  for (const [index, level] of levels.entries()) {
    writeFileSync(join(baseDir, camera, `${index}.jpg`), await drawnJpeg(level));
  }
}

const camera = (id: string, everySeconds: number, detector = "tiny.onnx"): CameraConfig => ({
  id,
  source: { kind: "folder", path: id, every_s: everySeconds },
  detector,
  classifier: "none.onnx",
  decided_by: "detector",
  tracking: false,
  bays: "bays.json",
  space_of_bay: { "bay-1": "A001" },
  plate_countries: [],
  ask_after_s: 8,
});

async function startPool(
  cameras: readonly CameraConfig[],
  listener = (batch: readonly SpaceObservation[]) => void heard.push(...batch),
  rate = 1,
): Promise<VisionPool> {
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const started = new VisionPool({
    clock: clockAt(rate),
    random: new SystemRandom(),
    log: quiet,
    cameras,
    baseDir,
    dataDir: baseDir,
    credentials: {},
    plateCropsDays: 7,
    stopwatch: new SystemStopwatch(),
  });
  pool = started;
  started.onObservations(listener);
  started.onLost((each) => lost.push(each));
  await started.start();
  return started;
}

function clockAt(rate: number): PacedClock {
  const now = Date.now();
  return new PacedClock({ rate, realEpochMs: now, virtualEpoch: now as Instant });
}

const countersOf = (started: VisionPool, id: string) =>
  started.report().find((report) => report.id === id)?.counters ?? {};

test("pictures of a folder become words about spaces, in order", async () => {
  await putPictures("north", 200);
  await startPool([camera("north", 0.2)]);
  const wordOf = (space: string) => heard.findLast(({ spaceId }) => spaceId === space)?.occupied;
  await vi.waitFor(() => expect(wordOf("A001")).toBe(true), patience);
  await putPictures("north", 20);
  await vi.waitFor(() => expect(wordOf("A001")).toBe(false), patience);

  expect(new Set(heard.map(({ spaceId }) => spaceId))).toEqual(new Set(["A001", "A002"]));
  expect(heard.every(({ source, sourceId }) => source === "camera" && sourceId === "north")).toBe(
    true,
  );
  expect(heard.filter(({ spaceId }) => spaceId === "A002").some(({ occupied }) => occupied)).toBe(
    false,
  );
  expect(new Set(heard.map(({ boot }) => boot)).size).toBe(1);
  expect(heard.map(({ sequence }) => sequence)).toEqual(heard.map((_, index) => index + 1));
  expect(pool?.report()).toMatchObject([{ id: "north", kind: "vision", state: "online" }]);
});

test.each(["SIGKILL", "SIGSTOP"] as const)(
  "a vision process that gets %s is replaced, and its cameras speak again under another name",
  async (signal) => {
    await putPictures("north", 200, 20);
    const started = await startPool([camera("north", 0.1)]);
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), patience);
    const [before] = heard;
    const victim = started.childPid ?? 0;
    expect(victim).toBeGreaterThan(0);
    process.kill(victim, signal);

    await vi.waitFor(() => {
      const after = heard.filter(({ boot }) => boot !== before?.boot);
      expect(after.length).toBeGreaterThan(0);
      expect(after[0]).toMatchObject({ sequence: 1 });
    }, patience);
    expect(started.childPid).not.toBe(victim);
    expect(countersOf(started, "north")).toMatchObject({ restarts: 1 });
    // A stopped process would otherwise keep its memory for ever.
    await vi.waitFor(() => expect(isRunning(victim)).toBe(false), patience);
  },
);

test("a camera whose pictures vanish falls silent once, and speaks again with the next picture", async () => {
  await putPictures("north", 200, 20);
  const started = await startPool([camera("north", 1)], undefined, 10);
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), patience);
  for (const name of ["0.jpg", "1.jpg"]) rmSync(join(baseDir, "north", name));

  await vi.waitFor(() => expect(lost).toMatchObject([{ sourceId: "north" }]), patience);
  expect(started.report()).toMatchObject([{ state: "stale", fault: "camera-stale" }]);
  expect(countersOf(started, "north")["frames_refused_missing"]).toBeGreaterThan(0);

  const told = heard.length;
  await putPictures("north", 200);
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(told), patience);
  expect(started.report()).toMatchObject([{ state: "online" }]);
  expect(lost).toHaveLength(1);
});

test("pictures that cannot be used are counted by what is wrong with them, and the rest goes on", async () => {
  await putPictures("north", 200, 20);
  const whole = readFileSync(join(baseDir, "north/0.jpg"));
  const put = (name: string, bytes: Uint8Array) =>
    writeFileSync(join(baseDir, "north", name), bytes);
  put("a-bomb.jpg", await jpegBomb());
  put("b-cut.jpg", whole.subarray(0, whole.length / 2));
  put("c-gif.jpg", Buffer.from("GIF89a"));
  put("d-svg.png", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));

  const started = await startPool([camera("north", 0.05)]);
  await vi.waitFor(() => {
    const counters = countersOf(started, "north");
    expect(counters["frames_refused_too_large"]).toBeGreaterThanOrEqual(2);
    expect(counters["frames_refused_truncated"]).toBeGreaterThanOrEqual(2);
    expect(counters["frames_refused_not_a_picture"]).toBeGreaterThanOrEqual(4);
  }, patience);
  expect(countersOf(started, "north")).toMatchObject({ restarts: 0 });
  expect(heard.length).toBeGreaterThan(0);
});

test("a detector that does not load stops its own camera only", async () => {
  await putPictures("north", 200, 20);
  await putPictures("south", 200, 20);
  writeFileSync(join(baseDir, "broken.onnx"), tinyDetector().subarray(0, 200));
  const started = await startPool([camera("north", 0.05, "broken.onnx"), camera("south", 0.05)]);
  await vi.waitFor(() => {
    expect(started.report()).toMatchObject([
      { id: "north", state: "offline", fault: "model-unusable" },
      { id: "south", state: "online" },
    ]);
  }, patience);
  expect(started.report()[0]?.detail).toContain("broken.onnx");
  expect(new Set(heard.map(({ sourceId }) => sourceId))).toEqual(new Set(["south"]));
});

test("a camera that is too slow for its pace skips pictures and says how many", async () => {
  await putPictures("north", 200, 20);
  const started = await startPool([camera("north", 0.001)]);
  await vi.waitFor(() => {
    const counters = countersOf(started, "north");
    expect(counters["frames"]).toBeGreaterThan(0);
    expect(counters["frames_replaced"]).toBeGreaterThan(0);
  }, patience);
});

test("words that could not be stored are said again", async () => {
  await putPictures("north", 200);
  let isFull = true;
  const started = await startPool([camera("north", 0.05)], (batch) => {
    if (isFull) throw new Fault("disk-full", "no room");
    heard.push(...batch);
  });
  await vi.waitFor(() => {
    expect(countersOf(started, "north")["observations_not_stored"]).toBeGreaterThan(1);
  }, patience);
  isFull = false;
  await vi.waitFor(() => {
    expect(heard).toContainEqual(expect.objectContaining({ spaceId: "A001", occupied: true }));
  }, patience);
});

test("the vision process ends with a daemon that was killed", async () => {
  await putPictures("north", 200, 20);
  const daemon = fork(new URL("pool-daemon.ts", import.meta.url), [baseDir], { execArgv: [] });
  try {
    const [childPid] = (await once(daemon, "message")) as [number];
    expect(isRunning(childPid)).toBe(true);
    daemon.kill("SIGKILL");
    await vi.waitFor(() => expect(isRunning(childPid)).toBe(false), patience);
  } finally {
    daemon.kill("SIGKILL");
  }
});

/** A process that ended and waits for its parent to notice runs no more. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  return existsSync(status) && !/\) Z /.test(readFileSync(status, "utf8"));
}
