import { resolve } from "node:path";
import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import type { CameraJob } from "./messages.ts";

export interface JobPlaces {
  /** Relative paths of the cameras are seen from here. */
  readonly baseDir: string;
  /** Each camera's own folder lies in `cameras` below it, installed models in `models`. */
  readonly dataDir: string;
  /** By camera id. */
  readonly credentials: Secrets["cameras"];
  /** How long the pictures of plates are kept. */
  readonly plateCropsDays: number;
}

/** What the vision process is told of a camera. */
export function jobOf(
  config: CameraConfig,
  { baseDir, dataDir, credentials, plateCropsDays }: JobPlaces,
): CameraJob {
  const { id, source, detector, classifier, bays, confidence_min: confidenceMin } = config;
  const signIn = credentials[id];
  return {
    id,
    source: "path" in source ? { ...source, path: resolve(baseDir, source.path) } : source,
    ...(signIn === undefined ? {} : { credentials: signIn }),
    detector,
    classifier,
    models: { dataDir: resolve(dataDir), baseDir: resolve(baseDir) },
    decidedBy: config.decided_by,
    dir: resolve(dataDir, "cameras", id),
    ...(bays === undefined ? {} : { bays: resolve(baseDir, bays) }),
    tracking: config.tracking,
    ...(confidenceMin === undefined ? {} : { confidenceMin }),
    ...(config.lane === undefined && config.plate_space === undefined
      ? {}
      : { plates: platesOf(config, plateCropsDays) }),
  };
}

function platesOf(
  { plate_detector, plate_reader, plate_countries, ask_after_s }: CameraConfig,
  cropsDays: number,
): NonNullable<CameraJob["plates"]> {
  return {
    ...(plate_detector === undefined ? {} : { detector: plate_detector }),
    ...(plate_reader === undefined ? {} : { reader: plate_reader }),
    countries: plate_countries,
    askAfterS: ask_after_s,
    cropsDays,
  };
}
