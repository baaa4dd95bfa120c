import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import {
  type Instant,
  earlier,
  elapsed,
  hours,
  later,
  minutes,
  seconds,
} from "@gatehouse/shared/time";
import { decideExit, type ExitDecision } from "../domain/exit.ts";
import type { PassageOutcome } from "../domain/lane.ts";
import { matchPlate } from "../domain/plate.ts";
import type { Quote } from "../domain/quote.ts";
import type { Tx } from "../store/book.ts";
import { findDecisionByRequest, type Passage } from "../store/passages.ts";
import {
  findAssumedClosed,
  findSession,
  insertSession,
  listInside,
  type Session,
} from "../store/sessions.ts";
import { tariffInForce } from "../store/rights.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import { handDecision } from "./entry.ts";
import type { LaneFlow, LaneOwner } from "./lane.ts";
import type { CollectOutcome, PaymentFlow } from "./payment.ts";
import { keepRead, platesOf, type WaitingRead } from "./reads.ts";
import {
  assumeClosed,
  beginExit,
  closeSession,
  giveQuote,
  openSession,
  quoteSession,
  reopenSession,
  returnFromExit,
} from "./sessions.ts";

export interface ExitDeps {
  readonly lane: LaneFlow;
  readonly payment: PaymentFlow;
  readonly currency: string;
  readonly locale: string;
}

/** A session that was assumed closed may turn up at an exit for so long. */
const assumedFor = hours(24 * 7);
/** A read so old no longer tells which vehicle stands at the gate. */
const readKeptFor = minutes(10);

/** One exit lane, from a plate to a closed session. */
export class ExitFlow implements LaneOwner {
  readonly lane: LaneFlow;
  readonly #payment: PaymentFlow;
  readonly #currency: string;
  readonly #locale: string;
  #waiting: WaitingRead | undefined;
  /** The session being collected for; another object is another try. */
  #collecting: { readonly sessionId: string } | undefined;

  constructor(deps: ExitDeps) {
    this.lane = deps.lane;
    this.#payment = deps.payment;
    this.#currency = deps.currency;
    this.#locale = deps.locale;
    deps.lane.ownedBy(this);
    for (const reader of deps.lane.deps.ports.readers) reader.onRead((read) => this.onRead(read));
  }

  /** The session a driver is paying for at this lane now. */
  get collecting(): string | undefined {
    return this.#collecting?.sessionId;
  }

  /** The whole route: learn, decide and write together, then collect what is owed or open. */
  onRead(read: PlateRead): ReadOutcome {
    const { book, clock, counters, lane } = this.lane.deps;
    const now = clock.now();
    const refusal = book.write((tx) => keepRead(tx, lane, read, now));
    if (refusal !== undefined) {
      counters.count("refused_total", { reason: refusal });
      return { kind: "ignore", reason: refusal };
    }
    if (this.#collecting !== undefined) return { kind: "ignore", reason: "collecting" };
    if (this.lane.busy || this.lane.state.arming === false) return this.#wait(read, now);
    return this.#decide(read);
  }

  #decide(read: PlateRead): ReadOutcome {
    const { book, clock } = this.lane.deps;
    this.#waiting = undefined;
    const step = book.write((tx) => this.#decideAndWrite(tx, read, clock.now()));
    const { decision, session, decisionId } = step;
    this.lane.deps.changed();
    if (decision.kind === "collect") {
      void this.#collect(session?.sessionId ?? "", read);
      return { kind: "ask", decisionId };
    }
    if (step.passage !== undefined) {
      this.#open(step.passage, read.receivedMs);
      return { kind: "open", decisionId };
    }
    this.lane.show({ lines: ["Please wait", "An attendant is coming"], tone: "attention" });
    return { kind: "ask", decisionId };
  }

  #decideAndWrite(tx: Tx, read: PlateRead, now: Instant): ExitStep {
    const { lane, random } = this.lane.deps;
    const { plate } = platesOf(read);
    const match = this.#match(tx, read, now);
    const session =
      match.found.length === 1 ? this.#present(tx, match.found[0] as Session, now) : undefined;
    const quote = session === undefined ? undefined : quoteSession(tx, this.lane.deps, session);
    const decision = decideExit({
      plate,
      confidence: read.confidence,
      confidenceMin: lane.confidence_min,
      match: match.kind,
      quote,
      hasTerminal: this.lane.deps.ports.terminal !== undefined,
    });
    const decisionId = this.lane.decide(tx, now, {
      ...decision,
      kind: decision.kind === "collect" ? "ask" : decision.kind,
      actor: { kind: "plate-rule", id: read.readerId },
      sessionId: session?.sessionId ?? null,
      read: { readId: read.readId, plate, rawPlate: read.rawPlate, confidence: read.confidence },
    });
    if (decision.kind === "ask") {
      const details = {
        reason: decision.reason,
        sessions: match.found.slice(0, 5).map((found) => found.sessionId),
      };
      raiseAlert(tx, random, now, {
        type: "attendant-needed",
        subject: lane.id,
        severity: "warning",
        details,
      });
    } else clearAlert(tx, now, "attendant-needed", lane.id);
    if (decision.kind !== "open" || session === undefined || quote === undefined) {
      return { decision, decisionId, session, passage: undefined };
    }
    return {
      decision,
      decisionId,
      session,
      passage: this.#commandExit(tx, now, decisionId, session, quote),
    };
  }

