import { Fault } from "@gatehouse/shared/fault";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { decideExit, type ExitDecision } from "../domain/exit.ts";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { Quote } from "../domain/quote.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { findSession, type Session } from "../store/sessions.ts";
import { isOrphan } from "./admission.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { HandOpening } from "./desk.ts";
import { matchSession } from "./exit-match.ts";
import { admitOrphan, finalQuote, presentSession } from "./exit-session.ts";
import { findRepeated, handDecision, type HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneOwner } from "./lane-deps.ts";
import { ExitTill, type ExitTillDeps, type TillOutcome } from "./exit-till.ts";
import { keepRead, platesOf, readFacts, type ReadRefusal, WaitingRead } from "./reads.ts";
import {
  assumeClosed,
  beginExit,
  closeSession,
  isInside,
  quoteSession,
  returnFromExit,
} from "./sessions.ts";

/** One exit lane, from a plate to a closed session. */
export class ExitFlow implements LaneOwner {
  readonly lane: LaneFlow;
  readonly #till: ExitTill;
  readonly #waiting: WaitingRead;

  constructor(deps: ExitTillDeps) {
    const { clock, lane, ports } = deps.lane.deps;
    this.lane = deps.lane;
    this.#till = new ExitTill(deps);
    this.#waiting = new WaitingRead(clock, seconds(lane.passage_s));
    deps.lane.ownedBy(this);
    for (const reader of ports.readers) reader.onRead((read) => this.onRead(read));
  }

  /** The session a driver is paying for at this lane now. */
  get collecting(): string | undefined {
    return this.#till.sessionId;
  }

  /**
   * The whole route: learn, decide and write together, then collect what is owed or open.
   *
   * @throws Fault `disk-full`: nothing of the read is kept, so the camera repeats it
   */
  onRead(read: PlateRead): ReadOutcome {
    const { book, clock, counters, lane } = this.lane.deps;
    const now = clock.now();
    const step = book.write<ExitStep | ReadRefusal | "collecting" | "wait">((tx) => {
      const refusal = keepRead(tx, lane, read, now);
      if (refusal !== undefined) return refusal;
      if (this.collecting !== undefined) return "collecting";
      const mustWait = this.lane.busy || this.lane.state.arming === false;
      return mustWait ? "wait" : this.#decideAndWrite(tx, read, now);
    });
    if (step === "collecting") return { kind: "ignore", reason: step };
    if (step === "wait") return this.#wait(read);
    if (typeof step !== "string") return this.#act(step, read);
    counters.count("refused_total", { reason: step });
    return { kind: "ignore", reason: step };
  }

