import type { Bay } from "./bays.ts";
import { type Box, overlapWithBox } from "./geometry.ts";
import type { Settings } from "./settings.ts";
import { surestFirst } from "./suppress.ts";
import { type Detection, fillsSpace } from "./vehicles.ts";

/** What one picture says of one space. */
export interface SpaceWord {
  readonly bay: string;
  readonly occupied: boolean;
  /** 0.5–1: at 0.5 the evidence lay exactly on the border between free and occupied. */
  readonly confidence: number;
}

export type Rules = Pick<Settings, "confidenceMin" | "groundShare" | "overlapMin">;

/** The confidence that a space asks for where it is not the camera's, by bay. */
export type Thresholds = ReadonlyMap<string, number>;

/**
 * Gives each vehicle to at most one space and each space at most one vehicle, by their overlap on the ground.
 * Vehicles too weak to fill a space only take what the sure ones left, and there they make "free" less sure.
 * The order of `bays` and `detections` decides nothing.
 *
 * @returns one word for each of `bays`, in their order
 */
export function assign(
  bays: readonly Bay[],
  detections: readonly Detection[],
  rules: Rules,
  thresholds: Thresholds = new Map(),
): SpaceWord[] {
  const thresholdOf = (bay: Bay): number => thresholds.get(bay.id) ?? rules.confidenceMin;
  const evidence = new Map<Bay, number>();
  const given = new Set<Detection>();
  for (const { bay, detection } of claimsOf(bays, detections, rules, thresholdOf)) {
    if (evidence.has(bay) || given.has(detection)) continue;
    evidence.set(bay, detection.score);
    given.add(detection);
  }
  return bays.map((bay) => judge(bay, evidence.get(bay) ?? 0, thresholdOf(bay)));
}

interface Claim {
  readonly bay: Bay;
  readonly detection: Detection;
  readonly fills: boolean;
  readonly overlap: number;
}

/** Every pair of space and vehicle that fits, the best first. */
function claimsOf(
  bays: readonly Bay[],
  detections: readonly Detection[],
  { groundShare, overlapMin }: Rules,
  thresholdOf: (bay: Bay) => number,
): Claim[] {
  const vehicles = detections.filter(fillsSpace);
  const claims = bays.flatMap((bay) =>
    vehicles.flatMap((detection) => {
      const overlap = groundOverlap(bay, detection, groundShare);
      const fills = detection.score >= thresholdOf(bay);
      return overlap >= overlapMin ? [{ bay, detection, fills, overlap }] : [];
    }),
  );
  return claims.toSorted(bestFirst);
}

/** How well a vehicle stands in a space, 0–1: the lower `share` of its box against the space's polygon. */
export function groundOverlap({ polygon }: Bay, vehicle: Box, share: number): number {
  const { left, right, bottom } = vehicle;
  return overlapWithBox(polygon, {
    left,
    right,
    bottom,
    top: bottom - share * (bottom - vehicle.top),
  });
}

const bestFirst = (a: Claim, b: Claim): number =>
  Number(b.fills) - Number(a.fills) ||
  b.overlap - a.overlap ||
  surestFirst(a.detection, b.detection) ||
  (a.bay.id < b.bay.id ? -1 : 1);

function judge(bay: Bay, evidence: number, threshold: number): SpaceWord {
  const occupied = evidence >= threshold && evidence > 0;
  const room = occupied ? 1 - threshold : threshold;
  const beyond = Math.abs(evidence - threshold);
  const confidence = room === 0 ? 1 : 0.5 + (0.5 * beyond) / room;
  return { bay: bay.id, occupied, confidence };
}
