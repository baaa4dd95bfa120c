import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
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
  /** Missing at an entry. @returns undefined while a reversible lane is one */
  choose?(choice: Choice): ExitStep | RepeatedChoice | Refusal | undefined;
}
