import { groundOverlap, type Rules, type Thresholds } from "./assign.ts";
import type { Bay } from "./bays.ts";
import type { Detection } from "./vehicles.ts";

/** How much surer than the mistake a real vehicle must be. */
const margin = 0.1;

/** A space never asks for more: no detector is surer of every car. */
const highest = 0.9;

/**
 * What spaces ask for, learnt from the vehicles that a detector claims to see in a picture of the empty lot:
 * a space with such a ghost asks for more than the ghost had. Other spaces keep the camera's confidence,
 * because one empty picture says nothing about how sure the detector is of real cars.
 */
export function thresholdsFrom(
  bays: readonly Bay[],
  ghosts: readonly Detection[],
  { confidenceMin, groundShare, overlapMin }: Rules,
): Thresholds {
  const thresholds = new Map<string, number>();
  for (const bay of bays) {
    const scores = ghosts
      .filter((ghost) => groundOverlap(bay, ghost, groundShare) >= overlapMin)
      .map(({ score }) => score);
    const asked = Math.min(highest, Math.max(0, ...scores) + margin);
    if (asked > confidenceMin) thresholds.set(bay.id, asked);
  }
  return thresholds;
}
