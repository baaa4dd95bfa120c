import { basename, join, resolve } from "node:path";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import type { Instant } from "@gatehouse/shared/time";
import type { SpaceWord } from "../../edge/src/vision/assign.ts";
import { BayMap, readBaysFile } from "../../edge/src/vision/bays.ts";
import { Classifier } from "../../edge/src/vision/classifier.ts";
import { Detector } from "../../edge/src/vision/detector.ts";
import type { BaysOf } from "../../edge/src/vision/judges.ts";
import { Pipeline } from "../../edge/src/vision/pipeline.ts";
import { orCannot, pictureAt } from "./reading.ts";
import { rounded, SpacesTally, type SpacesScore } from "./spaces-tally.ts";

export interface OccupancyTask {
  /** A folder with photographs and their `labels.json`. */
  readonly set: string;
  /** ONNX files; at least one of the two. */
  readonly detector?: string | undefined;
  readonly classifier?: string | undefined;
  /** Left out: every photograph is judged as a camera's very first one. */
  readonly calibration?: OccupancyCalibration | undefined;
}

export type OccupancyCalibration =
  /** A photograph of the empty car park from the same camera. Where it belongs to the set, it is not scored. */
  | { readonly kind: "empty"; readonly frame: string }
  /** Each photograph is judged with what was learnt from it and from those before it, without their labels. */
  | { readonly kind: "first-frames" };

export interface Prediction {
  readonly camera: string;
  /** The photograph's file name. */
  readonly frame: string;
  readonly space: string;
  readonly occupied: boolean;
  readonly confidence: number;
}

export interface OccupancyScore extends SpacesScore {
  readonly accuracy: number;
  /** Who decided in the end. */
  readonly decided_by: "detector" | "classifier" | "both";
}

type Frame = CameraView["frames"][number];

/**
 * Runs the daemon's own pipeline, with its default settings, on a labelled set.
 *
 * @throws CannotEvaluate
 */
export async function evaluateOccupancy(
  task: OccupancyTask,
): Promise<{ score: OccupancyScore; predictions: Prediction[] }> {
  const labels = await orCannot(readBaysFile(join(task.set, "labels.json")));
  const bays = new BayMap(labels);
  const pipeline = await orCannot(pipelineFor(task, bays));
  const tally = new SpacesTally();
  const predictions: Prediction[] = [];
  for (const frame of labels.frames) {
    const path = join(task.set, frame.file);
    const prepared = await pipeline.prepare(await pictureAt(path), baysIn(bays, frame.file));
    if ("kind" in prepared) throw new CannotEvaluate(`${path}: ${prepared.detail}`);
    const outcome = await orCannot(pipeline.look(prepared));
    predictions.push(...outcome.words.map((word) => predictionOf(labels, frame, word)));
    if (!isCalibratedOn(task, path)) tally.add(frame, outcome.words);
  }
  const { accuracy, ...score } = tally.score();
  if (accuracy === null) {
    throw new CannotEvaluate("labels.json labels no space as occupied or free");
  }
  return { score: { accuracy, ...score, decided_by: pipeline.decidedBy }, predictions };
}

/** As the daemon opens a camera; one that was calibrated goes on learning from its pictures. */
async function pipelineFor(task: OccupancyTask, bays: BayMap): Promise<Pipeline> {
  const { calibration } = task;
  const networks = {
    detector: task.detector === undefined ? undefined : await Detector.load(task.detector),
    classifier: task.classifier === undefined ? undefined : await Classifier.load(task.classifier),
  };
  const pipeline = await Pipeline.open({ ...networks, learns: calibration !== undefined });
  if (calibration?.kind !== "empty") return pipeline;
  const { frame } = calibration;
  const [bytes, baysOf] = [await pictureAt(frame), baysIn(bays, basename(frame))];
  const result = await pipeline.calibrateByEmpty(bytes, baysOf, beginning);
  if (result.kind === "refused") throw new CannotEvaluate(`${frame}: ${result.detail}`);
  const empty = { bytes, baysOf };
  return Pipeline.open({ ...networks, calibration: result.calibration, empty, learns: true });
}

/** Photographs have no time that matters here. */
const beginning = 0 as Instant;

const isCalibratedOn = ({ calibration }: OccupancyTask, path: string): boolean =>
  calibration?.kind === "empty" && resolve(calibration.frame) === resolve(path);

const baysIn =
  (bays: BayMap, frame: string): BaysOf =>
  (width, height) =>
    bays.of(frame, width, height);

function predictionOf(
  { camera = "camera" }: CameraView,
  { file }: Frame,
  { bay, occupied, confidence }: SpaceWord,
): Prediction {
  return { camera, frame: file, space: bay, occupied, confidence: rounded(confidence) };
}
