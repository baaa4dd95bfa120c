import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { HandOpening } from "./desk.ts";
import type { HandStep } from "./hand-opening.ts";
import type { LaneFlow } from "./lane.ts";

/** A lane as the facility's desk sees it, whichever way it is used. */
export interface LaneRoute {
  readonly lane: LaneFlow;
  /** The session a driver is paying for at this lane now. */
  readonly collecting?: string | undefined;
  onRead(read: PlateRead): ReadOutcome;
  openByHand(opening: HandOpening): HandStep;
}
