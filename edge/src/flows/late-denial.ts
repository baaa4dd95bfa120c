import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import { listingOf } from "../store/access-lists.ts";
import type { Reader, Tx } from "../store/book.ts";
import { findSession } from "../store/sessions.ts";
import { deniedInside, raiseAlert } from "./alerts.ts";
import type { LaneFlow } from "./lane.ts";
import { platesOf } from "./reads.ts";

/**
 * One more read of the vehicle that was let in here, by a better read or a ticket: where it names a plate of the deny
 * list, people are told. The gate goes on as it was told, and the vehicle leaves as every other does.
 */
export function tellOfDenied(
  tx: Tx,
  { deps, passage }: LaneFlow,
  read: PlateRead,
  now: Instant,
): void {
  const { plate } = platesOf(read);
  const denied = plate === "" ? undefined : listingOf(tx, plate, now).deny;
  if (denied === undefined || typeof passage?.sessionId !== "string") return;
  raiseAlert(tx, deps.random, now, {
    type: deniedInside,
    subject: passage.sessionId,
    severity: "critical",
    details: {
      reason: denied,
      lane_id: deps.lane.id,
      reader_id: read.readerId,
      read_id: read.readId,
      sessions: [passage.sessionId],
    },
  });
}

/** Whether the vehicle on the loop is one that was let in without a plate: what is read there now is likely its own. */
export function isOfUnread(reader: Reader, { busy, state, passage }: LaneFlow): boolean {
  if (!busy || state.arming !== true || typeof passage?.sessionId !== "string") return false;
  const session = findSession(reader, passage.sessionId);
  return session?.status === "pending" && session.vehicleLicense === null;
}
