import { type Duration, minutes, seconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { maybeSamePlate } from "./plate-consensus.ts";
import { isOtherClass } from "./plate-match.ts";

/**
 * What a session under a plate is to a vehicle that comes in under the same plate (requirements D, duplicate entry).
 * `two-cars`: one of the plates was misread, or copied; both are inside. `left-unseen`: its exit was missed.
 */
export type EarlierSession = "two-cars" | "left-unseen";

export interface EarlierFacts {
  readonly vehicleClass: VehicleClass;
  readonly sinceEntry: Duration;
  /** Nobody saw it pass the entry: the same vehicle may have driven on to the next lane. */
  readonly isPending: boolean;
}

/** A camera may tell of the back of a vehicle that has just passed. */
const laterFrames = seconds(10);
/** Nobody drives in, out unseen, and in again in less. */
const roundTrip = minutes(2);

/** @param vehicleClass of the vehicle that stands at the entry */
export function earlierSessionIs(
  { vehicleClass, sinceEntry, isPending }: EarlierFacts,
  standing: VehicleClass,
): EarlierSession {
  if (isOtherClass(vehicleClass, standing)) return "two-cars";
  return sinceEntry < roundTrip && !isPending ? "two-cars" : "left-unseen";
}

/**
 * Whether a read is one more of the vehicle that has just passed at its lane, and not of the next one.
 *
 * @param sincePassed from the moment when it had passed to the camera's own time of the read
 */
export function isOfPassed(plate: string, passed: string, sincePassed: Duration): boolean {
  if (plate === "" || passed === "") return false;
  if (plate === passed) return sincePassed < laterFrames;
  return sincePassed <= 0 && maybeSamePlate(plate, passed);
}
