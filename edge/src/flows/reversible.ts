import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { PassageOutcome } from "../domain/lane-state.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { EntryStep, EntryWord } from "./entry-choice.ts";
import type { TicketStep } from "./entry-ticket.ts";
import type { Claim } from "./exit-ticket.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import type { EntryFlow } from "./entry.ts";
import type { ExitFlow } from "./exit.ts";
import type { Choice, RepeatedChoice } from "./exit-choice.ts";
import type { ExitStep } from "./exit-decision.ts";
import type { HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";
import type { LaneOwner } from "./lane-deps.ts";
import type { LaneRoute } from "./lane-route.ts";

/**
 * One lane that people turn round: an entry or an exit, never both at once. A passage belongs to the route that
 * commanded it, whichever way the lane is used when it ends.
 */
export class ReversibleFlow implements LaneOwner, LaneRoute {
  readonly lane: LaneFlow;
  readonly entry: EntryFlow;
  readonly exit: ExitFlow;

  constructor(entry: EntryFlow, exit: ExitFlow) {
    this.entry = entry;
    this.exit = exit;
    this.lane = entry.lane;
    this.lane.ownedBy(this);
    for (const reader of this.lane.deps.ports.readers) {
      reader.onRead((read) => this.onRead(read));
    }
  }

  get collecting(): string | undefined {
    return this.exit.collecting;
  }

  onRead(read: PlateRead): ReadOutcome {
    return this.#now.onRead(read);
  }

  get standingRead(): PlateRead | undefined {
    return this.#now.standingRead;
  }

  choose(choice: Choice): ExitStep | RepeatedChoice | Refusal | undefined {
    return this.#now === this.exit ? this.exit.choose(choice) : undefined;
  }

  hear(word: EntryWord): EntryStep | RepeatedChoice | Refusal | undefined {
    return this.#now === this.entry ? this.entry.hear(word) : undefined;
  }

  async issueTicket(actor: Actor, requestId?: string): Promise<TicketStep | undefined> {
    return this.#now === this.entry ? this.entry.issueTicket(actor, requestId) : undefined;
  }

  claim(
    claim: Claim,
    actor: Actor,
    requestId?: string,
  ): ExitStep | RepeatedChoice | Refusal | undefined {
    return this.#now === this.exit ? this.exit.claim(claim, actor, requestId) : undefined;
  }

  standDown(sessionId: string): void {
    this.exit.standDown(sessionId);
  }

  resume(sessionId: string, actor: Actor): void {
    if (this.#now === this.exit) this.exit.resume(sessionId, actor);
  }

  openByHand(opening: HandOpening): HandStep {
    return this.#now.openByHand(opening);
  }

  passed(tx: Tx, passage: Passage, at: Instant): void {
    this.#of(passage).passed(tx, passage, at);
  }

  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void {
    this.#of(passage).abandoned(tx, passage, outcome, at);
  }

  vehicle(present: boolean): void {
    this.#now.vehicle(present);
  }

  get #now(): EntryFlow | ExitFlow {
    return this.lane.deps.direction() === "exit" ? this.exit : this.entry;
  }

  #of(passage: Passage): EntryFlow | ExitFlow {
    return passage.direction === "exit" ? this.exit : this.entry;
  }
}
