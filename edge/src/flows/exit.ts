import type { Actor } from "@gatehouse/shared/contracts/actor";
import { Fault } from "@gatehouse/shared/fault";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, seconds } from "@gatehouse/shared/time";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { PlateSpelling } from "../domain/plate-grammar.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import type { Session } from "../store/sessions.ts";
import { clearAlert } from "./alerts.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import { type Choice, type RepeatedChoice, repeatedChoice, writeChoice } from "./exit-choice.ts";
import { isAfterPassing } from "./duplicates.ts";
import type { ExitStep } from "./exit-decision.ts";
import type { AccessSite } from "./access.ts";
import { ExitTill, type ExitTillDeps, type TillOutcome } from "./exit-till.ts";
import { findRepeated, type HandStep } from "./hand-opening.ts";
import { type Claim, writeClaim } from "./exit-ticket.ts";
import type { ParkingTickets } from "./parking-tickets.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneOwner } from "./lane-deps.ts";
import { isKnownPlate } from "./plate-knowledge.ts";
import { answered, keepRead, type ReadRefusal, WaitingRead } from "./reads.ts";
import { VehicleReads } from "./vehicle-reads.ts";
import { decidePaidElsewhere, openingUnpaid, tellUnpaid, writePaidExit } from "./exit-paid.ts";
import { decideExitByHand } from "./exit-by-hand.ts";
import { exitAbandoned, exitPassed } from "./exit-passage.ts";
import { decideReadAtExit } from "./exit-read.ts";

/** What one exit's route needs. */
export interface ExitDeps extends ExitTillDeps {
  /** How plates are written where vehicles come from; left out: none is put right. */
  readonly spelling?: PlateSpelling | undefined;
  readonly access: Pick<AccessSite, "calendar" | "rightsAreOld">;
  /** Left out: no tickets are taken here. */
  readonly tickets?: ParkingTickets | undefined;
}

/** One exit lane, from a plate to a closed session. */
export class ExitFlow implements LaneOwner {
  readonly lane: LaneFlow;
  readonly #till: ExitTill;
  readonly #waiting: WaitingRead;
  readonly #vehicle: VehicleReads;
  readonly #tickets: ParkingTickets | undefined;
  readonly #access: ExitDeps["access"];

  constructor(deps: ExitDeps) {
    const { clock, lane, ports } = deps.lane.deps;
    this.lane = deps.lane;
    this.#till = new ExitTill(deps);
    this.#waiting = new WaitingRead(clock, seconds(lane.passage_s));
    this.#vehicle = new VehicleReads(clock, deps.spelling);
    this.#tickets = deps.tickets;
    this.#access = deps.access;
    deps.lane.ownedBy(this);
    for (const reader of ports.readers) reader.onRead((read) => this.onRead(read));
  }

  /** The last read of the vehicle that stands here. */
  get standingRead(): PlateRead | undefined {
    return this.#vehicle.last;
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
    const { book, clock, counters, lane, steady } = this.lane.deps;
    const now = clock.now();
    const doubt = steady.doubtAbout(read.at);
    this.lane.noteRead();
    const step = book.write<ExitStep | ReadRefusal | "same-passage" | "collecting" | "wait">(
      (tx) => {
        const refusal = keepRead(tx, lane, read, now, doubt);
        if (refusal !== undefined) return refusal;
        if (isAfterPassing(tx, this.lane, read)) return "same-passage";
        if (this.collecting !== undefined) return "collecting";
        const mustWait = this.lane.busy || this.lane.state.arming === false;
        return mustWait ? "wait" : this.#decide(tx, read, now);
      },
    );
    if (step === "collecting") return { kind: "ignore", reason: step };
    if (step === "wait") return this.#wait(read);
    if (typeof step !== "string") return this.#actOn(step, read);
    counters.count("refused_total", { reason: step });
    return { kind: "ignore", reason: step };
  }

  #decide(tx: Tx, read: PlateRead, now: Instant): ExitStep {
    const agreed = this.#vehicle.agreed(read, (plate) => isKnownPlate(tx, plate));
    return decideReadAtExit(tx, this.lane, this.#access, agreed, now);
  }

