import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { findDecisionByRequest } from "../store/passages.ts";
import { findSession } from "../store/sessions.ts";
import { type Refusal, refusal } from "./desk.ts";
import { decideAndWriteExit, type ExitStep } from "./exit-decision.ts";
import { mayBeHere } from "./exit-match.ts";
import type { LaneFlow } from "./lane.ts";
import { learnFrom } from "./plate-knowledge.ts";
import { platesOf } from "./reads.ts";

/** A person says whose vehicle stands at an exit. */
export interface Choice {
  readonly sessionId: string;
  readonly actor: Actor;
  /** The same id twice is one choice. */
  readonly requestId: string;
}

/** The choice was made before, by the same press. */
export interface RepeatedChoice {
  readonly isRepeated: true;
  readonly decisionId: string;
  readonly sessionId: string | null;
}

/** What the same press was decided to be before. */
export function repeatedChoice(tx: Tx, requestId: string | undefined): RepeatedChoice | undefined {
  const known = requestId === undefined ? undefined : findDecisionByRequest(tx, requestId);
  return known && { isRepeated: true, decisionId: known.decisionId, sessionId: known.sessionId };
}

/**
 * The vehicle at an exit gets the session that a person chose, and goes the ordinary way: it pays what it owes. What
 * was read of it is a lesson about its camera.
 *
 * @param read of the vehicle that stands there; undefined where none was read
 */
export function writeChoice(
  tx: Tx,
  flow: LaneFlow,
  read: PlateRead | undefined,
  { sessionId, actor, requestId }: Choice,
  now: Instant,
): ExitStep | RepeatedChoice | Refusal {
  const repeated = repeatedChoice(tx, requestId);
  if (repeated !== undefined) return repeated;
  if (flow.busy) return laneBusy;
  if (flow.state.arming === false) return nobodyThere;
  const laneId = flow.deps.lane.id;
  const session = findSession(tx, sessionId);
  if (session === undefined || !mayBeHere(session, laneId)) return notInside;
  const step = decideAndWriteExit(tx, flow, now, {
    match: "chosen",
    found: [session],
    actor,
    read,
    requestId,
  });
  const plate = session.vehicleLicense ?? "";
  const readPlate = read === undefined ? "" : platesOf(read).plate;
  tx.append(now, {
    type: "session-chosen",
    body: {
      session_id: sessionId,
      lane_id: laneId,
      decision_id: step.decisionId,
      plate,
      read_id: read?.readId ?? null,
      read_plate: readPlate === "" ? null : readPlate,
      by: actor,
    },
  });
  if (read !== undefined) learnFrom(tx, read.readerId, readPlate, plate);
  return step;
}

const laneBusy = refusal("lane-busy", "A vehicle has just been told to pass here; wait for it.");
const nobodyThere = refusal("nobody-there", "No vehicle stands at this lane.");
const notInside = refusal(
  "not-inside",
  "This session's vehicle is not inside any more, or leaves through another lane.",
);
