import { check } from "@gatehouse/shared/check";
import { parentPort, workerData } from "node:worker_threads";
import { CameraEye } from "./camera.ts";
import { Classifier } from "./classifier.ts";
import { Course } from "./course.ts";
import { Detector } from "./detector.ts";
import { type CameraJob, type FromThread, ToChild } from "./messages.ts";
import { PlateLocator } from "./plate/locator.ts";
import { PlateReader } from "./plate/reader.ts";
import { Turns } from "./turns.ts";

/**
 * One thread of the vision process. Its cameras share the networks' sessions and take turns at them; pictures are
 * fetched and decoded meanwhile.
 */
const port = parentPort;
check(port !== null, "runs as a worker thread");
const tell = (message: FromThread): void => port.postMessage(message);

/** Decoded pictures at a time, of all cameras together: one looked at, the next ones ready. */
const mostHeld = 3;

/** As many as the process has threads of its own for decoding. */
const mostDecoding = 2;

const held = new Turns(mostHeld);
const network = new Turns(1);
const decoding = new Turns(mostDecoding);
const share = {
  network,
  decoding,
  detectorOf: loadedOnce((file) => Detector.load(file)),
  classifierOf: loadedOnce((file) => Classifier.load(file)),
  locatorOf: loadedOnce((file) => PlateLocator.load(file)),
  plateReaderOf: loadedOnce((file) => PlateReader.load(file)),
};
const cameras = new Map(
  (workerData as CameraJob[]).map((job) => {
    const eye = new CameraEye(job, share);
    return [job.id, { eye, course: new Course(job.id, eye, held, tell) }];
  }),
);

port.on("message", (raw: unknown) => {
  const message = ToChild.parse(raw);
  if (message.kind === "ping") {
    tell({ kind: "pong", busyMs: Math.max(network.longestMs, decoding.longestMs) });
  }
  if (!("camera" in message)) return;
  const camera = cameras.get(message.camera);
  check(camera !== undefined, "a thread is asked about its own cameras only");
  const { eye, course } = camera;
  switch (message.kind) {
    case "look":
      return course.order(message.at);
    case "picture":
      if (eye.offer(Buffer.from(message.base64, "base64"))) {
        tell({ kind: "replaced", camera: message.camera });
      }
      return;
    case "examine":
      return void examine(eye, message);
    case "calibrate":
      return void calibrate(eye, message);
    case "reload":
      return eye.reload();
  }
});

async function examine(
  eye: CameraEye,
  { id, camera, picture }: Extract<ToChild, { kind: "examine" }>,
): Promise<void> {
  tell({ kind: "examined", id, camera, outcome: await eye.examine(picture) });
}

async function calibrate(
  eye: CameraEye,
  { id, camera, by }: Extract<ToChild, { kind: "calibrate" }>,
): Promise<void> {
  tell({ kind: "calibrated", id, camera, outcome: await eye.calibrate(by) });
}

/** Cameras of a thread share what is loaded from a file. What failed to load is tried anew. */
function loadedOnce<T>(load: (file: string) => Promise<T>): (file: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const loading = load(file);
    known.set(file, loading);
    loading.catch(() => known.delete(file));
    return loading;
  };
}
