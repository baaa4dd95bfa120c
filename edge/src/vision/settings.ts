import type { Family } from "./family.ts";

/** What decides between free and occupied: one default for every camera. */
export interface Settings {
  /** A vehicle scored lower does not fill a space. */
  readonly confidenceMin: number;
  /** The lower part of a vehicle's box, which stands for the ground it covers. */
  readonly groundShare: number;
  /** Least overlap (intersection over union) of that ground with a space. */
  readonly overlapMin: number;
  /** Of two boxes that overlap more, the weaker is the same vehicle seen twice. */
  readonly sameVehicleOverlap: number;
  /** Where the median space has a smaller side in pixels of the network's input, tiles are looked at too. */
  readonly smallSpacePx: number;
}

/**
 * The default for a detector of this family, in the middle of a plateau over lots seen from different heights.
 *
 * An oblique camera sees a car lean over the space behind it, so only the ground counts, and each car fills
 * one space. Spaces below 32 pixels hold what COCO calls small objects, which small detectors score low.
 */
export function defaultSettings(family: Family["kind"]): Settings {
  return {
    confidenceMin: defaultConfidence[family],
    groundShare: 0.65,
    overlapMin: 0.2,
    sameVehicleOverlap: 0.6,
    smallSpacePx: 32,
  };
}

/** YOLO scores lie lower than those of the DETR family: the same car, the same certainty, another scale. */
const defaultConfidence: Readonly<Record<Family["kind"], number>> = {
  detr: 0.25,
  yolox: 0.15,
  yolov8: 0.15,
};

/** Weaker boxes are no evidence at all: dropped at decoding, which bounds the work for each picture. */
export const scoreFloor = 0.05;
