import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { findSession } from "../store/sessions.ts";
import { clearAlert } from "./alerts.ts";
import type { HandOpening } from "./desk.ts";
import { commandExit } from "./exit-decision.ts";
import { sessionAtExit } from "./exit-session.ts";
import { handDecision, type HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";
import { quoteSession } from "./session-quote.ts";

/**
 * A person opens an exit; what is not paid stays owed by the session.
 *
 * @param collecting the session a driver is paying for at this lane now
 */
export function decideExitByHand(
  tx: Tx,
  flow: LaneFlow,
  collecting: string | undefined,
  opening: HandOpening,
  now: Instant,
): HandStep {
  const { deps, standing } = flow;
  const id = opening.sessionId ?? collecting ?? standing?.sessionId ?? undefined;
  const found = id === undefined ? undefined : findSession(tx, id);
  const session = sessionAtExit(tx, deps, now, found, standing?.read);
  const { sessionId } = session;
  const decisionId = flow.decide(tx, now, handDecision(opening, sessionId, standing?.read));
  clearAlert(tx, now, "attendant-needed", deps.lane.id);
  const quote = quoteSession(tx, deps, session);
  const passage = commandExit(tx, flow, now, decisionId, session, quote);
  return { decisionId, sessionId, passage };
}
