import type { Examination } from "@gatehouse/shared/contracts/camera-setup";
import { batch, computed, signal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { realAge } from "../facility-time.ts";
import { examine, fetchPicture } from "./api.ts";
import { beginOn, subject } from "./editor.ts";

/** Between two looks while the page is open. */
const lookEveryMs = 3000;
/** A picture older than this is shown as old. */
const oldAfterMs = 15_000;

/** A picture on the page, and everything that was seen in it. */
export interface Look {
  readonly seen: Examination;
  readonly pixels: ImageBitmap;
  readonly takenMs: number;
  /** The name of the file that is tested; undefined: live. */
  readonly file: string | undefined;
}

export const look = signal<Look | undefined>(undefined);
export const isLooking = signal(false);
export const isPaused = signal(false);
/** What came of the last try when it gave no picture. */
export const lookTrouble = signal<Exclude<Told<unknown>, { kind: "ok" }> | undefined>(undefined);

export const lookAge = computed(() => (look.value === undefined ? 0 : realAge(look.value.takenMs)));
export const isLookOld = computed(
  () => look.value?.file === undefined && lookAge.value > oldAfterMs,
);

let timer: ReturnType<typeof setTimeout> | undefined;
/** A hand is at work on the picture: it is not taken away from under it. */
let isHandDown = false;

export function holdPicture(isDown: boolean): void {
  isHandDown = isDown;
}

/** Looks through the chosen camera now, and again every few seconds. */
export async function keepLooking(): Promise<void> {
  clearTimeout(timer);
  if (mayLook()) await lookNow();
  clearTimeout(timer);
  timer = setTimeout(() => void keepLooking(), lookEveryMs);
}

export const stopLooking = (): void => clearTimeout(timer);

/** Another camera: what was seen through the one before is no longer of interest. */
export function forgetLook(): void {
  batch(() => {
    look.value = undefined;
    lookTrouble.value = undefined;
    isPaused.value = false;
  });
}

const mayLook = (): boolean =>
  subject.peek() !== undefined &&
  !isPaused.peek() &&
  !isHandDown &&
  document.visibilityState === "visible";

/** @param file a picture to be tested instead of the camera's next */
export async function lookNow(file?: File): Promise<void> {
  const cameraId = subject.peek()?.cameraId;
  if (cameraId === undefined || isLooking.peek()) return;
  isLooking.value = true;
  const told = await examine(cameraId, file);
  const pixels = told.kind === "ok" ? await fetchPicture(cameraId, told.value.tag) : undefined;
  batch(() => {
    isLooking.value = false;
    if (subject.peek()?.cameraId !== cameraId) return;
    if (told.kind !== "ok") lookTrouble.value = told;
    // Without its pixels it was replaced by somebody else's look: the next one shows it.
    if (told.kind !== "ok" || pixels === undefined) return;
    lookTrouble.value = undefined;
    // A look that began before the pause must not take the tested picture away.
    if (file === undefined && isPaused.peek() && look.peek()?.file !== undefined) return;
    if (file !== undefined) isPaused.value = true;
    look.value = { seen: told.value, pixels, takenMs: performance.now(), file: file?.name };
    beginOn({ width: told.value.width, height: told.value.height });
  });
}

/** From a tested picture, or from a pause, back to the live one. */
export function backToLive(): void {
  isPaused.value = false;
  void keepLooking();
}
