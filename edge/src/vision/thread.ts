import { check } from "@gatehouse/shared/check";
import type { Instant } from "@gatehouse/shared/time";
import { parentPort, workerData } from "node:worker_threads";
import { CameraEye } from "./camera.ts";
import { Detector } from "./detector.ts";
import { type CameraJob, type FromThread, ToChild } from "./messages.ts";

/**
 * One thread of the vision process: its cameras take turns, one picture at a time. A camera has at most one
 * look waiting; a younger one takes its place.
 */
const port = parentPort;
check(port !== null, "runs as a worker thread");
const tell = (message: FromThread): void => port.postMessage(message);

const detectors = new Map<string, Promise<Detector>>();
const eyes = new Map(
  (workerData as CameraJob[]).map((job) => [job.id, new CameraEye(job, detectorOf)]),
);

/** When each waiting look was asked for, by camera; the longest waiting first. */
const waiting = new Map<string, Instant>();
let busySinceMs: number | undefined;

port.on("message", (raw: unknown) => {
  const message = ToChild.parse(raw);
  if (message.kind === "ping") {
    const busyMs = busySinceMs === undefined ? 0 : performance.now() - busySinceMs;
    tell({ kind: "pong", busyMs });
  }
  if (message.kind === "picture") {
    eyes.get(message.camera)?.offer(Buffer.from(message.base64, "base64"));
  }
  if (message.kind === "reload") eyes.get(message.camera)?.reload();
  if (message.kind === "look") {
    if (waiting.has(message.camera)) tell({ kind: "replaced", camera: message.camera });
    waiting.set(message.camera, message.at);
    if (busySinceMs === undefined) void lookAtAll();
  }
});

async function lookAtAll(): Promise<void> {
  for (let next = takeNext(); next !== undefined; next = takeNext()) {
    const { eye, camera, at } = next;
    busySinceMs = performance.now();
    const fetched = await eye.fetch(at);
    const taken = fetched?.kind === "fetched" ? await eye.prepare(fetched) : fetched;
    if (taken === undefined) continue;
    const outcome = taken.kind === "taken" ? await eye.look(taken) : taken;
    const tookMs = performance.now() - busySinceMs;
    tell({ kind: "looked", camera, at, tookMs, outcome });
  }
  busySinceMs = undefined;
}

function takeNext() {
  for (const [camera, at] of waiting) {
    waiting.delete(camera);
    const eye = eyes.get(camera);
    if (eye !== undefined) return { eye, camera, at };
  }
  return undefined;
}

/** Cameras of a thread share a session. One that failed to load is tried anew. */
function detectorOf(file: string): Promise<Detector> {
  const known = detectors.get(file);
  if (known !== undefined) return known;
  const loading = Detector.load(file);
  detectors.set(file, loading);
  loading.catch(() => detectors.delete(file));
  return loading;
}
