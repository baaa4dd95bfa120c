import type {
  CalibrateRequest,
  CalibrationState,
  CameraCard,
  Examination,
  ViewAnswer,
  ViewKept,
} from "@gatehouse/shared/contracts/camera-setup";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { KeptPicture } from "@gatehouse/shared/ports/camera-files";

/** Why something about a camera was not done. */
export interface SetupRefusal {
  readonly kind: "refused";
  readonly reason:
    | "no-such-camera"
    | "drawing-flawed"
    | "someone-else-saved"
    | "picture-gone"
    | "picture-refused"
    | "camera-unusable"
    | "camera-busy";
  readonly sentence: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Of a drawing: which shape, and what is wrong with it. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** What a calibration may learn from. */
export type CalibrationWish =
  | CalibrateRequest
  | { readonly by: "sent"; readonly picture: Uint8Array }
  /** A file on this machine: absolute. */
  | { readonly by: "file"; readonly path: string };

/** What the faces may do about cameras. Each may throw the Fault of what failed on the way. */
export interface CameraDesk {
  cards(): CameraCard[];
  drawingOf(cameraId: string): ViewAnswer | SetupRefusal;
  /**
   * Puts a drawing in force. The same drawing once more is the same saving.
   *
   * @param tag of the drawing that it replaces
   */
  saveView(cameraId: string, view: CameraView, tag: string, actor: Actor): ViewKept | SetupRefusal;
  /**
   * Looks at one picture for a person, without touching the camera's course.
   *
   * @param picture bytes that somebody sent, or the absolute path of a file; left out: the camera's next picture
   */
  examine(cameraId: string, picture?: Uint8Array | string): Promise<Examination | SetupRefusal>;
  /** The picture that was examined last. @param tag of the one wanted; left out: whichever it is */
  picture(cameraId: string, tag?: string): Promise<KeptPicture | SetupRefusal>;
  /** Begins to learn; `calibration` tells what comes of it. */
  calibrate(
    cameraId: string,
    wish: CalibrationWish,
    actor: Actor,
  ): Promise<CalibrationState | SetupRefusal>;
  calibration(cameraId: string): CalibrationState | SetupRefusal;
  /** As `calibration`, when the one that runs has ended. */
  calibrationEnd(cameraId: string): Promise<CalibrationState | SetupRefusal>;
}

/** @param fields what else is known about it */
export const setupRefusal = (
  reason: SetupRefusal["reason"],
  sentence: string,
  fields: Pick<SetupRefusal, "hint" | "errors"> = {},
): SetupRefusal => ({ kind: "refused", reason, sentence, ...fields });