  /** Commands the exit for a session; what it costs at this moment is what it costs when the car has passed. */
  #commandExit(tx: Tx, now: Instant, decisionId: string, session: Session, quote: Quote): Passage {
    const { lane } = this.lane.deps;
    const held =
      quote.basis === "tariff" && quote.due === 0
        ? giveQuote(tx, this.lane.deps, lane.id, session, quote, now, this.#currency)
        : session;
    beginExit(tx, held);
    return this.lane.command(tx, now, decisionId, session.sessionId);
  }

  async #collect(sessionId: string, read: PlateRead): Promise<void> {
    const { book, clock, ports, lane } = this.lane.deps;
    const { terminal } = ports;
    if (terminal === undefined) return;
    const mine = { sessionId };
    this.#collecting = mine;
    const session = findSession(book, sessionId);
    const due = session === undefined ? 0 : quoteSession(book, this.lane.deps, session).due;
    this.lane.show({
      lines: [formatMinor(minorUnits(due), this.#currency, this.#locale), "Please pay by card"],
      tone: "attention",
    });
    const outcome = await this.#payment.collect(
      lane.id,
      sessionId,
      terminal,
      () => this.#collecting === mine,
    );
    if (this.#collecting !== mine) return;
    this.#collecting = undefined;
    if (outcome !== "paid") return this.#cannotCollect(sessionId, outcome);
    const passage = book.write((tx) => this.#openPaid(tx, sessionId, read, clock.now()));
    this.#open(passage, undefined);
  }

  #openPaid(tx: Tx, sessionId: string, read: PlateRead, now: Instant): Passage {
    const session = findSession(tx, sessionId) as Session;
    const { plate } = platesOf(read);
    const decisionId = this.lane.decide(tx, now, {
      kind: "open",
      reason: "paid",
      rules: ["payment"],
      actor: { kind: "plate-rule", id: read.readerId },
      sessionId,
      read: { readId: read.readId, plate, rawPlate: read.rawPlate, confidence: read.confidence },
    });
    return this.#commandExit(
      tx,
      now,
      decisionId,
      session,
      quoteSession(tx, this.lane.deps, session),
    );
  }

