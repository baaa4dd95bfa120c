import { Tracker } from "../../edge/src/vision/track/tracker.ts";
import type { Detection } from "../../edge/src/vision/vehicles.ts";

const boxes = 50;
const updates = 3000;
const everyMs = 100;

/** Updates a second of the tracker with fifty vehicles that go their ways across a picture of 1280 x 720. */
export function trackerUpdates(): number {
  const pictures = Array.from({ length: updates }, (_, picture) => pictureAt(picture));
  const tracker = new Tracker();
  const from = performance.now();
  for (const [index, detections] of pictures.entries()) {
    tracker.update(detections, index * everyMs);
  }
  return (1000 * updates) / (performance.now() - from);
}

/** In lanes, each with its own speed and direction; some are seen less surely now and then. */
const pictureAt = (picture: number): Detection[] =>
  Array.from({ length: boxes }, (_, car) => {
    const lane = car % 10;
    const speed = (lane % 2 === 0 ? 1 : -1) * (2 + lane);
    const x = (((car * 131 + picture * speed) % 1280) + 1280) % 1280;
    const y = 60 + 65 * lane;
    const score = (car + picture) % 17 === 0 ? 0.3 : 0.8;
    return { left: x - 30, right: x + 30, top: y - 45, bottom: y, vehicle: "car", score };
  });