  /** The read waited for its turn, which has come. */
  #decideWaiting(read: PlateRead): void {
    const { book, clock } = this.lane.deps;
    this.#orTell(() =>
      this.#actOn(
        book.write((tx) => this.#decide(tx, read, clock.now())),
        read,
      ),
    );
  }

  #actOn(step: ExitStep, read: PlateRead): ReadOutcome {
    this.#vehicle.note(answered(read));
    return this.#act(step, { kind: "plate-rule", id: read.readerId }, read);
  }

  #act(step: ExitStep, actor: Actor, read: PlateRead | undefined): ReadOutcome {
    const { decision, session, decisionId, passage } = step;
    this.#waiting.clear();
    this.lane.deps.changed();
    if (decision.kind === "collect" && session !== undefined) {
      void this.#collect(session, actor, read);
      return { kind: "ask", decisionId };
    }
    if (passage !== undefined) {
      this.#open(passage, read);
      return { kind: "open", decisionId };
    }
    this.#callAttendant("Please wait");
    return { kind: "ask", decisionId };
  }

  async #collect(session: Session, actor: Actor, read: PlateRead | undefined): Promise<void> {
    const { book, clock } = this.lane.deps;
    const { sessionId } = session;
    const outcome = await this.#till.collect(session);
    if (outcome === undefined) return;
    if (outcome !== "paid") return this.#cannotCollect(sessionId, outcome);
    this.#orTell(() => {
      const passage = book.write((tx) =>
        writePaidExit(tx, this.lane, sessionId, actor, read, clock.now()),
      );
      this.#open(passage, undefined);
    });
  }

  #cannotCollect(sessionId: string, outcome: TillOutcome): void {
    const { deps } = this.lane;
    deps.counters.count("refused_total", { reason: outcome });
    const opening = openingUnpaid(deps, sessionId, outcome);
    if (opening !== undefined) return this.#orTell(() => void this.openByHand(opening));
    const at = deps.clock.now();
    this.lane.keep((tx) => tellUnpaid(tx, deps, sessionId, outcome, at));
    this.#callAttendant("Payment not possible");
    deps.changed();
  }

  #open(passage: Passage, read: PlateRead | undefined): void {
    this.lane.show({ lines: ["Thank you", "Good-bye"], tone: "go" });
    this.lane.act(passage, read);
  }

  /**
   * A person says whose vehicle stands here; it pays what it owes, as if its plate had been read so.
   *
   * @throws Fault `disk-full`: nothing happened
   */
  choose(choice: Choice): ExitStep | RepeatedChoice | Refusal {
    const { book, clock } = this.lane.deps;
    const read = this.#vehicle.last;
    const step = book.write((tx) => writeChoice(tx, this.lane, read, choice, clock.now()));
    if ("kind" in step || "isRepeated" in step) return step;
    this.#till.abort();
    this.#act(step, choice.actor, read);
    return step;
  }

  /**
   * The driver shows a ticket, or an attendant says that it is lost.
   *
   * @returns undefined where no tickets are taken
   * @throws Fault `disk-full`: nothing happened
   */
  claim(
    claim: Claim,
    actor: Actor,
    requestId?: string,
  ): ExitStep | RepeatedChoice | Refusal | undefined {
    const { book, clock } = this.lane.deps;
    const tickets = this.#tickets;
    if (tickets === undefined && claim.kind === "ticket") return undefined;
    const read = this.#vehicle.last;
    const now = clock.now();
    const step = book.write<ExitStep | RepeatedChoice | Refusal>(
      (tx) =>
        repeatedChoice(tx, requestId) ??
        writeClaim(tx, this.lane, tickets, claim, { read, actor, now, requestId }),
    );
    if ("isRepeated" in step) return step;
    if ("kind" in step) {
      if (step.reason.startsWith("ticket-")) this.#callAttendant("Ticket not valid");
      return step;
    }
    this.#till.abort();
    this.#act(step, actor, read);
    return step;
  }

  /** The driver pays another way: the terminal here asks for nothing more. */
  standDown(sessionId: string): void {
    if (this.collecting === sessionId) this.#till.abort();
  }

  /** Something was paid elsewhere for the vehicle that stands here: it leaves, or pays the rest. */
  resume(sessionId: string, actor: Actor): void {
    const { lane } = this;
    const { book, clock } = lane.deps;
    const mayAct = !lane.busy && lane.state.arming !== false && this.collecting === undefined;
    if (lane.standing?.sessionId !== sessionId || !mayAct) return;
    const read = this.#vehicle.last;
    this.#orTell(() => {
      const step = book.write((tx) =>
        decidePaidElsewhere(tx, lane, sessionId, actor, read, clock.now()),
      );
      if (step !== undefined) this.#act(step, actor, read);
    });
  }

  /**
   * An attendant or technician opens; what is not paid stays owed by the session.
   *
   * @throws Fault `disk-full`: nothing happened
   */
  openByHand(opening: HandOpening): HandStep {
    const { book, clock } = this.lane.deps;
    const step = book.write<HandStep>(
      (tx) =>
        findRepeated(tx, opening) ??
        decideExitByHand(tx, this.lane, this.collecting, opening, clock.now()),
    );
    if (step.passage === undefined) return step;
    this.#waiting.clear();
    this.#till.abort();
    this.#open(step.passage, undefined);
    return step;
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    exitPassed(tx, this.lane.deps, passage, at);
    tx.afterCommit(() => this.#vehicle.clear());
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    // Whoever is asked to pay here has not left.
    const isHere = this.collecting !== undefined && this.collecting === passage.sessionId;
    const became = isHere ? "nobody-passed" : outcome;
    // It may have gone: what is read next may be of another, which must not be lent its plate.
    if (became === "unconfirmed" && !this.lane.busy) tx.afterCommit(() => this.#vehicle.clear());
    exitAbandoned(tx, this.lane.deps, passage, became, at);
  }

  vehicle(present: boolean): void {
    const { clock, lane } = this.lane.deps;
    if (present) {
      const read = this.collecting === undefined ? this.#waiting.take() : undefined;
      if (read !== undefined) this.#decideWaiting(read);
      return;
    }
    this.#till.abort();
    this.#vehicle.clear();
    const now = clock.now();
    this.lane.keep((tx) => clearAlert(tx, now, "attendant-needed", lane.id));
    this.lane.show({ lines: [], tone: "neutral" });
  }

  #wait(read: PlateRead): ReadOutcome {
    if (this.lane.busy && this.#vehicle.maySee(read)) {
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
