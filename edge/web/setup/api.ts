import {
  CalibrationState,
  CamerasData,
  Examination,
  ViewAnswer,
  ViewKept,
  type CalibrateRequest,
} from "@gatehouse/shared/contracts/camera-setup";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { ask, type Told } from "../../../shared/web/ask.ts";

const of = (cameraId: string, what: string): string =>
  `/api/cameras/${encodeURIComponent(cameraId)}/${what}`;

export const askCameras = (): Promise<Told<CamerasData>> => ask("GET", "/api/cameras", CamerasData);

export const askDrawing = (cameraId: string): Promise<Told<ViewAnswer>> =>
  ask("GET", of(cameraId, "view"), ViewAnswer);

/** @param tag of the drawing that it replaces */
export const putDrawing = (
  cameraId: string,
  view: CameraView,
  tag: string,
): Promise<Told<ViewKept>> =>
  ask("PUT", of(cameraId, "view"), ViewKept, view, { "if-match": `"${tag}"` });

/** @param picture a file to be looked at; left out: the camera's next picture */
export const examine = (cameraId: string, picture?: Blob): Promise<Told<Examination>> =>
  ask("POST", of(cameraId, "examine"), Examination, picture);

/** @param wish what to learn from; a file: a picture of the empty lot */
export const calibrate = (
  cameraId: string,
  wish: CalibrateRequest | Blob,
): Promise<Told<CalibrationState>> =>
  ask("POST", of(cameraId, "calibrate"), CalibrationState, wish);

export const askCalibration = (cameraId: string): Promise<Told<CalibrationState>> =>
  ask("GET", of(cameraId, "calibration"), CalibrationState);

/** The pixels of an examined picture; undefined when it has been replaced, or nothing answers. */
export async function fetchPicture(
  cameraId: string,
  tag: string,
): Promise<ImageBitmap | undefined> {
  try {
    const response = await fetch(`${of(cameraId, "picture")}?tag=${tag}`);
    return response.ok ? await createImageBitmap(await response.blob()) : undefined;
  } catch {
    return undefined;
  }
}
