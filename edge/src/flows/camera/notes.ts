import { type Instant, instantOf } from "@gatehouse/shared/time";
import type { ViewSaved } from "@gatehouse/shared/contracts/camera-setup";
import type { Reader, Tx } from "../../store/book.ts";
import { readNote, saveNote } from "../../store/notes.ts";

/** Who saved a camera's drawing last, and when; undefined when nobody has. */
export function viewSaved(reader: Reader, cameraId: string): ViewSaved | undefined {
  const note = readNote(reader, viewNote(cameraId));
  return note === undefined ? undefined : (JSON.parse(note) as ViewSaved);
}

export const noteViewSaved = (tx: Tx, cameraId: string, saved: ViewSaved): void =>
  saveNote(tx, viewNote(cameraId), JSON.stringify(saved));

export const noteCalibrated = (tx: Tx, cameraId: string, at: Instant): void =>
  saveNote(tx, calibratedNote(cameraId), at);

/** When a camera was drawn or calibrated anew: what its words were worth before says nothing about them now. */
export function lastChangeOf(reader: Reader, cameraId: string): Instant | undefined {
  const drawn = instantOf(viewSaved(reader, cameraId)?.at ?? "") ?? 0;
  const calibrated = Number(readNote(reader, calibratedNote(cameraId)) ?? 0);
  const last = Math.max(drawn, calibrated);
  return last === 0 ? undefined : (last as Instant);
}

const viewNote = (cameraId: string): string => `camera-view ${cameraId}`;
const calibratedNote = (cameraId: string): string => `camera-calibrated ${cameraId}`;
