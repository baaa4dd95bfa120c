import type { LaneInput } from "../lane-input.ts";
import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
import type { Reporting } from "./device.ts";

export type { LaneInput } from "../lane-input.ts";

export interface LaneInputChange {
  readonly laneId: string;
  readonly input: LaneInput;
  /** undefined: not known, because the wire is lost or the detector reports a fault. */
  readonly active: boolean | undefined;
  readonly at: Instant;
}

/** Tells each change once, in order, and every input's first known state after a start. */
export interface LaneInputFeed extends Part, Reporting {
  /** One listener a feed; set before `start`. */
  onInput(listener: (change: LaneInputChange) => void): void;
}
