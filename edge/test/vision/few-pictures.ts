import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";

/**
 * Every `step`-th picture of a labelled set as a set of its own: their labels, and links to the pictures.
 *
 * @param set folder with pictures and their `labels.json`
 * @param to folder to make; it must not exist
 * @returns how many spaces these pictures label as occupied or free
 */
export function fewPicturesOf(set: string, step: number, to: string): number {
  const labels = CameraView.parse(JSON.parse(readFileSync(join(set, "labels.json"), "utf8")));
  const frames = labels.frames.filter((_frame, index) => index % step === 0);
  mkdirSync(to, { recursive: true });
  for (const { file } of frames) symlinkSync(join(set, file), join(to, file));
  writeFileSync(join(to, "labels.json"), JSON.stringify({ ...labels, frames }));
  return frames.flatMap(({ spaces }) => spaces.filter(({ occupied }) => occupied !== undefined))
    .length;
}
