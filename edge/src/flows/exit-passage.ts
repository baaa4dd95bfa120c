import type { Instant } from "@gatehouse/shared/time";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { findSession } from "../store/sessions.ts";
import { isOrphan } from "./admission.ts";
import { clearAlert } from "./alerts.ts";
import { finalQuote } from "./exit-session.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { assumeClosed, closeSession } from "./session-end.ts";
import { isInside, returnFromExit } from "./sessions.ts";

/** The vehicle was seen passing an exit: its session is over. */
export function exitPassed(tx: Tx, deps: LaneDeps, passage: Passage, at: Instant): void {
  const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
  clearAlert(tx, at, "attendant-needed", deps.lane.id);
  if (session === undefined || !isInside(session)) return;
  closeSession(tx, deps, deps.lane.id, session, at, finalQuote(tx, deps, session));
  clearAlert(tx, at, "exit-unconfirmed", session.sessionId);
}

/** Nobody was seen passing an exit: the vehicle has left as far as anybody knows, or is inside as before. */
export function exitAbandoned(
  tx: Tx,
  deps: LaneDeps,
  passage: Passage,
  outcome: PassageOutcome,
  at: Instant,
): void {
  const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
  if (session === undefined || !isInside(session)) return;
  const laneId = deps.lane.id;
  // An orphan that did not leave is one of the vehicles that the book knows: it is no further one.
  if (isOrphan(session)) return assumeClosed(tx, deps, laneId, session, at);
  if (outcome !== "unconfirmed") return returnFromExit(tx, session);
  assumeClosed(tx, deps, laneId, session, at, finalQuote(tx, deps, session).total);
}
