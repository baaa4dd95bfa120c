import type { Actor } from "@gatehouse/shared/contracts/actor";
import { Fault } from "@gatehouse/shared/fault";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, seconds } from "@gatehouse/shared/time";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { PlateSpelling } from "../domain/plate-grammar.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { clearAlert } from "./alerts.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import { isAfterPassing } from "./duplicates.ts";
import { type EntryStep, type EntryWord, wordRefusal, writeTurnAway } from "./entry-choice.ts";
import { entrySigns, freeSign } from "./entry-words.ts";
import { type RepeatedChoice, repeatedChoice } from "./exit-choice.ts";
import { isOfUnread, tellOfDenied } from "./late-denial.ts";
import { findRepeated, type HandStep } from "./hand-opening.ts";
import { keptSpaceSign } from "./kept-spaces.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneOwner } from "./lane-deps.ts";
import { isKnownPlate } from "./plate-knowledge.ts";
import { answered, keepRead, platesOf, type ReadRefusal, WaitingRead } from "./reads.ts";
import { EntryTicket, type TicketStep } from "./entry-ticket.ts";
import type { ParkingTickets } from "./parking-tickets.ts";
import { VehicleReads } from "./vehicle-reads.ts";
import type { EntrySite } from "./entry-scene.ts";
import { decideAndWriteEntry } from "./entry-decision.ts";
import { writeLaterRead } from "./entry-later-read.ts";
import { decideEntryByHand } from "./entry-by-hand.ts";
import { entryAbandoned, entryLeft, entryPassed } from "./entry-passage.ts";

/** What one entry's route needs. */
export interface EntryDeps extends EntrySite {
  /** How plates are written where vehicles come from; left out: none is put right. */
  readonly spelling?: PlateSpelling | undefined;
  /** Left out: vehicles without a readable plate wait for a person. */
  readonly tickets?: ParkingTickets | undefined;
}

/** One entry lane, from a plate to a car that has passed. */
export class EntryFlow implements LaneOwner {
  readonly lane: LaneFlow;
  readonly #site: EntrySite;
  readonly #waiting: WaitingRead;
  readonly #vehicle: VehicleReads;
  readonly #ticket: EntryTicket | undefined;
  /** A person turned away the vehicle that stands here: no camera lets it in. */
  #isTurnedAway = false;

  constructor(deps: EntryDeps) {
    const { clock, lane, ports } = deps.lane.deps;
    this.lane = deps.lane;
    this.#site = deps;
    this.#waiting = new WaitingRead(clock, seconds(lane.passage_s));
    this.#vehicle = new VehicleReads(clock, deps.spelling);
    const { tickets } = deps;
    const lastRead = (): PlateRead | undefined => this.#vehicle.last;
    this.#ticket = tickets && new EntryTicket({ ...deps, tickets, lastRead });
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
      if (!mustWait) return this.#decide(tx, read, now);
      const isOfBusy = this.lane.busy && this.#vehicle.maySee(read);
      if (isOfBusy || isOfUnread(tx, this.lane)) tellOfDenied(tx, this.lane, read, now);
      if (!isOfBusy) return "wait";
      const agreed = this.#agreed(tx, read);
      tx.afterCommit(() => this.#vehicle.note(read));
      writeLaterRead(tx, this.#site, agreed, now);
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

  #decide(tx: Tx, read: PlateRead, now: Instant): EntryStep {
    return decideAndWriteEntry(tx, this.#site, now, this.#agreed(tx, read));
  }

  #agreed(tx: Tx, read: PlateRead): PlateRead {
    return this.#vehicle.agreed(read, (plate) => isKnownPlate(tx, plate));
  }

  /** The read waited for its turn, which has come. */
  #decideWaiting(read: PlateRead): void {
    const { book, clock, log, lane } = this.lane.deps;
    try {
      this.#act(
        book.write((tx) => this.#decide(tx, read, clock.now())),
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
      const kept = keptSpaceSign(this.lane.deps.book, passage.sessionId);
      this.lane.show({ lines: ["Welcome", plate, ...kept], tone: "go" });
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
          ? decideAndWriteEntry(tx, this.#site, clock.now(), this.#vehicle.last, word)
          : writeTurnAway(tx, this.lane, this.#vehicle.last, word, clock.now())),
    );
    if ("kind" in step || "isRepeated" in step) return step;
    this.#show(step);
    this.#isTurnedAway = word.kind === "turn-away";
    return step;
  }

  /** The last read of the vehicle that stands here. */
  get standingRead(): PlateRead | undefined {
    return this.#vehicle.last;
  }

  /** A ticket for the vehicle that stands here; undefined: this facility has none. */
  async issueTicket(actor: Actor, requestId?: string): Promise<TicketStep | undefined> {
    return this.#ticket?.issue(actor, requestId);
  }

  /**
   * An attendant or technician opens: the same session, command and passage as everyone's.
   *
   * @throws Fault `disk-full`: nothing happened
   */
  openByHand(opening: HandOpening): HandStep {
    const { book, clock } = this.lane.deps;
    const step = book.write<HandStep>(
      (tx) =>
        findRepeated(tx, opening) ??
        decideEntryByHand(tx, this.#site, this.#vehicle.last, opening, clock.now()),
    );
    if (step.passage === undefined) return step;
    this.#waiting.clear();
    this.#isTurnedAway = false;
    this.lane.act(step.passage);
    this.lane.show({ lines: ["Please drive in"], tone: "go" });
    return step;
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    entryPassed(tx, this.lane, passage, at);
    tx.afterCommit(() => this.#vehicle.clear());
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    // It may have gone: what is read next may be of another, which must not be lent its plate.
    if (outcome === "unconfirmed" && !this.lane.busy) tx.afterCommit(() => this.#vehicle.clear());
    entryAbandoned(tx, this.lane, passage, outcome, at);
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
      entryLeft(tx, this.lane, left, now);
    });
    this.lane.show(freeSign(this.#site.freePlaces(book)));
  }
}

type EntryIgnores = "same-passage" | "lane-busy" | "wait" | "turned-away";
