import type { ViewAnswer } from "@gatehouse/shared/contracts/camera-setup";
import { batch, signal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { askDrawing, putDrawing } from "./api.ts";
import { keepAsking } from "./cameras.ts";
import { toView } from "./drawing.ts";
import { acceptTag, complaints, drawing, isDirty, noteSaved, subject, take } from "./editor.ts";

export const isSaving = signal(false);
export const saveTrouble = signal<Exclude<Told<unknown>, { kind: "ok" }> | undefined>(undefined);
/** When the last saving of this camera came through, on `performance.now()`. */
export const savedMs = signal<number | undefined>(undefined);
/** What somebody else has saved meanwhile. */
export const theirs = signal<ViewAnswer | undefined>(undefined);

/** Puts the drawing in force at the facility. */
export async function save(): Promise<void> {
  const [now, of] = [drawing.peek(), subject.peek()];
  if (now === undefined || of === undefined || isSaving.peek()) return;
  if (!isDirty.peek() || complaints.peek().length > 0) return;
  isSaving.value = true;
  const told = await putDrawing(of.cameraId, toView(now), of.tag);
  const other =
    told.kind === "refused" && told.problem.type === "someone-else-saved"
      ? await askDrawing(of.cameraId)
      : undefined;
  batch(() => {
    isSaving.value = false;
    if (subject.peek()?.cameraId !== of.cameraId) return;
    saveTrouble.value = told.kind === "ok" || other?.kind === "ok" ? undefined : told;
    if (other?.kind === "ok") theirs.value = other.value;
    if (told.kind !== "ok") return;
    noteSaved(now, told.value.tag, told.value.saved);
    savedMs.value = performance.now();
  });
  if (told.kind === "ok") void keepAsking();
}

/** Their drawing counts, and what was drawn here is given up. */
export function loadTheirs(): void {
  const [answer, of] = [theirs.peek(), subject.peek()];
  if (answer === undefined || of === undefined) return;
  batch(() => {
    theirs.value = undefined;
    take(of.cameraId, answer);
  });
}

/** What is drawn here counts, and replaces theirs. */
export async function saveOverTheirs(): Promise<void> {
  const answer = theirs.peek();
  if (answer === undefined) return;
  batch(() => {
    theirs.value = undefined;
    acceptTag(answer.tag);
  });
  await save();
}

/** Nothing of the last camera's saving is said at the next. */
export function forgetSaving(): void {
  batch(() => {
    saveTrouble.value = undefined;
    savedMs.value = undefined;
    theirs.value = undefined;
  });
}

window.addEventListener("beforeunload", (event) => {
  if (isDirty.peek()) event.preventDefault();
});
