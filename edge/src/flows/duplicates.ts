import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, milliseconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { earlierSessionIs, isOfPassed } from "../domain/plate-duplicates.ts";
import type { Reader, Tx } from "../store/book.ts";
import { findSession, type Session } from "../store/sessions.ts";
import { raiseAlert } from "./alerts.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { platesOf } from "./reads.ts";
import { assumeClosed } from "./session-end.ts";

/** Two vehicles are inside under one plate: a person looks whose it is. */
export const twoUnderOnePlate = "two-under-one-plate";
/** An exit was missed, as far as anybody knows. */
export const leftUnseen = "session-assumed-closed";

/**
 * What becomes of an earlier session when a vehicle comes in under its plate: it stays beside the new one, or is
 * assumed to have left unseen. Either way a person is asked to look, and neither vehicle is lost.
 */
export function settleEarlier(
  tx: Tx,
  deps: LaneDeps,
  earlier: Session,
  newcomer: Session,
  now: Instant,
): void {
  const { random, steady, lane } = deps;
  const facts = {
    vehicleClass: earlier.vehicleClass as VehicleClass,
    sinceEntry: milliseconds(Math.max(0, steady.now() - earlier.entrySteady)),
    isPending: earlier.status === "pending",
  };
  const isBoth = earlierSessionIs(facts, newcomer.vehicleClass as VehicleClass) === "two-cars";
  if (!isBoth) assumeClosed(tx, deps, lane.id, earlier, now);
  raiseAlert(tx, random, now, {
    type: isBoth ? twoUnderOnePlate : leftUnseen,
    subject: earlier.sessionId,
    severity: "info",
    details: { other_session_id: newcomer.sessionId },
  });
}

/** Whether a read is one more of the vehicle that has just passed here. */
export function isAfterPassing(reader: Reader, { passage }: LaneFlow, read: PlateRead): boolean {
  if (passage === undefined || passage.passedAt === null || passage.sessionId === null)
    return false;
  const passed = findSession(reader, passage.sessionId)?.vehicleLicense ?? "";
  return isOfPassed(platesOf(read).plate, passed, milliseconds(read.at - passage.passedAt));
}
