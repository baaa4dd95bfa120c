import type { Instant } from "@gatehouse/shared/time";
import {
  checkInReservation,
  completeReservation,
  findPresence,
  findPresenceOf,
  savePresence,
} from "../store/access.ts";
import type { Tx } from "../store/book.ts";
import type { Session } from "../store/sessions.ts";

/*
 * Where the vehicles of a right are: a fold of the sessions' ledger lines, written with them. A passage that was only
 * assumed makes its vehicle neutral, because nobody knows; one that came to nothing changes nothing.
 */

/** A session's vehicle has come in. @param isSeen false: its passage was only assumed */
export function noteCameIn(tx: Tx, session: Session, at: Instant, isSeen: boolean): void {
  const { permitId, sessionId, entryLane: laneId } = session;
  const reservation = reservationOf(session);
  if (reservation !== undefined) checkInReservation(tx, reservation);
  if (permitId === null) return;
  const state = isSeen ? "in" : "neutral";
  savePresence(tx, { permitId, plate: plateOf(session), state, since: at, laneId, sessionId });
}

/** A session's vehicle has left. @param isSeen false: nobody saw it */
export function noteLeft(
  tx: Tx,
  session: Session,
  laneId: string,
  at: Instant,
  isSeen: boolean,
): void {
  const { permitId, sessionId } = session;
  const reservation = reservationOf(session);
  if (reservation !== undefined) completeReservation(tx, reservation);
  if (permitId === null) return;
  // Its plate may have been put right since it came in.
  const own = findPresenceOf(tx, permitId, sessionId);
  const plate = own?.plate ?? plateOf(session);
  // It has come in once more since, under another session: that one tells where it is.
  if (own === undefined && findPresence(tx, permitId, plate)?.state === "in") return;
  const state = isSeen ? "out" : "neutral";
  savePresence(tx, { permitId, plate, state, since: at, laneId, sessionId });
}

const plateOf = (session: Session): string => session.vehicleLicense ?? "";

/** The reservation that a session came in for. */
export function reservationOf(session: Session): string | undefined {
  const id = session.sessionMetadata["reservation_id"];
  return typeof id === "string" ? id : undefined;
}
