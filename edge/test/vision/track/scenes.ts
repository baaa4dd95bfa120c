import type { Detection } from "../../../src/vision/vehicles.ts";

/** A car whose lower edge's middle stands at (x, y), 40 wide and 30 high. */
export const carAt = (x: number, y: number, score = 0.9): Detection => ({
  left: x - 20,
  right: x + 20,
  top: y - 30,
  bottom: y,
  vehicle: "car",
  score,
});
