import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { elapsed, hours, type Instant, later, minutes, seconds } from "@gatehouse/shared/time";
import type { Actor } from "@gatehouse/shared/contracts/event";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { type Decision, decideEntry } from "../domain/entry.ts";
import type { PassageOutcome } from "../domain/lane.ts";
import type { Reader, Tx } from "../store/book.ts";
import { findOpenAlert } from "../store/alerts.ts";
import { findDecisionByRequest, type Passage } from "../store/passages.ts";
import { listingOf, permitOf, tariffInForce } from "../store/rights.ts";
import { findInsideByPlate, findSession, insertSession, type Session } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import { keepRead, platesOf, type WaitingRead } from "./reads.ts";
import { assumeClosed, cancelSession, openSession } from "./sessions.ts";
import type { LaneFlow, LaneOwner } from "./lane.ts";

export interface EntryDeps {
  readonly lane: LaneFlow;
  /** Places left for vehicles without a right of their own. */
  readonly freePlaces: (reader: Reader) => number;
}

/** The same plate at the same lane within this time is the same vehicle, tried again. */
const sameVehicleWithin = minutes(10);

/** One entry lane, from a plate to a car that has passed. */
export class EntryFlow implements LaneOwner {
  readonly lane: LaneFlow;
  readonly #freePlaces: EntryDeps["freePlaces"];
  #waiting: WaitingRead | undefined;

  constructor(deps: EntryDeps) {
    this.lane = deps.lane;
    this.#freePlaces = deps.freePlaces;
    deps.lane.ownedBy(this);
    for (const reader of deps.lane.deps.ports.readers) reader.onRead((read) => this.onRead(read));
  }

  /** The whole route: learn, decide and write together, act; what happened is written by the lane. */
  onRead(read: PlateRead): ReadOutcome {
    const { book, clock, counters, lane } = this.lane.deps;
    const now = clock.now();
    const refusal = book.write((tx) => keepRead(tx, lane, read, now));
    if (refusal !== undefined) {
      counters.count("refused_total", { reason: refusal });
      return { kind: "ignore", reason: refusal };
    }
    if (this.lane.busy || this.lane.state.arming === false) return this.#wait(read, now);
    return this.#decide(read);
  }

  #decide(read: PlateRead): ReadOutcome {
    const { book, clock } = this.lane.deps;
    this.#waiting = undefined;
    const now = clock.now();
    const step = book.write((tx) => this.#decideAndWrite(tx, read, now));
    if (step.passage !== undefined) {
      void this.lane.act(step.passage, read.receivedMs);
      this.lane.show({ lines: ["Welcome", step.plate], tone: "go" });
    } else {
      this.lane.show({ lines: [entrySigns[step.decision.reason] ?? "Please wait"], tone: "stop" });
    }
    this.lane.deps.changed();
    const { kind, reason } = step.decision;
    return kind === "deny" ? { kind, reason } : { kind, decisionId: step.decisionId };
  }

  #decideAndWrite(tx: Tx, read: PlateRead, now: Instant): EntryStep {
    const { lane, random } = this.lane.deps;
    const { plate } = platesOf(read);
    const inside = plate === "" ? [] : findInsideByPlate(tx, plate);
    const same = inside.find((session) => this.#isSameVehicle(session, now));
    const listing = listingOf(tx, plate, now);
    const permitId = permitOf(tx, plate, now);
    const decision = decideEntry({
      plate,
      confidence: read.confidence,
      confidenceMin: lane.confidence_min,
      denied: listing.deny,
      allowed: listing.allow,
      permitId,
      freePlaces: this.#freePlaces(tx),
      sameVehicle: same !== undefined,
      insideAlready: inside.length > 0,
    });
    const opens = decision.kind === "open";
    const session = opens
      ? (same ?? this.#admit(tx, now, plate, read.rawPlate, read.vehicleClass, permitId))
      : undefined;
    if (opens && same === undefined) {
      for (const earlier of inside) {
        assumeClosed(tx, this.lane.deps, this.lane.deps.lane.id, earlier, now);
        raiseAlert(tx, random, now, {
          type: "session-assumed-closed",
          subject: earlier.sessionId,
          severity: "info",
        });
      }
    }
    const decisionId = this.lane.decide(tx, now, {
      ...decision,
      actor: { kind: "plate-rule", id: read.readerId },
      sessionId: session?.sessionId ?? null,
      read: { readId: read.readId, plate, rawPlate: read.rawPlate, confidence: read.confidence },
    });
    this.#tellAttendant(tx, now, decision);
    const passage =
      session === undefined ? undefined : this.lane.command(tx, now, decisionId, session.sessionId);
    return { decision, decisionId, passage, plate };
  }

  /** An attendant or technician opens: the same session, command and passage as everyone's. */
  async openByHand(
    opening: HandOpening,
  ): Promise<{ decisionId: string; sessionId: string | null } | Refusal> {
    const { book, clock } = this.lane.deps;
    const step = book.write((tx) => this.#decideByHand(tx, opening, clock.now()));
    if (step.passage !== undefined) void this.lane.act(step.passage);
    this.lane.show({ lines: ["Please drive in"], tone: "go" });
    return { decisionId: step.decisionId, sessionId: step.sessionId };
  }

  #decideByHand(
    tx: Tx,
    opening: HandOpening,
    now: Instant,
  ): { decisionId: string; sessionId: string | null; passage: Passage | undefined } {
    const repeated = findDecisionByRequest(tx, opening.requestId);
    if (repeated !== undefined) {
      return { decisionId: repeated.decisionId, sessionId: repeated.sessionId, passage: undefined };
    }
    const last = this.lane.lastDecision;
    const seen =
      last !== undefined && elapsed(last.at, now) < sameVehicleWithin ? last.read : undefined;
    const named = opening.sessionId === undefined ? undefined : findSession(tx, opening.sessionId);
    const plate = seen?.plate ?? "";
    const known =
      named ??
      (plate === ""
        ? undefined
        : findInsideByPlate(tx, plate).find((session) => this.#isSameVehicle(session, now)));
    const session =
      known ?? this.#admit(tx, now, plate, seen?.rawPlate ?? "", "unknown", undefined);
    const decisionId = this.lane.decide(tx, now, handDecision(opening, session.sessionId, seen));
    clearAlert(tx, now, "attendant-needed", this.lane.deps.lane.id);
    return {
      decisionId,
      sessionId: session.sessionId,
      passage: this.lane.command(tx, now, decisionId, session.sessionId),
    };
  }

  /** A new session, pending until its vehicle has been seen passing. */
  #admit(
    tx: Tx,
    now: Instant,
    plate: string,
    rawPlate: string,
    vehicleClass: VehicleClass,
    permitId: string | undefined,
  ): Session {
    const { random, steady, lane } = this.lane.deps;
    const tariff = tariffInForce(tx, now);
    const session: Session = {
      sessionId: random.id(),
      spaceId: null,
      vehicleLicense: plate === "" ? null : plate,
      rawPlate,
      vehicleClass,
      entryTime: now,
      exitTime: null,
      status: "pending",
      totalAmount: 0,
      paidAmount: 0,
      paymentStatus: "none",
      sessionMetadata: {},
      entryLane: lane.id,
      exitLane: null,
      entrySteady: Math.round(steady.now()),
      tariffId: tariff?.tariff_id ?? "default",
      tariffVersion: tariff?.version ?? 1,
      permitId: permitId ?? null,
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
        plate,
        raw_plate: rawPlate,
        vehicle_class: vehicleClass,
        tariff_id: session.tariffId,
        tariff_version: session.tariffVersion,
        permit_id: session.permitId,
        steady_ms: session.entrySteady,
      },
    });
    return session;
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    if (session?.status === "pending") openSession(tx, this.lane.deps, session, at, false);
    clearAlert(tx, at, "attendant-needed", this.lane.deps.lane.id);
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    if (session?.status !== "pending") return;
    if (outcome === "unconfirmed") {
      openSession(tx, this.lane.deps, session, at, true);
      return;
    }
    // A car that still stands on the loop keeps its session for the next try; an absent one has backed out.
    if (this.lane.state.arming === true) return;
    cancelSession(tx, this.lane.deps, session, at, outcome);
  }