  #cannotCollect(sessionId: string, outcome: CollectOutcome): void {
    const { book, clock, random, lane, counters } = this.lane.deps;
    if (outcome === "gone") return;
    counters.count("refused_total", { reason: outcome });
    book.write((tx) =>
      raiseAlert(tx, random, clock.now(), {
        type: "attendant-needed",
        subject: lane.id,
        severity: "critical",
        details: { reason: `payment-${outcome}`, sessions: [sessionId] },
      }),
    );
    this.lane.show({ lines: ["Payment not possible", "An attendant is coming"], tone: "stop" });
    this.lane.deps.changed();
  }

  #open(passage: Passage, receivedMs: number | undefined): void {
    this.lane.show({ lines: ["Thank you", "Good-bye"], tone: "go" });
    void this.lane.act(passage, receivedMs);
  }

  /** An attendant or technician opens; what is not paid stays owed by the session. */
  async openByHand(
    opening: HandOpening,
  ): Promise<{ decisionId: string; sessionId: string | null } | Refusal> {
    const { book, clock, ports } = this.lane.deps;
    const collecting = this.#collecting;
    const step = book.write((tx) => this.#decideByHand(tx, opening, clock.now()));
    if (step.passage === undefined) return step;
    this.#collecting = undefined;
    if (collecting !== undefined) void ports.terminal?.abort();
    this.#open(step.passage, undefined);
    return { decisionId: step.decisionId, sessionId: step.sessionId };
  }

  #decideByHand(
    tx: Tx,
    opening: HandOpening,
    now: Instant,
  ): { decisionId: string; sessionId: string | null; passage?: Passage } {
    const repeated = findDecisionByRequest(tx, opening.requestId);
    if (repeated !== undefined)
      return { decisionId: repeated.decisionId, sessionId: repeated.sessionId };
    const last = this.lane.lastDecision;
    const recent = last !== undefined && elapsed(last.at, now) < readKeptFor ? last : undefined;
    const id = opening.sessionId ?? this.#collecting?.sessionId ?? recent?.sessionId ?? undefined;
    const found = id === undefined ? undefined : findSession(tx, id);
    const usable =
      found !== undefined && ["pending", "open", "paid-grace", "exiting"].includes(found.status);
    const session = usable ? this.#present(tx, found, now) : this.#orphan(tx, now, recent?.read);
    const decisionId = this.lane.decide(
      tx,
      now,
      handDecision(opening, session.sessionId, recent?.read),
    );
    clearAlert(tx, now, "attendant-needed", this.lane.deps.lane.id);
    beginExit(tx, session);
    return {
      decisionId,
      sessionId: session.sessionId,
      passage: this.lane.command(tx, now, decisionId, session.sessionId),
    };
  }

  /** A vehicle that leaves without a session gets one, so that every opening by hand is bound to a session. */
  #orphan(tx: Tx, now: Instant, read: { plate: string; rawPlate: string } | undefined): Session {
    const { random, steady, lane } = this.lane.deps;
    const tariff = tariffInForce(tx, now);
    const entrySteady = Math.round(steady.now());
    const session: Session = {
      sessionId: random.id(),
      spaceId: null,
      vehicleLicense: read === undefined || read.plate === "" ? null : read.plate,
      rawPlate: read?.rawPlate ?? "",
      vehicleClass: "unknown",
      entryTime: now,
      exitTime: null,
      status: "open",
      totalAmount: 0,
      paidAmount: 0,
      paymentStatus: "none",
      sessionMetadata: { orphan_exit: true },
      entryLane: lane.id,
      exitLane: null,
      entrySteady,
      tariffId: tariff?.tariff_id ?? "default",
      tariffVersion: tariff?.version ?? 1,
      permitId: null,
      quotedDue: null,
      quotedTotal: null,
      quoteUntilSteady: null,
      graceUntilSteady: null,
    };
    insertSession(tx, session);
    tx.append(now, {
      type: "session-pending",
      body: {
        session_id: session.sessionId,
        lane_id: lane.id,
        plate: read?.plate ?? "",
        raw_plate: session.rawPlate,
        vehicle_class: "unknown",
        tariff_id: session.tariffId,
        tariff_version: session.tariffVersion,
        permit_id: null,
        steady_ms: entrySteady,
      },
    });
    tx.append(now, {
      type: "session-flagged",
      body: { session_id: session.sessionId, flag: "orphan-exit" },
    });
    return session;
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    if (session === undefined || session.status !== "exiting") return;
    closeSession(
      tx,
      this.lane.deps,
      this.lane.deps.lane.id,
      session,
      at,
      this.#finalQuote(tx, session),
    );
    clearAlert(tx, at, "attendant-needed", this.lane.deps.lane.id);
    clearAlert(tx, at, "exit-unconfirmed", session.sessionId);
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    if (session === undefined) return;
    if (outcome === "unconfirmed")
      assumeClosed(tx, this.lane.deps, this.lane.deps.lane.id, session, at);
    else returnFromExit(tx, session);
  }

  vehicle(present: boolean): void {
    const { book, clock, ports, lane } = this.lane.deps;
    const now = clock.now();
    if (present) {
      const waiting = this.#waiting;
      const ready = waiting !== undefined && !this.lane.busy && this.#collecting === undefined;
      if (ready && waiting.until >= now) this.#decide(waiting.read);
      return;
    }
    if (this.#collecting !== undefined) {
      this.#collecting = undefined;
      void ports.terminal?.abort();
    }
    book.write((tx) => clearAlert(tx, now, "attendant-needed", lane.id));
    this.lane.show({ lines: [], tone: "neutral" });
  }

  #wait(read: PlateRead, now: Instant): ReadOutcome {
    if (this.lane.busy && this.lane.lastDecision?.read?.plate === platesOf(read).plate) {
      return { kind: "ignore", reason: "lane-busy" };
    }
    this.#waiting = { read, until: later(now, seconds(this.lane.deps.lane.passage_s)) };
    return { kind: "ignore", reason: "waiting-for-loop" };
  }

  #match(tx: Tx, read: PlateRead, now: Instant) {
    const { plate, candidates } = platesOf(read);
    if (plate === "") return { kind: "none" as const, found: [] as Session[] };
    const match = matchPlate(
      plate,
      candidates,
      listInside(tx),
      (session) => session.vehicleLicense ?? "",
    );
    if (match.kind !== "none") return match;
    const assumed = findAssumedClosed(tx, plate, earlier(now, assumedFor));
    return assumed === undefined ? match : { kind: "exact" as const, found: [assumed] };
  }

  /** The vehicle stands at the exit, so it is inside, whatever was or was not seen at the entry. */
  #present(tx: Tx, session: Session, now: Instant): Session {
    if (session.status === "pending") return openSession(tx, this.lane.deps, session, now, true);
    if (session.status === "closed-assumed") return reopenSession(tx, session, now);
    return session;
  }

  #finalQuote(tx: Tx, session: Session): Quote {
    const quote = quoteSession(tx, this.lane.deps, session);
    if (session.sessionMetadata["orphan_exit"] !== true) return quote;
    return { ...quote, total: minorUnits(session.paidAmount), due: minorUnits(0) };
  }
}

interface ExitStep {
  readonly decision: ExitDecision;
  readonly decisionId: string;
  readonly session: Session | undefined;
  readonly passage: Passage | undefined;
}
