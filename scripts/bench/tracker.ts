import { Tracker } from "../../edge/src/vision/track/tracker.ts";
import type { Detection } from "../../edge/src/vision/vehicles.ts";

const vehicles = 50;
const updates = 4000;
const everyMs = 200;

/** Updates a second of one camera's tracker with fifty vehicles in each picture, a third of them moving. */
export function trackerUpdatesASecond(): number {
  const pictures = Array.from({ length: 100 }, (_, step) => pictureAt(step));
  const tracker = new Tracker();
  let from = 0;
  for (let step = 0; step < updates; step += 1) {
    // The first tenth warms up.
    if (step === updates / 10) from = performance.now();
    tracker.update(pictures[step % pictures.length] ?? [], step * everyMs);
  }
  return (1000 * 0.9 * updates) / (performance.now() - from);
}

/** Ten rows of five, close enough to compete for each other's boxes; boxes tremble like a detector's. */
const pictureAt = (step: number): Detection[] =>
  Array.from({ length: vehicles }, (_, index) => {
    const way = index % 3 === 0 ? 60 * Math.sin((2 * Math.PI * step) / 100) : 0;
    const tremble = ((index * 7 + step * 13) % 5) - 2;
    const left = 60 * (index % 10) + way + tremble;
    const top = 50 * Math.floor(index / 10) + tremble / 2;
    const score = (index + step) % 11 === 0 ? 0.3 : 0.8;
    return { left, top, right: left + 80, bottom: top + 60, vehicle: "car", score };
  });
