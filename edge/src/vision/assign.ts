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

/** Who stands in one space. */
export interface Stand {
  readonly bay: string;
  /** Of the vehicle that fills it, or of a weaker one that may; 0 where there is none. */
  readonly score: number;
  /** The vehicle that fills it. */
  readonly vehicle: Detection | undefined;
}

export type Rules = Pick<Settings, "confidenceMin" | "groundShare" | "overlapMin">;

/** The score from which a vehicle fills a space, where it is not the camera's, by bay. */
export type Borders = ReadonlyMap<string, number>;

/**
 * Gives each vehicle to at most one space and each space at most one vehicle, by their overlap on the ground.
 * Vehicles too weak to fill a space only take what the sure ones left, and there they are told as a weak score.
 * The order of `bays` and `detections` decides nothing.
 *
 * @returns one stand for each of `bays`, in their order
 */
export function assign(
  bays: readonly Bay[],
  detections: readonly Detection[],
  rules: Rules,
  borders: Borders = new Map(),
): Stand[] {
  const borderOf = (bay: Bay): number => borders.get(bay.id) ?? rules.confidenceMin;
  const stands = new Map<Bay, Stand>();
  const given = new Set<Detection>();
  for (const { bay, detection, fills } of claimsOf(bays, detections, rules, borderOf)) {
    if (stands.has(bay) || given.has(detection)) continue;
    const vehicle = fills ? detection : undefined;
    stands.set(bay, { bay: bay.id, score: detection.score, vehicle });
    given.add(detection);
  }
  return bays.map((bay) => stands.get(bay) ?? { bay: bay.id, score: 0, vehicle: undefined });
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
  borderOf: (bay: Bay) => number,
): Claim[] {
  const vehicles = detections.filter(fillsSpace);
  const claims = bays.flatMap((bay) =>
    vehicles.flatMap((detection) => {
      const overlap = groundOverlap(bay, detection, groundShare);
      const fills = detection.score >= borderOf(bay);
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
