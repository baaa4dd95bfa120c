import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import { decideExit, type ExitDecision, type ExitScene } from "../domain/exit.ts";
import type { Quote } from "../domain/quote.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import type { Session } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import { presentSession } from "./exit-session.ts";
import type { LaneFlow } from "./lane.ts";
import { bindRead, platesOf, readFacts } from "./reads.ts";
import { beginExit } from "./sessions.ts";
import { quoteSession } from "./session-quote.ts";

/** Whose session the vehicle at an exit is taken to have, and who says so. */
export interface ExitCase {
  readonly match: ExitScene["match"];
  /** The one; several for a person to choose from; none. Likeliest first. */
  readonly found: readonly Session[];
  readonly actor: Actor;
  /** Of the vehicle that stands there; undefined where none was read. */
  readonly read: PlateRead | undefined;
  readonly requestId?: string;
  readonly permitRefused?: string | undefined;
}

export interface ExitStep {
  readonly decision: ExitDecision;
  readonly decisionId: string;
  readonly sessionId: string | null;
  readonly session: Session | undefined;
  /** Missing unless the gate is to open. */
  readonly passage: Passage | undefined;
}

/** So many sessions are named to the attendant who is called. */
const namedLimit = 5;

/** Decides what an exit does with a vehicle, and writes it: the one way, whoever said whose it is. */
export function decideAndWriteExit(
  tx: Tx,
  flow: LaneFlow,
  now: Instant,
  { match, found, actor, read, requestId, permitRefused }: ExitCase,
): ExitStep {
  const { lane, random, ports } = flow.deps;
  const isOne = match !== "several" && match !== "doubtful";
  const [first] = found;
  const present =
    isOne && first !== undefined ? presentSession(tx, flow.deps, first, now) : undefined;
  const isDoubted = match === "close" && (read?.confidence ?? 0) < lane.confidence_min;
  const mayPay = !isDoubted && flow.state.hold !== "locked";
  const session =
    present && mayPay ? (flow.deps.money?.prepay(tx, present, now) ?? present) : present;
  flow.deps.money?.noteDebts(tx, session?.vehicleLicense ?? "", lane.id, now);
  const quote = session && quoteSession(tx, flow.deps, session);
  const decision = decideExit({
    plate: read === undefined ? "" : platesOf(read).plate,
    confidence: read?.confidence ?? 0,
    confidenceMin: lane.confidence_min,
    match,
    permitRefused,
    quote,
    hasTerminal:
      ports.terminal !== undefined ||
      flow.deps.money?.hasMeans(tx, session?.vehicleLicense ?? null) === true,
    isLocked: flow.state.hold === "locked",
  });
  const sessionId = session?.sessionId ?? null;
  const decisionId = flow.decide(tx, now, {
    ...decision,
    kind: decision.kind === "collect" ? "ask" : decision.kind,
    actor,
    sessionId,
    ...(read === undefined ? {} : { read: readFacts(read) }),
    ...(requestId === undefined ? {} : { requestId }),
    inputs: {
      confidence_min: lane.confidence_min,
      sessions_found: found.length,
      basis: quote?.basis ?? null,
      due_minor: quote?.due ?? null,
    },
    // A person who chooses takes their time.
    ...(read === undefined || actor.kind !== "plate-rule" ? {} : { receivedMs: read.receivedMs }),
  });
  if (sessionId !== null && read !== undefined) bindRead(tx, sessionId, read);
  if (decision.kind === "ask") {
    const sessions = found.slice(0, namedLimit).map((each) => each.sessionId);
    const details = { reason: decision.reason, sessions };
    const type = "attendant-needed";
    raiseAlert(tx, random, now, { type, subject: lane.id, severity: "warning", details });
  } else clearAlert(tx, now, "attendant-needed", lane.id);
  const opens = decision.kind === "open" && session !== undefined && quote !== undefined;
  const passage = opens
    ? commandExit(tx, flow, now, decisionId, session, quote, read?.opens)
    : undefined;
  return { decision, decisionId, sessionId, session, passage };
}

/** Commands the exit for a session; what it costs at this moment is what it costs when the car has passed. */
export function commandExit(
  tx: Tx,
  flow: LaneFlow,
  now: Instant,
  decisionId: string,
  session: Session,
  quote: Quote,
  opener?: PlateRead["opens"],
): Passage {
  beginExit(tx, flow.deps, flow.deps.lane.id, session, quote);
  return flow.command(tx, now, decisionId, session.sessionId, opener);
}
