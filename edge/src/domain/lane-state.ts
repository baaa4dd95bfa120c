import type { LaneInput } from "@gatehouse/shared/lane-input";
import type { Duration, Instant } from "@gatehouse/shared/time";

/**
 * Where a lane stands (requirements D, Lane/Barrier). `identifying`: a vehicle was read and is being decided
 * about; `decided`: refused, asked to pay or waiting for a person; `unconfirmed`: told to open, and its "arm is
 * up" contact stays off; `closing`: the arm has left the top and is not down. At rest: `held-open` and `locked`
 * by a person or an alarm, `fault`: the safety loop is stuck or the gate did not take its last command,
 * `manual`: the arm is up and nobody told it.
 */
export type LanePhase =
  | "idle"
  | "vehicle-present"
  | "identifying"
  | "decided"
  | "open-commanded"
  | "accepted"
  | "rejected"
  | "unreachable"
  | "opened"
  | "unconfirmed"
  | "passing"
  | "passed"
  | "closing"
  | "held-open"
  | "locked"
  | "fault"
  | "manual";

export type PassageFact = "acknowledged" | "moved" | "passed" | "closed";
export type PassageOutcome =
  | "passed"
  | "backed-out"
  | "nobody-passed"
  | "tailgated"
  | "unconfirmed";
export type GateResult = "accepted" | "rejected" | "unreachable";
export type LaneTimer = "back-out" | "opening" | "passage" | "closing" | "stuck";
/** What a person or an alarm makes of a lane until it is taken back. */
export type LaneHold = "none" | "held-open" | "locked";

/** A lane as its wires and commands have shown it. `undefined`: not known. */
export interface LaneState {
  readonly phase: LanePhase;
  readonly since: Instant;
  readonly arming: boolean | undefined;
  readonly safety: boolean | undefined;
  readonly limitOpen: boolean | undefined;
  readonly limitClosed: boolean | undefined;
  /** The driver's button. */
  readonly help: boolean | undefined;
  /** Openings in a row that ended without a vehicle ever seen on the safety loop. */
  readonly unseen: number;
  /** The safety loop has been on for longer than any vehicle stands on it. */
  readonly stuck: boolean;
  readonly hold: LaneHold;
  /** The gate did not take its last command. */
  readonly gateFault: boolean;
  /** The arm went up and nobody had told it. */
  readonly manual: boolean;
  readonly passage: LanePassage | undefined;
}

/** A command on its way to a vehicle that has passed. */
export interface LanePassage {
  readonly answered: GateResult | undefined;
  readonly moved: boolean;
  readonly passed: boolean;
  /** A vehicle is on the safety loop. */
  readonly crossing: boolean;
  /** The arming loop is quiet since the safety loop came on: the vehicle moves forward. */
  readonly forward: boolean;
  /** A vehicle was on the safety loop, and it was not seen that it moved forward. */
  readonly touched: boolean;
  /** A second vehicle went under the arm without a command of its own. */
  readonly tailgated: boolean;
  /** The safety loop was on during this passage. */
  readonly sensed: boolean;
  /** A loop was unknown for a while: what was not seen since the command proves nothing. */
  readonly blind: boolean;
}

export type LaneEvent =
  | {
      readonly kind: "input";
      readonly input: LaneInput;
      readonly active: boolean | undefined;
      readonly at: Instant;
    }
  /** A vehicle was read. */
  | { readonly kind: "read"; readonly at: Instant }
  /** It was decided about; an open decision is followed by its command. */
  | { readonly kind: "decided"; readonly at: Instant }
  | { readonly kind: "held"; readonly hold: LaneHold; readonly at: Instant }
  | { readonly kind: "commanded"; readonly at: Instant }
  | {
      readonly kind: "answered";
      readonly result: GateResult;
      readonly evidence: string;
      readonly at: Instant;
    }
  | { readonly kind: "timer"; readonly timer: LaneTimer; readonly at: Instant };

/** What the flow must do or write; nothing here touches the world. */
export type LaneEffect =
  | { readonly kind: "fact"; readonly fact: PassageFact; readonly evidence: string }
  | { readonly kind: "ended"; readonly outcome: PassageOutcome }
  | { readonly kind: "after"; readonly timer: LaneTimer; readonly delay: Duration }
  | { readonly kind: "cancel"; readonly timer: LaneTimer }
  | { readonly kind: "vehicle-came" | "vehicle-left" }
  | { readonly kind: "tailgated" }
  | { readonly kind: "loop-stuck" | "loop-released" }
  /** The safety loop has seen nobody for some openings: it may be dead. Or it sees somebody again. */
  | { readonly kind: "loop-silent" | "loop-heard" }
  /** Told to open and answered, and the arm is not seen up; or it is seen up after all. */
  | { readonly kind: "not-seen-open" | "seen-open" }
  | { readonly kind: "help-called" }
  /** A vehicle went under the arm of a lane that is held open, and nobody knows which. */
  | { readonly kind: "unidentified" }
  | { readonly kind: "unexplained"; readonly evidence: string };

/** A lane after an event, and what is to be done about it. */
export type LaneStep = readonly [LaneState, readonly LaneEffect[]];

export interface LaneTimes {
  /** Until an arm that takes its command is seen up. */
  readonly opening: Duration;
  /** How long a car may take to pass an open gate. */
  readonly passage: Duration;
  /** Arm travel and the board's hold: after that the arm should be down again. */
  readonly closing: Duration;
}

export const idleLane = (at: Instant): LaneState => ({
  phase: "idle",
  since: at,
  arming: undefined,
  safety: undefined,
  limitOpen: undefined,
  limitClosed: undefined,
  help: undefined,
  unseen: 0,
  stuck: false,
  hold: "none",
  gateFault: false,
  manual: false,
  passage: undefined,
});
