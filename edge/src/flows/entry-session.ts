import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { hours, type Instant, minutes } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { listPendingAt, type Session } from "../store/sessions.ts";
import { admit, type Newcomer } from "./admission.ts";
import { settleEarlier } from "./duplicates.ts";
import type { LaneFlow } from "./lane.ts";
import { cancelSession, openSession } from "./sessions.ts";

/** A vehicle that was told to pass may try again for so long under the same session. */
const pendingTriesFor = hours(24);
/** So long a plate at this lane is the vehicle whose passage could only be assumed. */
const assumedTriesFor = minutes(10);

/**
 * Whether a session is of the vehicle that stands at this entry: one of its plate that was told to pass here, and has
 * not been seen passing.
 */
export function isSameVehicle({ deps: { lane, steady } }: LaneFlow, session: Session): boolean {
  if (session.entryLane !== lane.id) return false;
  const age = steady.now() - session.entrySteady;
  if (session.status === "pending") return age < pendingTriesFor;
  return session.sessionMetadata["assumed"] === true && age < assumedTriesFor;
}

/** @param inside earlier sessions of the same plate; they are for a person to look at */
export function admitEntrant(
  tx: Tx,
  { deps }: LaneFlow,
  now: Instant,
  newcomer: Newcomer,
  inside: readonly Session[],
): Session {
  const session = admit(tx, deps, now, newcomer, "pending");
  for (const earlier of inside) settleEarlier(tx, deps, earlier, session, now);
  return session;
}

/**
 * Commands the entry for a session. One vehicle at a time: whoever was told to pass before has passed, seen or not, or
 * is not coming any more.
 */
export function commandEntry(
  tx: Tx,
  flow: LaneFlow,
  now: Instant,
  decisionId: string,
  session: Session,
  opens?: PlateRead["opens"],
): Passage {
  for (const earlier of listPendingAt(tx, flow.deps.lane.id)) {
    if (earlier.sessionId === session.sessionId) continue;
    if (flow.mayHavePassed(earlier.sessionId)) openSession(tx, flow.deps, earlier, now, true);
    else cancelSession(tx, flow.deps, earlier, now, "superseded");
  }
  return flow.command(tx, now, decisionId, session.sessionId, opens);
}
