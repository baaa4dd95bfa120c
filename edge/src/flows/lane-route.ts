import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { EntryStep, EntryWord } from "./entry-choice.ts";
import type { TicketStep } from "./entry-ticket.ts";
import type { Claim } from "./exit-ticket.ts";
import type { HandOpening, Refusal } from "./desk.ts";
import type { Choice, RepeatedChoice } from "./exit-choice.ts";
import type { ExitStep } from "./exit-decision.ts";
import type { HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";

/** A lane as the facility's desk sees it, whichever way it is used. */
export interface LaneRoute {
  readonly lane: LaneFlow;
  /** The session a driver is paying for at this lane now. */
  readonly collecting?: string | undefined;
  /** The last read of the vehicle that stands here. */
  readonly standingRead: PlateRead | undefined;
  onRead(read: PlateRead): ReadOutcome;
  openByHand(opening: HandOpening): HandStep;
  /** Missing at an exit. @returns undefined while a reversible lane is one, or where no tickets are issued */
  issueTicket?(actor: Actor, requestId?: string): Promise<TicketStep | undefined>;
  /** Missing at an exit. @returns undefined while a reversible lane is one */
  hear?(word: EntryWord): EntryStep | RepeatedChoice | Refusal | undefined;
  /** Missing at an entry. @returns undefined while a reversible lane is one, or where no tickets are taken */
  claim?(
    claim: Claim,
    actor: Actor,
    requestId?: string,
  ): ExitStep | RepeatedChoice | Refusal | undefined;
  /** Missing at an entry. @returns undefined while a reversible lane is one */
  choose?(choice: Choice): ExitStep | RepeatedChoice | Refusal | undefined;
  /** Missing at an entry: the terminal there asks for nothing more. */
  standDown?(sessionId: string): void;
  /** Missing at an entry: something was paid elsewhere for the vehicle that stands there. */
  resume?(sessionId: string, actor: Actor): void;
}
