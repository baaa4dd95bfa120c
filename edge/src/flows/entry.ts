import type { Actor } from "@gatehouse/shared/contracts/event";
import { Fault } from "@gatehouse/shared/fault";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { hours, type Instant, minutes, seconds } from "@gatehouse/shared/time";
import type { Authorisation } from "../domain/access.ts";
import { type Decision, decideEntry, type EntryScene } from "../domain/entry.ts";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { PlateSpelling } from "../domain/plate-grammar.ts";
import type { Reader, Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { findInsideByPlate, findSession, listPendingAt, type Session } from "../store/sessions.ts";
import { type AccessSite, authorisePlate } from "./access.ts";
import { admit, type Newcomer } from "./admission.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import { isAfterPassing, settleEarlier } from "./duplicates.ts";
import {
  type EntryStep,
  type EntryWord,
  type PlateWord,
  wordRefusal,
  writeTurnAway,
} from "./entry-choice.ts";
import { cameraOf, entrySigns, freeSign, inputsOf, personOf } from "./entry-words.ts";
import { type RepeatedChoice, repeatedChoice } from "./exit-choice.ts";
import { isOfUnread, tellOfDenied } from "./late-denial.ts";
import { findRepeated, handDecision, type HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneOwner } from "./lane-deps.ts";
import { writeCorrection } from "./plate-correction.ts";
import { isKnownPlate, learnFrom } from "./plate-knowledge.ts";
import {
  answered,
  bindRead,
  keepRead,
  platesOf,
  readFacts,
  type ReadRefusal,
  WaitingRead,
} from "./reads.ts";
import { EntryTicket, type TicketStep } from "./entry-ticket.ts";
import type { ParkingTickets } from "./parking-tickets.ts";
import { VehicleReads } from "./vehicle-reads.ts";
import { cancelSession, openSession, reopenSession } from "./sessions.ts";

export interface EntryDeps {
  readonly lane: LaneFlow;
  /** Places left for vehicles without a right of their own. */
  readonly freePlaces: (reader: Reader) => number;
  readonly access: AccessSite;
  /** How plates are written where vehicles come from; left out: none is put right. */
  readonly spelling?: PlateSpelling | undefined;
  /** Left out: vehicles without a readable plate wait for a person. */
  readonly tickets?: ParkingTickets | undefined;
}

/** A vehicle that was told to pass may try again for so long under the same session. */
const pendingTriesFor = hours(24);
/** So long a plate at this lane is the vehicle whose passage could only be assumed. */
const assumedTriesFor = minutes(10);

/** One entry lane, from a plate to a car that has passed. */
export class EntryFlow implements LaneOwner {
  readonly lane: LaneFlow;
  readonly #freePlaces: EntryDeps["freePlaces"];
  readonly #access: AccessSite;
  readonly #waiting: WaitingRead;
  readonly #vehicle: VehicleReads;
  readonly #ticket: EntryTicket | undefined;
  /** A person turned away the vehicle that stands here: no camera lets it in. */
  #isTurnedAway = false;

  constructor(deps: EntryDeps) {
    const { clock, lane, ports } = deps.lane.deps;
    this.lane = deps.lane;
    this.#freePlaces = deps.freePlaces;
    this.#access = deps.access;
    this.#waiting = new WaitingRead(clock, seconds(lane.passage_s));
    this.#vehicle = new VehicleReads(clock, deps.spelling);
    this.#ticket =
      deps.tickets &&
      new EntryTicket({
        lane: deps.lane,
        tickets: deps.tickets,
        sceneOf: (tx, read, now) => this.#ticketScene(tx, read, now),
        lastRead: () => this.#vehicle.last,
        command: (tx, now, decisionId, session) => this.#command(tx, now, decisionId, session),
      });
    deps.lane.ownedBy(this);
    for (const reader of ports.readers) reader.onRead((read) => this.onRead(read));
  }

  /**
   * The whole route: learn, decide and write together, act; what happened is written by the lane.
   *
   * @throws Fault `disk-full`: nothing of the read is kept, so the camera repeats it
   */
  onRead(read: PlateRead): ReadOutcome {
    const { book, clock, counters, lane, steady } = this.lane.deps;
    const now = clock.now();
    const doubt = steady.doubtAbout(read.at);
    this.lane.noteRead();
    const mustWait = this.lane.busy || this.lane.state.arming === false;
    const step = book.write<EntryStep | ReadRefusal | EntryIgnores>((tx) => {
      const refusal = keepRead(tx, lane, read, now, doubt);
      if (refusal !== undefined) return refusal;
      if (isAfterPassing(tx, this.lane, read)) {
        tellOfDenied(tx, this.lane, read, now);
        return "same-passage";
      }
      if (this.#isOfTurnedAway(read)) return "turned-away";
      if (!mustWait) return this.#decideAndWrite(tx, this.#agreed(tx, read), now);
      const isOfBusy = this.lane.busy && this.#vehicle.maySee(read);
      if (isOfBusy || isOfUnread(tx, this.lane)) tellOfDenied(tx, this.lane, read, now);
      if (!isOfBusy) return "wait";
      this.#improve(tx, read, now);
      return "lane-busy";
    });
    if (step === "wait") {
      this.#waiting.put(read);
      return { kind: "ignore", reason: "waiting-for-loop" };
    }
    if (step === "lane-busy") return { kind: "ignore", reason: step };
    if (typeof step !== "string") return this.#act(step, read);
    counters.count("refused_total", { reason: step });
    return { kind: "ignore", reason: step };
  }

  /** The read waited for its turn, which has come. */
  #decideWaiting(read: PlateRead): void {
    const { book, clock, log, lane } = this.lane.deps;
    try {
      this.#act(
        book.write((tx) => this.#decideAndWrite(tx, this.#agreed(tx, read), clock.now())),
        read,
      );
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.error("not-decided", { lane: lane.id, error: error.message });
    }
  }

  #act(step: EntryStep, read: PlateRead): ReadOutcome {
    const { decision, decisionId } = step;
    this.#vehicle.note(answered(read));
    this.#show(step, read);
    const { kind, reason } = decision;
    return kind === "deny" ? { kind, reason } : { kind, decisionId };
  }

  /** @param read that was decided about; left out where a person decided */
  #show({ decision, passage, plate }: EntryStep, read?: PlateRead): void {
    this.#waiting.clear();
    this.#isTurnedAway = false;
    if (passage !== undefined) {
      this.lane.act(passage, read);
      this.lane.show({ lines: ["Welcome", plate], tone: "go" });
    } else {
      this.lane.show({ lines: [entrySigns[decision.reason] ?? "Please wait"], tone: "stop" });
    }
    this.lane.deps.changed();
  }

  /** What a camera reads of a vehicle that a person turned away changes nothing, as long as it stands there. */
  #isOfTurnedAway(read: PlateRead): boolean {
    if (!this.#isTurnedAway || this.lane.state.arming !== true) return false;
    const isOther = platesOf(read).plate !== "" && !this.#vehicle.maySee(read);
    return this.#vehicle.last === undefined || !isOther;
  }

  /**
   * A person says what the plate of the vehicle here is, and it goes the ordinary way as if it had been read so; or
   * that it may not come in.
   *
   * @throws Fault `disk-full`: nothing happened
   */
  hear(word: EntryWord): EntryStep | RepeatedChoice | Refusal {
    const { book, clock } = this.lane.deps;
    const step = book.write<EntryStep | RepeatedChoice | Refusal>(
      (tx) =>
        repeatedChoice(tx, word.requestId) ??
        wordRefusal(this.lane) ??
        (word.kind === "plate"
          ? this.#decideAndWrite(tx, this.#vehicle.last, clock.now(), word)
          : writeTurnAway(tx, this.lane, this.#vehicle.last, word, clock.now())),
    );
    if ("kind" in step || "isRepeated" in step) return step;
    this.#show(step);
    this.#isTurnedAway = word.kind === "turn-away";
    return step;
  }

  #agreed(tx: Tx, read: PlateRead): PlateRead {
    return this.#vehicle.agreed(read, (plate) => isKnownPlate(tx, plate));
  }

  /** The last read of the vehicle that stands here. */
  get standingRead(): PlateRead | undefined {
    return this.#vehicle.last;
  }

  /** One more read of the vehicle that was told to pass: until it has passed, its plate may become a better one. */
  #improve(tx: Tx, read: PlateRead, now: Instant): void {
    const id = this.lane.passage?.sessionId;
    const session = typeof id === "string" ? findSession(tx, id) : undefined;
    const agreed = this.#agreed(tx, read);
    tx.afterCommit(() => this.#vehicle.note(read));
    if (session?.status !== "pending") return;
    bindRead(tx, session.sessionId, agreed);
    const { plate } = platesOf(agreed);
    if (plate === "" || plate === session.vehicleLicense) return;
    const by: Actor = { kind: "plate-rule", id: read.readerId };
    const { grant } = this.#authorise(tx, plate, now);
    writeCorrection(tx, session, plate, { by, reason: "later-read", at: now, grant });
  }

  /** @param word what a person says of the vehicle; left out: its camera alone tells */
  #decideAndWrite(tx: Tx, read: PlateRead | undefined, now: Instant, word?: PlateWord): EntryStep {
    const { lane } = this.lane.deps;
    const seen = read && readFacts(read);
    const plate = word?.plate ?? seen?.plate ?? "";
    const facts = seen && { ...seen, plate };
    const inside = plate === "" ? [] : findInsideByPlate(tx, plate);
    const same = inside.find((session) => this.#isSameVehicle(session));
    const { facility: facilityMode, lane: laneMode } = this.#access.modes();
    const scene: EntryScene = {
      plate,
      confidence: word === undefined ? (read?.confidence ?? 0) : 1,
      confidenceMin: lane.confidence_min,
      access: this.#authorise(tx, plate, now),
      facilityMode,
      laneMode,
      freePlaces: this.#freePlaces(tx),
      sameVehicle: same !== undefined,
      insideAlready: inside.length > 0,
      // Where a person looks already, nobody is asked to.
      rightsAreOld: word === undefined && this.#access.rightsAreOld(),
    };
    const decision = decideEntry(scene);
    const newcomer: Newcomer = {
      plate,
      rawPlate: seen?.rawPlate ?? "",
      vehicleClass: seen?.vehicleClass ?? "unknown",
      vehicleColour: read?.vehicleColour,
      grant: scene.access.grant,
    };
    const session =
      decision.kind === "open" ? (same ?? this.#admit(tx, now, newcomer, inside)) : undefined;
    const decisionId = this.lane.decide(tx, now, {
      ...decision,
      ...(word === undefined ? cameraOf(read) : personOf(word, decision)),
      sessionId: session?.sessionId ?? null,
      ...(facts === undefined ? {} : { read: facts }),
      inputs: inputsOf(scene),
    });
    if (read !== undefined && session !== undefined)
      bindRead(tx, session.sessionId, { ...read, correctedPlate: plate });
    if (read !== undefined && seen !== undefined && word !== undefined)
      learnFrom(tx, read.readerId, seen.plate, plate);
    this.lane.deps.money?.noteDebts(tx, plate, lane.id, now);
    this.#tellAttendant(tx, now, decision);
    const passage = session && this.#command(tx, now, decisionId, session, read?.opens);
    return { decision, decisionId, sessionId: session?.sessionId ?? null, passage, plate };
  }

  /** A ticket for the vehicle that stands here; undefined: this facility has none. */
  async issueTicket(actor: Actor, requestId?: string): Promise<TicketStep | undefined> {
    return this.#ticket?.issue(actor, requestId);
  }

  /** An unsure plate may keep its vehicle out; a right of its own it gives to nobody. */
  #ticketScene(tx: Tx, read: PlateRead | undefined, now: Instant): EntryScene {
    const { confidence_min: confidenceMin } = this.lane.deps.lane;
    const plate = read === undefined ? "" : platesOf(read).plate;
    const { facility: facilityMode, lane: laneMode } = this.#access.modes();
    const access = this.#authorise(tx, plate, now);
    const isSure = plate !== "" && (read?.confidence ?? 0) >= confidenceMin;
    return {
      plate,
      confidence: read?.confidence ?? 0,
      confidenceMin,
      access: isSure ? access : { ...access, grant: undefined, refused: undefined },
      facilityMode,
      laneMode,
      freePlaces: this.#freePlaces(tx),
      sameVehicle: false,
      insideAlready: false,
      takesTicket: true,
    };
  }

  #authorise(tx: Tx, plate: string, at: Instant): Authorisation {
    const { id: laneId, leads_to: laneZones } = this.lane.deps.lane;
    const { calendar } = this.#access;
    return authorisePlate(tx, plate, { at, calendar, laneId, laneZones });
  }

  /**
   * An attendant or technician opens: the same session, command and passage as everyone's.
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
    this.#isTurnedAway = false;
    this.lane.act(step.passage);
    this.lane.show({ lines: ["Please drive in"], tone: "go" });
    return step;
  }

  #decideByHand(tx: Tx, opening: HandOpening, now: Instant): HandStep {
    const { lane } = this.lane.deps;
    const read = this.lane.standing?.read;
    const newcomer: Newcomer =
      read === undefined || read.plate === ""
        ? { plate: "", rawPlate: "", vehicleClass: "unknown" }
        : { ...read, grant: this.#authorise(tx, read.plate, now).grant };
    const session = this.#standing(tx, opening) ?? this.#admit(tx, now, newcomer, []);
    const { last } = this.#vehicle;
    if (last !== undefined) bindRead(tx, session.sessionId, last);
    const decisionId = this.lane.decide(tx, now, handDecision(opening, session.sessionId, read));
    clearAlert(tx, now, "attendant-needed", lane.id);
    const passage = this.#command(tx, now, decisionId, session);
    return { decisionId, sessionId: session.sessionId, passage };
  }

  /** The session of the vehicle that stands before the gate, if it has one already. */
  #standing(tx: Tx, opening: HandOpening): Session | undefined {
    const { lane } = this.lane.deps;
    const standing = this.lane.standing;
    for (const id of [opening.sessionId, standing?.sessionId]) {
      const session = typeof id === "string" ? findSession(tx, id) : undefined;
      if (session?.status === "pending" && session.entryLane === lane.id) return session;
    }
    const ticketed = listPendingAt(tx, lane.id).find(
      (each) => each.sessionMetadata["ticket"] !== undefined,
    );
    if (ticketed !== undefined) return ticketed;
    const plate = standing?.read?.plate ?? "";
    const inside = plate === "" ? [] : findInsideByPlate(tx, plate);
    return inside.find((session) => this.#isSameVehicle(session));
  }

  #command(
    tx: Tx,
    now: Instant,
    decisionId: string,
    session: Session,
    opens?: PlateRead["opens"],
  ): Passage {
    const { lane } = this.lane.deps;
    // One vehicle at a time: whoever was told to pass before has passed, seen or not, or is not coming any more.
    for (const earlier of listPendingAt(tx, lane.id)) {
      if (earlier.sessionId === session.sessionId) continue;
      if (this.lane.mayHavePassed(earlier.sessionId))
        openSession(tx, this.lane.deps, earlier, now, true);
      else cancelSession(tx, this.lane.deps, earlier, now, "superseded");
    }
    return this.lane.command(tx, now, decisionId, session.sessionId, opens);
  }

  /** A new session; earlier ones of the same plate are for a person to look at. */
  #admit(tx: Tx, now: Instant, newcomer: Newcomer, inside: readonly Session[]): Session {
    const session = admit(tx, this.lane.deps, now, newcomer, "pending");
    for (const earlier of inside) settleEarlier(tx, this.lane.deps, earlier, session, now);
    return session;
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    const session = passage.sessionId === null ? undefined : findSession(tx, passage.sessionId);
    if (session?.status === "pending") openSession(tx, this.lane.deps, session, at, false);
    // Its plate came in at another lane before it had passed here: two vehicles, and both are inside.
    if (session?.status === "closed-assumed") reopenSession(tx, session, at);
    clearAlert(tx, at, "attendant-needed", this.lane.deps.lane.id);
    tx.afterCommit(() => this.#vehicle.clear());
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    // It may have gone: what is read next may be of another, which must not be lent its plate.
    if (outcome === "unconfirmed" && !this.lane.busy) tx.afterCommit(() => this.#vehicle.clear());
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
    if (present) {
      const read = this.#waiting.take();
      if (read !== undefined) this.#decideWaiting(read);
      return;
    }
    this.#vehicle.clear();
    this.#isTurnedAway = false;
    const now = clock.now();
    const left = this.lane.busy ? null : (this.lane.passage?.sessionId ?? null);
    this.lane.keep((tx) => {
      clearAlert(tx, now, "attendant-needed", lane.id);
      if (!this.lane.busy) this.#ticket?.left(tx, now);
      const session = left === null ? undefined : findSession(tx, left);
      if (session?.status === "pending")
        cancelSession(tx, this.lane.deps, session, now, "backed-out");
    });
    this.lane.show(freeSign(this.#freePlaces(book)));
  }

  #isSameVehicle(session: Session): boolean {
    const { lane, steady } = this.lane.deps;
    if (session.entryLane !== lane.id) return false;
    const age = steady.now() - session.entrySteady;
    if (session.status === "pending") return age < pendingTriesFor;
    return session.sessionMetadata["assumed"] === true && age < assumedTriesFor;
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

type EntryIgnores = "same-passage" | "lane-busy" | "wait" | "turned-away";
