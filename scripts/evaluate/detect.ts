import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { BayMap, readBaysFile } from "../../edge/src/vision/bays.ts";
import { Detector } from "../../edge/src/vision/detector.ts";
import { Pipeline } from "../../edge/src/vision/pipeline.ts";
import { defaultSettings } from "../../edge/src/vision/settings.ts";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import { orCannot, pictureAt } from "./reading.ts";
import { rounded, SpacesTally } from "./spaces-tally.ts";

export interface DetectTask {
  /** A folder with photographs; with `labels.json` its spaces tell how many vehicles were found. */
  readonly set: string;
  /** An ONNX file. */
  readonly detector: string;
}

export interface FoundVehicle {
  readonly frame: string;
  readonly class: VehicleClass;
  readonly confidence: number;
  /** In pixels: x, y, width, height. */
  readonly bbox: readonly [number, number, number, number];
}

export interface DetectScore {
  readonly pictures: number;
  /** Those at least as sure as the detector's own default asks. */
  readonly vehicles: number;
  readonly classes: Readonly<Partial<Record<VehicleClass, number>>>;
  /** Of the labelled spaces: share of the occupied in which a vehicle was found, and of the free in which none was. */
  readonly occupied: number | null;
  readonly free: number | null;
}

/**
 * Finds the vehicles of photographs as the daemon does, tiles and suppression included.
 *
 * @returns every vehicle found, the unsure ones too
 * @throws CannotEvaluate
 */
export async function evaluateDetect(
  task: DetectTask,
): Promise<{ score: DetectScore; found: FoundVehicle[] }> {
  const view = await viewOf(task.set);
  const bays = new BayMap(view);
  const detector = await orCannot(Detector.load(task.detector));
  const pipeline = await orCannot(Pipeline.open({ detector, decidedBy: "detector" }));
  const found: FoundVehicle[] = [];
  const classes: Partial<Record<VehicleClass, number>> = {};
  const { confidenceMin } = defaultSettings(detector.family.kind);
  const tally = new SpacesTally();
  for (const frame of view.frames) {
    const { file } = frame;
    const path = join(task.set, file);
    const prepared = await pipeline.prepare(await pictureAt(path), (width, height) =>
      bays.of(file, width, height),
    );
    if ("kind" in prepared) throw new CannotEvaluate(`${path}: ${prepared.detail}`);
    const { vehicles, words } = await orCannot(pipeline.examine(prepared));
    for (const { vehicle, score, left, top, right: end, bottom } of vehicles) {
      const [width, height] = [rounded(end - left), rounded(bottom - top)];
      const bbox = [rounded(left), rounded(top), width, height] as const;
      found.push({ frame: file, class: vehicle, confidence: rounded(score), bbox });
      if (score >= confidenceMin) classes[vehicle] = (classes[vehicle] ?? 0) + 1;
    }
    tally.add(frame, words);
  }
  const { occupied, free } = tally.score();
  const score = {
    pictures: view.frames.length,
    vehicles: Object.values(classes).reduce((sum, count) => sum + count, 0),
    classes,
    occupied,
    free,
  };
  return { score, found };
}

/** The labels; of a folder without them, its pictures. */
async function viewOf(set: string): Promise<CameraView> {
  const labels = join(set, "labels.json");
  if (existsSync(labels)) return orCannot(readBaysFile(labels));
  const names = await readdir(set).catch((error: unknown) => {
    throw new CannotEvaluate(String(error));
  });
  const pictures = names.filter((name) => /\.(jpe?g|png)$/i.test(name)).toSorted();
  if (pictures.length === 0) throw new CannotEvaluate(`no JPEG or PNG file in ${set}`);
  const frames = pictures.map((file) => ({ file, width: 1, height: 1, spaces: [] }));
  return CameraView.parse({ frames });
}
