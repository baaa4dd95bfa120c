import type { Instant } from "@gatehouse/shared/time";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { findSession } from "../store/sessions.ts";
import { clearAlert } from "./alerts.ts";
import type { LaneFlow } from "./lane.ts";
import { cancelSession, openSession, reopenSession } from "./sessions.ts";

/** The vehicle was seen passing an entry: it is inside. */
export function entryPassed(tx: Tx, { deps }: LaneFlow, passage: Passage, at: Instant): void {
  const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
  if (session?.status === "pending") openSession(tx, deps, session, at, false);
  // Its plate came in at another lane before it had passed here: two vehicles, and both are inside.
  if (session?.status === "closed-assumed") reopenSession(tx, session, at);
  clearAlert(tx, at, "attendant-needed", deps.lane.id);
}

/** Nobody was seen passing an entry: the vehicle is inside as far as anybody knows, or has backed out. */
export function entryAbandoned(
  tx: Tx,
  { deps, state }: LaneFlow,
  passage: Passage,
  outcome: PassageOutcome,
  at: Instant,
): void {
  const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
  if (session?.status !== "pending") return;
  if (outcome === "unconfirmed") {
    openSession(tx, deps, session, at, true);
    return;
  }
  // A car that still stands on the loop keeps its session for the next try; an absent one has backed out.
  if (state.arming === true) return;
  cancelSession(tx, deps, session, at, outcome);
}

/** Nobody stands before an entry any more: who had a session there without passing has backed out. */
export function entryLeft(tx: Tx, { deps }: LaneFlow, sessionId: string | null, at: Instant): void {
  const session = sessionId === null ? undefined : findSession(tx, sessionId);
  if (session?.status === "pending") cancelSession(tx, deps, session, at, "backed-out");
}
