import { computed } from "@preact/signals";
import { cards, spaceNumbers } from "./cameras.ts";
import { drawnNumbers, subject } from "./editor.ts";

/** The facility's spaces that no camera sees, in its own order. */
export const missing = computed(() => {
  const own = subject.value?.cameraId;
  const elsewhere = new Set(
    (cards.value ?? []).flatMap(({ camera_id, spaces }) => (camera_id === own ? [] : spaces)),
  );
  return spaceNumbers.value.filter(
    (number) => !elsewhere.has(number) && !drawnNumbers.value.has(number),
  );
});
