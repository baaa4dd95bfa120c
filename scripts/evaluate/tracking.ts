import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Detection } from "../../edge/src/vision/vehicles.ts";
import { Tracker } from "../../edge/src/vision/track/tracker.ts";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import {
  type LabelledFrame,
  type TrackedBox,
  TrackingTally,
  type TrackingScore,
} from "./tracking-score.ts";

export interface TrackingTask {
  /** A folder with `gt/NNNN.txt` (KITTI tracking labels) and one folder `det*` with `NNNN.txt` detections. */
  readonly set: string;
  /** A folder: one MOT file a sequence is written there. */
  readonly out: string;
}

/** KITTI's cameras take ten pictures a second (Geiger et al., "Are we ready for autonomous driving?", 2012). */
const frameMs = 100;

/**
 * Where the set's detector (PointRCNN) is as often right as wrong: measured against the labels, its scores are the
 * logarithms of odds plus this.
 */
const evenScore = 2.7;

/** A weaker one is no evidence; the second stage of the tracker looks at the rest. */
const scoreFloor = 0.05;

/**
 * Follows the cars of labelled sequences with the daemon's own tracker and default settings, from detections that
 * somebody else made, and says how well it did.
 *
 * Written is one MOT file a sequence, `frame,id,left,top,width,height,score,-1,-1,-1`, frames numbered as in the
 * labels.
 *
 * @throws CannotEvaluate
 */
export async function evaluateTracking({ set, out }: TrackingTask): Promise<TrackingScore> {
  const folder = await detectionsIn(set);
  const names = (await listed(join(set, "gt"))).filter((name) => name.endsWith(".txt"));
  if (names.length === 0) throw new CannotEvaluate(`no labels in ${join(set, "gt")}`);
  await mkdir(out, { recursive: true });
  const tally = new TrackingTally();
  for (const name of names.toSorted()) {
    const frames = readLabels(await textOf(join(set, "gt", name)));
    const seen = readDetections(await textOf(join(folder, name)));
    const tracked = follow(Math.max(...frames.keys(), ...seen.keys(), 0), seen);
    tally.add(frames, tracked);
    await writeFile(join(out, name), tracked.flatMap(motLines).join(""));
  }
  return tally.score();
}

function follow(last: number, seen: ReadonlyMap<number, readonly Detection[]>): TrackedBox[][] {
  const tracker = new Tracker();
  return Array.from({ length: last + 1 }, (_, frame) =>
    tracker.update(seen.get(frame) ?? [], frame * frameMs).flatMap(({ detection, track }) => {
      const { left, top, right, bottom, score } = detection;
      return track === undefined ? [] : [{ id: track.id, left, top, right, bottom, score }];
    }),
  );
}

const motLines = (boxes: readonly TrackedBox[], frame: number): string[] =>
  boxes.map(({ id, left, top, right, bottom, score }) => {
    const box = [left, top, right - left, bottom - top].map((value) => value.toFixed(2));
    return `${[frame, id, ...box, score.toFixed(4), -1, -1, -1].join(",")}\n`;
  });

/** `frame id type truncated occluded alpha left top right bottom …`, KITTI's development kit, `tracking`. */
function readLabels(text: string): Map<number, LabelledFrame> {
  const frames = new Map<number, LabelledFrame>();
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const [frame, id, type = "", truncated, occluded, , left, top, right, bottom] = line.split(" ");
    const at = Number(frame);
    const known = frames.get(at) ?? { cars: [], ignored: [] };
    frames.set(at, known);
    const box = {
      left: Number(left),
      top: Number(top),
      right: Number(right),
      bottom: Number(bottom),
    };
    if (![at, ...Object.values(box)].every(Number.isFinite)) {
      throw new CannotEvaluate(`no KITTI tracking label: "${line}"`);
    }
    if (type === "Car") known.cars.push({ id: Number(id), ...box });
    const isHard = type === "Car" && (Number(occluded) > 2 || Number(truncated) > 0);
    if (isHard || ["Van", "DontCare", "Truck", "Misc"].includes(type)) known.ignored.push(box);
  }
  return frames;
}

/** `frame,type,left,top,right,bottom,score,…`. */
function readDetections(text: string): Map<number, Detection[]> {
  const frames = new Map<number, Detection[]>();
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const values = line.split(",").map(Number);
    const [frame = 0, , left = 0, top = 0, right = 0, bottom = 0, raw = Number.NaN] = values;
    if (!Number.isFinite(raw)) throw new CannotEvaluate(`no detection: "${line}"`);
    const score = 1 / (1 + Math.exp(evenScore - raw));
    if (score < scoreFloor) continue;
    const known = frames.get(frame) ?? [];
    frames.set(frame, known);
    known.push({ left, top, right, bottom, score, vehicle: "car" });
  }
  return frames;
}

async function detectionsIn(set: string): Promise<string> {
  const name = (await listed(set)).toSorted().find((each) => each.startsWith("det"));
  if (name === undefined) throw new CannotEvaluate(`no folder det… in ${set}`);
  return join(set, name);
}

const listed = (folder: string): Promise<string[]> => readdir(folder).catch(refuse);
const textOf = (file: string): Promise<string> => readFile(file, "utf8").catch(refuse);

function refuse(error: unknown): never {
  throw new CannotEvaluate(error instanceof Error ? error.message : String(error));
}
