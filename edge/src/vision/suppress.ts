import { overlapOf } from "./geometry.ts";
import type { Detection } from "./vehicles.ts";

/** More vehicles than this in one picture are noise. */
const mostVehicles = 500;

/**
 * Keeps one box a vehicle: the surest first, and no other that overlaps a kept one by more than
 * `sameVehicleOverlap`. A van seen as car and as truck is one vehicle, so classes are not told apart.
 */
export function suppress(
  detections: readonly Detection[],
  sameVehicleOverlap: number,
): Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections.toSorted(surestFirst)) {
    if (kept.length === mostVehicles) break;
    if (!kept.some((other) => overlapOf(other, detection) > sameVehicleOverlap)) {
      kept.push(detection);
    }
  }
  return kept;
}

/** Equal scores are ordered by place, so that the order of arrival decides nothing. */
export const surestFirst = (a: Detection, b: Detection): number =>
  b.score - a.score || a.left - b.left || a.top - b.top || a.right - b.right || a.bottom - b.bottom;
