import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "@gatehouse/shared/time";
import { BayMap } from "../../edge/src/vision/bays.ts";
import { CameraEye, type ThreadShare } from "../../edge/src/vision/camera.ts";
import { Classifier } from "../../edge/src/vision/classifier.ts";
import { Course } from "../../edge/src/vision/course.ts";
import { Detector } from "../../edge/src/vision/detector.ts";
import type { CameraJob } from "../../edge/src/vision/messages.ts";
import { Pipeline } from "../../edge/src/vision/pipeline.ts";
import { fillTensor } from "../../edge/src/vision/tensor.ts";
import { Turns } from "../../edge/src/vision/turns.ts";
import { testData } from "../../shared/test/test-data.ts";
import type { Bench } from "../bench.ts";
import { busyView } from "./busy-view.ts";
import { trackerUpdates } from "./tracker.ts";

/** Pictures and network runs take turns, so that other load on the machine hits both alike. */
const rounds = 5;
const picturesARound = 24;

/** A thread's shares, as in the vision process. */
const held = 3;
const decoding = 2;

/**
 * Photographs of 1280 x 720 a second through a camera's whole way on one thread, from the JPEG to what the daemon is
 * told, over runs a second of the same network alone. As in the vision process, the next picture is fetched and
 * decoded by other threads while the network looks at one; with every core taken that costs what it saves. What a
 * stage costs by itself stands beside it.
 *
 * @returns undefined without test data
 */
export async function benchVision(): Promise<Bench | undefined> {
  const data = testData("data/vision");
  if (data === undefined) return undefined;
  const model = join(data, "models/deimv2_hgnetv2_femto_coco_416.onnx");
  const set = join(data, "parking/pklot_ufpr05");
  const detector = await Detector.load(model);
  const dir = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  try {
    await writeFile(join(dir, "view.json"), JSON.stringify(busyView));
    const pictures = await picturesIn(set);
    const camera = new BusyCamera(jobOf(model, dir), detector, pictures);
    await camera.open();
    let [pipelineMs, networkMs] = [0, 0];
    for (let round = 0; round <= rounds; round += 1) {
      const pictureMs = await timeOf(() => camera.look(picturesARound));
      const runMs = await timeOf(async () => {
        for (let run = 0; run < picturesARound; run += 1) await detector.infer();
      });
      // The first round warms up.
      if (round === 0) continue;
      pipelineMs += pictureMs;
      networkMs += runMs;
    }
    const all = 1000 * rounds * picturesARound;
    const [value, floor] = [all / pipelineMs, all / networkMs];
    const parts = {
      ...(await stagesOf(detector, pictures)),
      "tracker updates/s, 50 boxes": trackerUpdates(),
    };
    return { name: "vision", value, floor, ratio: value / floor, unit: "frames/s", parts };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A camera whose next order always waits already. */
class BusyCamera {
  readonly #eye: CameraEye;
  readonly #course: Course;
  readonly #pictures: readonly Buffer[];
  #next = 0;
  #left = 0;
  #at = 1e12;
  #done: () => void = () => {};

  constructor(job: CameraJob, detector: Detector, pictures: readonly Buffer[]) {
    this.#pictures = pictures;
    const share: ThreadShare = {
      network: new Turns(1),
      decoding: new Turns(decoding),
      detectorOf: async () => detector,
      classifierOf: (file) => Classifier.load(file),
      locatorOf: () => Promise.reject(new Error("no plates here")),
      plateReaderOf: () => Promise.reject(new Error("no plates here")),
    };
    this.#eye = new CameraEye(job, share);
    this.#course = new Course(job.id, this.#eye, new Turns(held), (message) => {
      if (message.kind !== "looked") return;
      // A picture taken for the one before it would cost nothing and flatter the figure.
      if (message.outcome.kind !== "seen") throw new Error(JSON.stringify(message.outcome));
      this.#left -= 1;
      if (this.#left === 0) this.#done();
      else if (this.#left > 1) this.#order();
    });
  }

  /** Opens the camera: while that lasts pictures would take each other's place. */
  async open(): Promise<void> {
    await this.#eye.fetch(this.#at as Instant);
  }

  /** Resolves when so many pictures have been looked at. */
  look(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#left = count;
      this.#done = resolve;
      this.#order();
      // Once the first is on its way the next one waits behind it.
      setImmediate(() => this.#order());
    });
  }

  #order(): void {
    this.#at += 2000;
    this.#eye.offer(this.#pictures[this.#next % this.#pictures.length] ?? Buffer.alloc(0));
    this.#next += 1;
    this.#course.order(this.#at as Instant);
  }
}

const jobOf = (detector: string, dir: string): CameraJob => ({
  id: "bench",
  source: { kind: "pushed", every_s: 2 },
  detector,
  classifier: "none",
  models: { dataDir: dir, baseDir: dir },
  decidedBy: "detector",
  dir,
  tracking: true,
});

async function picturesIn(set: string): Promise<Buffer[]> {
  const names = (await readdir(set)).filter((name) => name.endsWith(".jpg")).toSorted();
  return Promise.all(names.map((name) => readFile(join(set, name))));
}

/** Milliseconds a picture by stage, one after the other. */
async function stagesOf(
  detector: Detector,
  pictures: readonly Buffer[],
): Promise<Record<string, number>> {
  const pipeline = await Pipeline.open({ detector });
  const bays = new BayMap(busyView);
  const sums: Record<string, number> = {};
  const add = (stage: string, ms: number): void => {
    sums[stage] = (sums[stage] ?? 0) + ms / picturesARound;
  };
  for (const bytes of pictures.slice(0, picturesARound)) {
    const baysOf = (width: number, height: number) => bays.of("live", width, height);
    const prepared = await pipeline.prepare(bytes, baysOf);
    if ("kind" in prepared) throw new Error(prepared.detail);
    const { stages } = await pipeline.examine(prepared);
    const { decode = 0, resize = 0, detect = 0, assign = 0 } = stages;
    const { rgb, fit } = prepared;
    const planes = new Float32Array(3 * detector.family.width * detector.family.height);
    const tensorMs = await timeOf(async () => fillTensor(planes, detector.family, rgb, fit, fit));
    const inferMs = await timeOf(() => detector.infer());
    add("decode and resize ms", decode + resize);
    add("tensor ms", tensorMs);
    add("infer ms", inferMs);
    add("decode boxes ms", Math.max(0, detect - tensorMs - inferMs));
    add("assign ms", assign);
  }
  return sums;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
