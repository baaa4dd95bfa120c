import type { Actor } from "@gatehouse/shared/contracts/actor";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { check } from "@gatehouse/shared/check";
import { insideStatuses, mayBecome, type SessionStatus } from "../domain/session.ts";
import { exitHeldFor, type Quote } from "../domain/quote.ts";
import type { Tx } from "../store/book.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import { clearAlert, deniedInside } from "./alerts.ts";
import { noteCameIn, noteLeft } from "./access-presence.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { endTicketOf } from "./parking-ticket-ends.ts";
import { leavePlace } from "./space-places.ts";

/** What changing a session takes; the lane where it happens is told beside it. */
export type SessionDeps = Pick<
  LaneDeps,
  "steady" | "counters" | "random" | "currency" | "calendar"
>;

/*
 * Where a session's vehicle is: every change of it, with its ledger line, stands here, and its end in
 * `session-end.ts`. What the book says of a session can be rebuilt from the ledger alone.
 */

/** Whether the session's vehicle may be inside. */
export const isInside = ({ status }: Session): boolean =>
  (insideStatuses as readonly SessionStatus[]).includes(status);

/** The vehicle is inside: seen passing, or assumed when nothing could see it. */
export function openSession(
  tx: Tx,
  deps: SessionDeps,
  session: Session,
  at: Instant,
  assumed: boolean,
): Session {
  const sessionMetadata = assumed
    ? { ...session.sessionMetadata, assumed: true }
    : session.sessionMetadata;
  const opened = become({ ...session, sessionMetadata }, "open");
  saveSession(tx, opened);
  noteCameIn(tx, opened, at, !assumed);
  tx.append(at, {
    type: "session-opened",
    body: {
      session_id: session.sessionId,
      lane_id: session.entryLane,
      entry_at: isoOf(session.entryTime as Instant),
      steady_ms: session.entrySteady,
      assumed,
    },
  });
  tx.afterCommit(() => deps.counters.count("sessions_opened_total"));
  return opened;
}

/** The vehicle did not come in after all: it has backed out, or another stands in its place. */
export function cancelSession(
  tx: Tx,
  deps: SessionDeps,
  session: Session,
  at: Instant,
  reason: string,
): void {
  saveSession(tx, become(session, "cancelled"));
  clearAlert(tx, at, deniedInside, session.sessionId);
  leavePlace(tx, session.sessionId, at);
  endTicketOf(tx, session.sessionId, "voided", at, reason);
  tx.append(at, {
    type: "session-cancelled",
    body: { session_id: session.sessionId, lane_id: session.entryLane, reason },
  });
  tx.afterCommit(() => deps.counters.count("sessions_cancelled_total", { reason }));
}

/** The session was of the same vehicle as another one, which goes on. */
export function supersedeSession(
  tx: Tx,
  session: Session,
  kept: Session,
  by: Actor,
  at: Instant,
): void {
  saveSession(tx, { ...become(session, "superseded"), exitTime: at });
  noteLeft(tx, session, session.entryLane, at, false);
  leavePlace(tx, session.sessionId, at);
  endTicketOf(tx, session.sessionId, "voided", at, "superseded");
  tx.append(at, {
    type: "session-superseded",
    body: { session_id: session.sessionId, kept_id: kept.sessionId, by },
  });
}

/** A session that was assumed closed turns up at an exit after all. */
export function reopenSession(tx: Tx, session: Session, at: Instant): Session {
  const reopened: Session = { ...become(session, "open"), exitTime: null, exitLane: null };
  saveSession(tx, reopened);
  noteCameIn(tx, reopened, at, true);
  tx.append(at, {
    type: "session-flagged",
    body: { session_id: session.sessionId, flag: "reopened" },
  });
  return reopened;
}

/** The exit gate was commanded for this session: what it costs now is what it costs when the vehicle has passed. */
export function beginExit(
  tx: Tx,
  deps: Pick<SessionDeps, "steady">,
  laneId: string,
  session: Session,
  quote: Quote,
): void {
  saveSession(tx, {
    ...become(session, "exiting"),
    exitLane: laneId,
    quotedDue: quote.due,
    quotedTotal: quote.total,
    quoteUntilSteady: Math.round(deps.steady.now() + exitHeldFor),
  });
}

/** Nobody passed the exit: the session is where it was before. */
export function returnFromExit(tx: Tx, session: Session): void {
  if (session.status !== "exiting") return;
  const status = session.graceUntilSteady === null ? "open" : "paid-grace";
  saveSession(tx, { ...become(session, status), exitLane: null });
}

/** The session in its next state; not written yet. */
export function become(session: Session, status: SessionStatus): Session {
  check(
    mayBecome(session.status, status),
    `session ${session.sessionId} may not go from ${session.status} to ${status}`,
  );
  return { ...session, status };
}
