import { batch, signal } from "@preact/signals";
import { askDrawing } from "./api.ts";
import { calibration, follow, forgetCalibration } from "./calibrating.ts";
import { cards } from "./cameras.ts";
import { forgetRow } from "./drafting.ts";
import { isDirty, subject, take } from "./editor.ts";
import { forgetLook, keepLooking } from "./looking.ts";
import { forgetSaving } from "./saving.ts";
import { showWhole } from "./stage-view.ts";

/** The camera that is wanted while there is something unsaved; a person decides. */
export const wantedCamera = signal<string | undefined>(undefined);
/** The camera whose drawing is on its way. */
const comingCamera = signal<string | undefined>(undefined);

/** To another camera; unsaved work is not lost without a word. */
export function go(cameraId: string): void {
  if (cameraId === subject.peek()?.cameraId) return;
  if (isDirty.peek() && subject.peek() !== undefined) wantedCamera.value = cameraId;
  else void arrive(cameraId);
}

export async function leaveUnsaved(): Promise<void> {
  const cameraId = wantedCamera.peek();
  wantedCamera.value = undefined;
  if (cameraId !== undefined) await arrive(cameraId);
}

/** The camera that the address names, else the first. */
export function arriveFirst(): void {
  const known = cards.peek() ?? [];
  if (subject.peek() !== undefined || comingCamera.peek() !== undefined) return;
  const wanted = decodeURIComponent(location.hash.slice(1));
  const first = known.find(({ camera_id }) => camera_id === wanted) ?? known[0];
  if (first !== undefined) void arrive(first.camera_id);
}

async function arrive(cameraId: string): Promise<void> {
  comingCamera.value = cameraId;
  const told = await askDrawing(cameraId);
  if (comingCamera.peek() !== cameraId) return;
  comingCamera.value = undefined;
  // The list says that nothing answers; the next answer to it tries again.
  if (told.kind !== "ok") return;
  history.replaceState(null, "", `#${encodeURIComponent(cameraId)}`);
  batch(() => {
    forgetLook();
    forgetCalibration();
    forgetSaving();
    forgetRow();
    showWhole();
    take(cameraId, told.value);
    calibration.value = undefined;
  });
  void follow();
  void keepLooking();
}
