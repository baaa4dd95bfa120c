import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BayMap, readBaysFile } from "../../edge/src/vision/bays.ts";
import { Detector } from "../../edge/src/vision/detector.ts";
import { Pipeline } from "../../edge/src/vision/pipeline.ts";
import { testData } from "../../shared/test/test-data.ts";

/** Pictures and network runs take turns, so that other load on the machine hits both alike. */
const rounds = 10;
const picturesARound = 8;

/**
 * Photographs a second through the daemon's whole pipeline (file → words about spaces) on one thread, over runs
 * a second of the same network alone. The photographs' spaces are large enough to need one network run each.
 *
 * @returns undefined without test data
 */
export async function benchVision() {
  const folder = testData("data/vision");
  if (folder === undefined) return undefined;
  const set = join(folder, "parking/smartlot_nethken");
  const labels = await readBaysFile(join(set, "labels.json"));
  const bays = new BayMap(labels);
  const model = join(folder, "models/deimv2_hgnetv2_femto_coco_416.onnx");
  const detector = await Detector.load(model);
  const pipeline = await Pipeline.open({ detector });
  const names = labels.frames.map(({ file }) => file);

  const lookAt = async (name: string): Promise<void> => {
    const prepared = await pipeline.prepare(await readFile(join(set, name)), (width, height) =>
      bays.of(name, width, height),
    );
    if ("kind" in prepared) throw new Error(`${name}: ${prepared.detail}`);
    const outcome = await pipeline.look(prepared);
    // A picture taken for the one before it would cost nothing and flatter the figure.
    if (outcome.kind !== "seen") throw new Error(`${name}: ${outcome.kind}`);
  };
  let pipelineMs = 0;
  let networkMs = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const from = round * picturesARound;
    const pictures = names.slice(from % names.length).slice(0, picturesARound);
    const pictureMs = await timeOf(pictures, lookAt);
    const runMs = await timeOf(pictures, () => detector.infer());
    // The first round warms up.
    if (round === 0) continue;
    pipelineMs += pictureMs / pictures.length;
    networkMs += runMs / pictures.length;
  }
  const [value, floor] = [(1000 * rounds) / pipelineMs, (1000 * rounds) / networkMs];
  return { name: "vision" as const, value, floor, ratio: value / floor, unit: "frames/s" as const };
}

async function timeOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>) {
  const from = performance.now();
  for (const item of items) await work(item);
  return performance.now() - from;
}
