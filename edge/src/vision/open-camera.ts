import { access } from "node:fs/promises";
import { join } from "node:path";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { BayMap, readBaysFile } from "./bays.ts";
import { readCalibration, readEmpty } from "./calibration.ts";
import type { Classifier } from "./classifier.ts";
import type { Detector } from "./detector.ts";
import type { CameraJob } from "./messages.ts";
import { modelFile } from "./models.ts";
import { Pipeline } from "./pipeline.ts";
import { PlateEye, type PlateModels } from "./plate/eye.ts";
import { defaultSettings } from "./settings.ts";
import { liveName } from "./source/source.ts";
import { Follower } from "./track/follower.ts";
import { Vote } from "./vote.ts";

/** The thread's own sessions, by model file. */
export interface Models extends PlateModels {
  readonly detectorOf: (file: string) => Promise<Detector>;
  readonly classifierOf: (file: string) => Promise<Classifier>;
}

/** A camera with all that its files say. */
export interface OpenCamera {
  readonly bays: BayMap;
  readonly pipeline: Pipeline;
  /** Steadies the words. */
  readonly vote: Vote;
  /** Where vehicles are followed. */
  readonly follower: Follower | undefined;
  /** Of a camera that reads a lane's plates. */
  readonly plates: PlateEye | undefined;
  /** A vehicle scored lower is told only where it stands in a space or is followed. */
  readonly sureMin: number;
}

/** A camera on which nobody has drawn anything yet sees vehicles all the same. */
const nothingDrawn: CameraView = { frames: [], zones: [], lines: [] };

/**
 * Reads view and calibration and loads the networks that the camera's settings ask for.
 *
 * @throws Fault `model-unusable`, `bays-unusable` or `calibration-unusable`
 */
export async function openCamera(job: CameraJob, models: Models): Promise<OpenCamera> {
  const { dir, decidedBy, tracking, confidenceMin } = job;
  const view = await viewOf(job);
  const bays = new BayMap(view);
  const isBlind = decidedBy === "classifier" && !tracking;
  const detector = isBlind
    ? undefined
    : await models.detectorOf(modelFile(job.detector, job.models));
  const classifier =
    decidedBy === "detector"
      ? undefined
      : await models.classifierOf(modelFile(job.classifier, job.models));
  const calibration = await readCalibration(dir);
  const bytes = calibration && (await readEmpty(dir, calibration));
  const baysOf = (width: number, height: number) => bays.of(liveName, width, height);
  const pipeline = await Pipeline.open({
    detector,
    classifier,
    settings: confidenceMin === undefined ? {} : { confidenceMin },
    decidedBy,
    calibration,
    empty: bytes && { bytes, baysOf },
    learns: true,
  });
  const sureMin = confidenceMin ?? defaultSettings(detector?.family.kind ?? "detr").confidenceMin;
  const follower = tracking ? new Follower(view, sureMin) : undefined;
  const plates = await PlateEye.open(job, models);
  return { bays, pipeline, vote: new Vote(), follower, plates, sureMin };
}

/** What was drawn on the setup page, else what the configuration names. */
async function viewOf({ dir, bays }: CameraJob): Promise<CameraView> {
  const drawn = join(dir, "view.json");
  if (await isThere(drawn)) return readBaysFile(drawn);
  return bays === undefined ? nothingDrawn : readBaysFile(bays);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
