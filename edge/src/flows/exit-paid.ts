import type { Actor } from "@gatehouse/shared/contracts/actor";
import { failurePolicyOf } from "@gatehouse/shared/lane-failure";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { findSession } from "../store/sessions.ts";
import { raiseAlert } from "./alerts.ts";
import type { HandOpening } from "./desk.ts";
import { commandExit, decideAndWriteExit, type ExitStep } from "./exit-decision.ts";
import { sessionAtExit } from "./exit-session.ts";
import type { TillOutcome } from "./exit-till.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { readFacts } from "./reads.ts";
import { quoteSession } from "./session-quote.ts";
import { isInside } from "./sessions.ts";

/** The driver has paid at the lane: the exit is commanded. */
export function writePaidExit(
  tx: Tx,
  flow: LaneFlow,
  paidFor: string,
  actor: Actor,
  read: PlateRead | undefined,
  now: Instant,
): Passage {
  const { deps } = flow;
  const facts = read && readFacts(read);
  // It may have been ended meanwhile: its plate came in at an entry, a person put it together with another.
  const session = sessionAtExit(tx, deps, now, findSession(tx, paidFor), facts);
  const { sessionId } = session;
  const decisionId = flow.decide(tx, now, {
    kind: "open",
    reason: "paid",
    rules: ["payment"],
    actor,
    sessionId,
    ...(facts === undefined ? {} : { read: facts }),
  });
  return commandExit(tx, flow, now, decisionId, session, quoteSession(tx, deps, session));
}

/**
 * Something was paid elsewhere for the vehicle that stands here: it leaves, or pays the rest.
 *
 * @returns undefined where the session's vehicle is not inside any more
 */
export function decidePaidElsewhere(
  tx: Tx,
  flow: LaneFlow,
  sessionId: string,
  actor: Actor,
  read: PlateRead | undefined,
  now: Instant,
): ExitStep | undefined {
  const session = findSession(tx, sessionId);
  if (session === undefined || !isInside(session)) return undefined;
  return decideAndWriteExit(tx, flow, now, { match: "chosen", found: [session], actor, read });
}

/**
 * The opening of a lane that is set to open while its terminal is away: what is owed stays owed by the session.
 *
 * @returns undefined where somebody must come
 */
export function openingUnpaid(
  { lane, random }: LaneDeps,
  sessionId: string,
  outcome: TillOutcome,
): HandOpening | undefined {
  const isOurs = outcome === "terminal-unreachable";
  if (!isOurs || failurePolicyOf(lane).payment !== "open") return undefined;
  const actor = { kind: "system", id: "lane-failure" } as const;
  return { laneId: lane.id, requestId: random.id(), reason: outcome, sessionId, actor };
}

/** The driver could not pay: a person is called. */
export function tellUnpaid(
  tx: Tx,
  { lane, random }: LaneDeps,
  sessionId: string,
  outcome: TillOutcome,
  at: Instant,
): void {
  raiseAlert(tx, random, at, {
    type: "attendant-needed",
    subject: lane.id,
    severity: "critical",
    details: { reason: `payment-${outcome}`, sessions: [sessionId] },
  });
}
