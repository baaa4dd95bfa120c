import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { VisionPool } from "../../../src/vision/pool.ts";
import { LanePictures } from "../../vision/plate/lane-pictures.ts";

let dir: string;
let pool: VisionPool | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gatehouse-lane-"));
});
afterEach(async () => {
  await pool?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test(
  "a camera at a lane is that lane's plate camera: the daemon hears each car's plate once",
  { timeout: 120_000 },
  async () => {
    const lane = new LanePictures();
    mkdirSync(join(dir, "lane"));
    for (let index = 0; index < 4; index += 1) {
      lane.plate = "BAB1234";
      const at = (Date.UTC(2026, 5, 17, 11) + 1000 * index) as Instant;
      writeFileSync(join(dir, "lane", `${index}.jpg`), await lane.jpegAt(at));
    }
    const camera = CameraConfig.parse({
      id: "eye-1",
      source: { kind: "folder", path: "lane", every_s: 0.5 },
      lane: "entry-1",
      decided_by: "detector",
      plate_countries: ["DE"],
    });
    const started = new VisionPool({
      clock: new PacedClock(),
      stopwatch: new SystemStopwatch(),
      random: new SystemRandom(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      cameras: [camera],
      baseDir: dir,
      dataDir: dir,
      credentials: {},
      plateCropsDays: 7,
    });
    pool = started;
    const reads: PlateRead[] = [];
    started.readerOf("eye-1")?.onRead((read) => {
      reads.push(read);
      return { kind: "ignore", reason: "test" };
    });
    await started.start();
    await vi.waitFor(() => expect(reads).toHaveLength(1), { timeout: 60_000, interval: 100 });
    const [read] = reads;
    expect(read).toMatchObject({ laneId: "entry-1", readerId: "eye-1", retransmission: false });
    expect(read?.correctedPlate ?? read?.rawPlate).toBe("BAB1234");
    const crops = readdirSync(join(dir, "cameras", "eye-1", "crops"));
    expect(crops).toEqual([`${read?.readId}.jpg`]);
  },
);
