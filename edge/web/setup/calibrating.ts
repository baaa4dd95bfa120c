import type { CalibrateRequest, CalibrationState } from "@gatehouse/shared/contracts/camera-setup";
import { batch, signal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { askCalibration, calibrate } from "./api.ts";
import { keepAsking } from "./cameras.ts";
import { subject } from "./editor.ts";

/** Between questions what has become of it. */
const askEveryMs = 1000;

/** How the chosen camera's calibration stands; undefined before anyone asked. */
export const calibration = signal<CalibrationState | undefined>(undefined);
export const isAsking = signal(false);
export const calibrationTrouble = signal<Exclude<Told<unknown>, { kind: "ok" }> | undefined>(
  undefined,
);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to learn, and follows it until its end. */
export async function learn(wish: CalibrateRequest | Blob): Promise<void> {
  const cameraId = subject.peek()?.cameraId;
  if (cameraId === undefined || isAsking.peek()) return;
  isAsking.value = true;
  hear(cameraId, await calibrate(cameraId, wish));
  isAsking.value = false;
}

/** Asks how it stands, and goes on asking while it runs. */
export async function follow(): Promise<void> {
  clearTimeout(timer);
  const cameraId = subject.peek()?.cameraId;
  if (cameraId !== undefined) hear(cameraId, await askCalibration(cameraId));
}

export function forgetCalibration(): void {
  clearTimeout(timer);
  batch(() => {
    calibration.value = undefined;
    calibrationTrouble.value = undefined;
  });
}

function hear(cameraId: string, told: Told<CalibrationState>): void {
  if (subject.peek()?.cameraId !== cameraId) return;
  const wasRunning = calibration.peek()?.state === "running";
  batch(() => {
    calibrationTrouble.value = told.kind === "ok" ? undefined : told;
    if (told.kind === "ok") calibration.value = told.value;
  });
  const isRunning = calibration.peek()?.state === "running";
  if (isRunning) timer = setTimeout(() => void follow(), askEveryMs);
  else if (wasRunning) void keepAsking();
}
