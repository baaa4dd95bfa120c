import type { FaultCode } from "../fault.ts";
import type { PixelBox, SeenVehicle } from "./sight-feed.ts";

/** A camera that can be set up: what of it does not change while the daemon runs. */
export interface SetupCamera {
  readonly id: string;
  /** Absolute path of the camera's own folder: `view.json`, `calibration.json`, `examined.jpg`, `empty.jpg`. */
  readonly dir: string;
  /** The view that the configuration names, absolute; `view.json` in the folder comes before it. */
  readonly viewFile?: string;
  /** Bay id as drawn → space number, where they differ. */
  readonly spaceOfBay: Readonly<Record<string, string>>;
  /** The lane whose plates it reads. */
  readonly laneId?: string;
}

/** Why a picture was not used: one of the names that are counted in the camera's report, and a sentence. */
export interface PictureRefused {
  readonly kind: "refused";
  readonly reason: string;
  readonly detail: string;
}

/** The camera cannot work until someone changes its files. */
export interface CameraUnusable {
  readonly kind: "unusable";
  readonly fault: FaultCode;
  readonly detail: string;
}

/** What each judge says of one space, 0–1 for occupied; undefined where it was not asked. */
export interface JudgedBay {
  /** As drawn on the camera's view. */
  readonly bay: string;
  readonly occupied: boolean;
  /** 0.5–1, of `occupied`. */
  readonly confidence: number;
  readonly detector?: number;
  readonly classifier?: number;
}

/** A vehicle, and the bay that it stands in as drawn on the camera's view. */
export interface ExaminedVehicle extends Omit<SeenVehicle, "spaceId"> {
  readonly bay?: string;
  readonly box: PixelBox;
}

export interface ExaminedPicture {
  readonly kind: "seen";
  /** Absolute path of the picture, a JPEG; the next examination of this camera replaces it. */
  readonly picture: string;
  /** Pixels of the picture; boxes are measured in them. */
  readonly size: { readonly width: number; readonly height: number };
  readonly bays: readonly JudgedBay[];
  readonly vehicles: readonly ExaminedVehicle[];
  /** Milliseconds by stage. */
  readonly stages: Readonly<Record<string, number>>;
}

/** What a calibration learns from. */
export type CalibrateBy =
  /** A picture of the empty lot: absolute path of a JPEG or PNG. */
  | { readonly kind: "empty"; readonly picture: string }
  /** The camera's next pictures as they come; nobody says what they show. */
  | { readonly kind: "first-frames"; readonly frames: number };

export interface Calibrated {
  readonly kind: "calibrated";
  /** In words for the technician: who decides about spaces from now on, and why. */
  readonly report: readonly string[];
}

/**
 * Cameras being set up by a person. Each promise settles: it rejects with a Fault `vision-unreachable` when the
 * process that looks at pictures does not answer in time or ends meanwhile.
 */
export interface CameraSetup {
  cameras(): readonly SetupCamera[];
  /**
   * Looks at one picture without touching the camera's course.
   *
   * @param picture absolute path of a JPEG or PNG; left out: the camera's next picture
   */
  examine(
    cameraId: string,
    picture?: string,
  ): Promise<ExaminedPicture | PictureRefused | CameraUnusable>;
  /** Learns and keeps what was learnt; a picture that does not fit is refused and nothing changes. */
  calibrate(
    cameraId: string,
    by: CalibrateBy,
  ): Promise<Calibrated | PictureRefused | CameraUnusable>;
  /** View or calibration were changed: they are read again before the next picture. Waits for nothing. */
  reload(cameraId: string): void;
}