  /** The read waited for its turn, which has come. */
  #decideWaiting(read: PlateRead): void {
    const { book, clock } = this.lane.deps;
    this.#orTell(() =>
      this.#act(
        book.write((tx) => this.#decideAndWrite(tx, read, clock.now())),
        read,
      ),
    );
  }

  #act(step: ExitStep, read: PlateRead): ReadOutcome {
    const { decision, session, decisionId, passage } = step;
    this.#waiting.clear();
    this.lane.deps.changed();
    if (decision.kind === "collect" && session !== undefined) {
      void this.#collect(session, read);
      return { kind: "ask", decisionId };
    }
    if (passage !== undefined) {
      this.#open(passage, read.receivedMs);
      return { kind: "open", decisionId };
    }
    this.#callAttendant("Please wait");
    return { kind: "ask", decisionId };
  }

  #decideAndWrite(tx: Tx, read: PlateRead, now: Instant): ExitStep {
    const { lane, random, ports } = this.lane.deps;
    const match = matchSession(tx, lane.id, platesOf(read), now);
    const [found] = match.found;
    const session =
      found === undefined || match.kind === "several"
        ? undefined
        : presentSession(tx, this.lane.deps, found, now);
    const quote = session && quoteSession(tx, this.lane.deps, session);
    const decision = decideExit({
      plate: platesOf(read).plate,
      confidence: read.confidence,
      confidenceMin: lane.confidence_min,
      match: match.kind,
      quote,
      hasTerminal: ports.terminal !== undefined,
    });
    const decisionId = this.lane.decide(tx, now, {
      ...decision,
      kind: decision.kind === "collect" ? "ask" : decision.kind,
      actor: { kind: "plate-rule", id: read.readerId },
      sessionId: session?.sessionId ?? null,
      read: readFacts(read),
    });
    if (decision.kind === "ask") {
      const sessions = match.found.slice(0, namedLimit).map(({ sessionId }) => sessionId);
      const details = { reason: decision.reason, sessions };
      const type = "attendant-needed";
      raiseAlert(tx, random, now, { type, subject: lane.id, severity: "warning", details });
    } else clearAlert(tx, now, "attendant-needed", lane.id);
    const opens = decision.kind === "open" && session !== undefined && quote !== undefined;
    const passage = opens ? this.#commandExit(tx, now, decisionId, session, quote) : undefined;
    return { decision, decisionId, session, passage };
  }

  /** Commands the exit for a session; what it costs at this moment is what it costs when the car has passed. */
  #commandExit(tx: Tx, now: Instant, decisionId: string, session: Session, quote: Quote): Passage {
    const { lane } = this.lane.deps;
    beginExit(tx, this.lane.deps, lane.id, session, quote);
    return this.lane.command(tx, now, decisionId, session.sessionId);
  }

  async #collect(session: Session, read: PlateRead): Promise<void> {
    const { book, clock } = this.lane.deps;
    const { sessionId } = session;
    const outcome = await this.#till.collect(session);
    if (outcome === undefined) return;
    if (outcome !== "paid") return this.#cannotCollect(sessionId, outcome);
    this.#orTell(() => {
      const passage = book.write((tx) => this.#openPaid(tx, sessionId, read, clock.now()));
      this.#open(passage, undefined);
    });
  }

  #openPaid(tx: Tx, sessionId: string, read: PlateRead, now: Instant): Passage {
    const session = findSession(tx, sessionId) as Session;
    const decisionId = this.lane.decide(tx, now, {
      kind: "open",
      reason: "paid",
      rules: ["payment"],
      actor: { kind: "plate-rule", id: read.readerId },
      sessionId,
      read: readFacts(read),
    });
    const quote = quoteSession(tx, this.lane.deps, session);
    return this.#commandExit(tx, now, decisionId, session, quote);
  }

  #cannotCollect(sessionId: string, outcome: TillOutcome): void {
    const { clock, random, lane, counters } = this.lane.deps;
    counters.count("refused_total", { reason: outcome });
    const at = clock.now();
    this.lane.keep((tx) =>
      raiseAlert(tx, random, at, {
        type: "attendant-needed",
        subject: lane.id,
        severity: "critical",
        details: { reason: `payment-${outcome}`, sessions: [sessionId] },
      }),
    );
    this.#callAttendant("Payment not possible");
    this.lane.deps.changed();
  }

  #open(passage: Passage, receivedMs: number | undefined): void {
    this.lane.show({ lines: ["Thank you", "Good-bye"], tone: "go" });
    this.lane.act(passage, receivedMs);
  }

  /**
   * An attendant or technician opens; what is not paid stays owed by the session.
   *
   * @throws Fault `disk-full`: nothing happened
   */
  openByHand(opening: HandOpening): HandStep {
    const { book, clock } = this.lane.deps;
    const step = book.write<HandStep>(
      (tx) => findRepeated(tx, opening) ?? this.#decideByHand(tx, opening, clock.now()),
    );
    if (step.passage === undefined) return step;
    this.#waiting.clear();
    this.#till.abort();
    this.#open(step.passage, undefined);
    return step;
  }

  #decideByHand(tx: Tx, opening: HandOpening, now: Instant): HandStep {
    const { lane } = this.lane.deps;
    const { standing } = this.lane;
    const id = opening.sessionId ?? this.collecting ?? standing?.sessionId ?? undefined;
    const found = id === undefined ? undefined : findSession(tx, id);
    const session =
      found !== undefined && (isInside(found) || found.status === "closed-assumed")
        ? presentSession(tx, this.lane.deps, found, now)
        : admitOrphan(tx, this.lane.deps, now, standing?.read);
    const { sessionId } = session;
    const decisionId = this.lane.decide(tx, now, handDecision(opening, sessionId, standing?.read));
    clearAlert(tx, now, "attendant-needed", lane.id);
    const quote = quoteSession(tx, this.lane.deps, session);
    return {
      decisionId,
      sessionId,
      passage: this.#commandExit(tx, now, decisionId, session, quote),
    };
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    const { deps } = this.lane;
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    clearAlert(tx, at, "attendant-needed", deps.lane.id);
    if (session === undefined || !isInside(session)) return;
    closeSession(tx, deps, deps.lane.id, session, at, finalQuote(tx, deps, session));
    clearAlert(tx, at, "exit-unconfirmed", session.sessionId);
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    const { deps } = this.lane;
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    if (session === undefined || !isInside(session)) return;
    const laneId = deps.lane.id;
    // An orphan that did not leave is one of the vehicles that the book knows: it is no further one.
    if (isOrphan(session)) return assumeClosed(tx, deps, laneId, session, at);
    if (outcome !== "unconfirmed") return returnFromExit(tx, session);
    assumeClosed(tx, deps, laneId, session, at, finalQuote(tx, deps, session).total);
  }

  vehicle(present: boolean): void {
    const { clock, lane } = this.lane.deps;
    if (present) {
      const read = this.collecting === undefined ? this.#waiting.take() : undefined;
      if (read !== undefined) this.#decideWaiting(read);
      return;
    }
    this.#till.abort();
    const now = clock.now();
    this.lane.keep((tx) => clearAlert(tx, now, "attendant-needed", lane.id));
    this.lane.show({ lines: [], tone: "neutral" });
  }

  #wait(read: PlateRead): ReadOutcome {
    if (this.lane.busy && this.lane.standing?.read?.plate === platesOf(read).plate) {
      return { kind: "ignore", reason: "lane-busy" };
    }
    this.#waiting.put(read);
    return { kind: "ignore", reason: "waiting-for-loop" };
  }

  #callAttendant(line: string): void {
    this.lane.show({ lines: [line, "An attendant is coming"], tone: "attention" });
  }

  /** Nobody waits for the answer of what happens by itself: a fault of it is logged and shown to the driver. */
  #orTell(step: () => void): void {
    const { log, lane } = this.lane.deps;
    try {
      step();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.error("not-decided", { lane: lane.id, error: error.message });
      this.#callAttendant("Please wait");
    }
  }
}

interface ExitStep {
  readonly decision: ExitDecision;
  readonly decisionId: string;
  readonly session: Session | undefined;
  readonly passage: Passage | undefined;
}

/** So many sessions are named to the attendant who is called. */
const namedLimit = 5;