  vehicle(present: boolean): void {
    const { book, clock, lane } = this.lane.deps;
    const now = clock.now();
    if (present) {
      const waiting = this.#waiting;
      if (waiting !== undefined && !this.lane.busy && waiting.until >= now)
        this.#decide(waiting.read);
      return;
    }
    book.write((tx) => {
      if (findOpenAlert(tx, "attendant-needed", lane.id) !== undefined)
        clearAlert(tx, now, "attendant-needed", lane.id);
      const left = this.lane.passage?.sessionId;
      const session =
        left === null || left === undefined || this.lane.busy ? undefined : findSession(tx, left);
      if (session?.status === "pending")
        cancelSession(tx, this.lane.deps, session, now, "backed-out");
    });
    this.lane.show({ lines: [], free: Math.max(0, this.#freePlaces(book)), tone: "neutral" });
  }

  #wait(read: PlateRead, now: Instant): ReadOutcome {
    if (this.lane.busy && this.lane.lastDecision?.read?.plate === platesOf(read).plate) {
      return { kind: "ignore", reason: "lane-busy" };
    }
    this.#waiting = { read, until: later(now, seconds(this.lane.deps.lane.passage_s)) };
    return { kind: "ignore", reason: "waiting-for-loop" };
  }

  #isSameVehicle(session: Session, now: Instant): boolean {
    if (session.entryLane !== this.lane.deps.lane.id) return false;
    const tried = session.status === "pending" || session.sessionMetadata["assumed"] === true;
    return (
      tried &&
      elapsed(session.entryTime as Instant, now) <
        (session.status === "pending" ? hours(24) : sameVehicleWithin)
    );
  }

  #tellAttendant(tx: Tx, now: Instant, decision: Decision): void {
    const { random, lane } = this.lane.deps;
    if (decision.kind === "ask") {
      raiseAlert(tx, random, now, {
        type: "attendant-needed",
        subject: lane.id,
        severity: "warning",
        details: { reason: decision.reason },
      });
    } else clearAlert(tx, now, "attendant-needed", lane.id);
  }
}

interface EntryStep {
  readonly decision: Decision;
  readonly decisionId: string;
  readonly passage: Passage | undefined;
  readonly plate: string;
}

/** What a decision by hand says, at an entry or an exit. */
export const handDecision = (
  opening: HandOpening,
  sessionId: string | null,
  read: { readId: string; plate: string; rawPlate: string; confidence: number } | undefined,
): Decision & { actor: Actor; sessionId: string | null; requestId: string } => ({
  kind: "open",
  reason: `by-hand:${opening.reason}`,
  rules: ["override"],
  actor: opening.actor,
  sessionId,
  requestId: opening.requestId,
  ...(read === undefined ? {} : { read }),
  ...(opening.note === undefined ? {} : { note: opening.note }),
});

const entrySigns: Readonly<Record<string, string>> = {
  "facility-full": "Full",
  "deny-listed": "No entry",
  "plate-unreadable": "Please wait",
};
