import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Sight } from "@gatehouse/shared/ports/sight-feed";
import type { SourceLost, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { VisionPool, type VisionPoolOptions } from "../../../src/vision/pool.ts";
import { drawnJpeg } from "../../vision/drawn-pictures.ts";
import { tinyDetector } from "../../vision/tiny-model.ts";

/** Starting a process and loading its native libraries, on a busy machine. */
export const patience = { timeout: 90_000, interval: 20 };

const middle: [number, number][] = [
  [32, 24],
  [96, 24],
  [96, 72],
  [32, 72],
];

/** A folder with the tiny detector and one space in the middle of the picture, and a pool that looks at cameras. */
export class PoolSite {
  readonly dir = mkdtempSync(join(tmpdir(), "gatehouse-eyes-"));
  readonly heard: SpaceObservation[] = [];
  readonly lost: SourceLost[] = [];
  readonly sights: Sight[] = [];
  #pool: VisionPool | undefined;

  constructor() {
    this.putModel("tiny.onnx", tinyDetector());
    const spaces = [{ id: "bay-1", polygon: middle }];
    const frames = [{ file: "live", width: 128, height: 96, spaces }];
    writeFileSync(join(this.dir, "bays.json"), JSON.stringify({ frames }));
  }

  get pool(): VisionPool {
    if (this.#pool === undefined) throw new Error("the pool has not started");
    return this.#pool;
  }

  putModel(name: string, bytes: Uint8Array): void {
    writeFileSync(join(this.dir, name), bytes);
  }

  /** @param level 0 dark – 231 bright: above about 64 the tiny detector sees a car */
  async putPicture(camera: string, name: string, level: number): Promise<void> {
    mkdirSync(join(this.dir, camera), { recursive: true });
    writeFileSync(join(this.dir, camera, name), await drawnJpeg(level));
  }

  dropPicture(camera: string, name: string): void {
    rmSync(join(this.dir, camera, name), { force: true });
  }

  async start(
    cameras: readonly CameraConfig[],
    options: Partial<VisionPoolOptions> = {},
  ): Promise<VisionPool> {
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    this.#pool = new VisionPool({
      clock: new PacedClock(),
      stopwatch: new SystemStopwatch(),
      random: new SystemRandom(),
      log: quiet,
      cameras,
      baseDir: this.dir,
      dataDir: this.dir,
      credentials: {},
      plateCropsDays: 7,
      ...options,
    });
    this.#pool.onObservations((batch) => void this.heard.push(...batch));
    this.#pool.onLost((each) => this.lost.push(each));
    this.#pool.onSight((sight) => this.sights.push(sight));
    await this.#pool.start();
    return this.#pool;
  }

  report(camera: string): DeviceReport | undefined {
    return this.#pool?.report().find(({ id }) => id === camera);
  }

  async close(): Promise<void> {
    await this.#pool?.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A camera that the tiny detector decides about. */
export const cameraOf = (
  id: string,
  source: CameraConfig["source"],
  more: Partial<CameraConfig> = {},
): CameraConfig => ({
  id,
  source,
  detector: "./tiny.onnx",
  classifier: "none",
  decided_by: "detector",
  tracking: false,
  bays: "bays.json",
  space_of_bay: { "bay-1": "A001" },
  plate_countries: [],
  ask_after_s: 8,
  ...more,
});
