import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Box } from "./geometry.ts";

/** A vehicle that a detector sees, in pixels of the picture. */
export interface Detection extends Box {
  readonly vehicle: VehicleClass;
  /** 0–1, as the detector scores it. */
  readonly score: number;
}

/** How many classes the detectors we know tell apart: those of COCO, counted from 0. */
export const cocoClasses = 80;

/** The COCO classes that can fill a space. A bicycle does not. */
export const cocoVehicles: readonly (readonly [index: number, vehicle: VehicleClass])[] = [
  [2, "car"],
  [3, "motorcycle"],
  [5, "bus"],
  [7, "truck"],
];
