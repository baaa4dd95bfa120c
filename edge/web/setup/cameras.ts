import type { CameraCard } from "@gatehouse/shared/contracts/camera-setup";
import { computed, signal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { levels } from "../model.ts";
import { askCameras } from "./api.ts";

/** Between questions how the cameras are. */
const askEveryMs = 5000;

/** Every camera of the facility; undefined before the first answer. */
export const cards = signal<readonly CameraCard[] | undefined>(undefined);
/** Why the list could not be had, of the last try. */
export const cardsTrouble = signal<Exclude<Told<unknown>, { kind: "ok" }> | undefined>(undefined);

/** The facility's spaces in its own order. */
export const spaceNumbers = computed(() =>
  levels.value.flatMap(({ zones }) =>
    zones.flatMap(({ spaces }) => spaces.map(({ number }) => number)),
  ),
);
export const knownNumbers = computed(() => new Set(spaceNumbers.value));

let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks now, and again and again until `stopAsking`. */
export async function keepAsking(): Promise<void> {
  clearTimeout(timer);
  const told = await askCameras();
  if (told.kind === "ok") {
    cardsTrouble.value = undefined;
    cards.value = told.value.cameras;
  } else cardsTrouble.value = told;
  clearTimeout(timer);
  timer = setTimeout(() => void keepAsking(), askEveryMs);
}

export const stopAsking = (): void => clearTimeout(timer);
