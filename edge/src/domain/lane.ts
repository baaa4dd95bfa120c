import type { LaneInput } from "@gatehouse/shared/lane-input";
import { type Duration, type Instant, seconds } from "@gatehouse/shared/time";

/** Where a lane stands (requirements D, Lane/Barrier). */
export type LanePhase =
  | "idle"
  | "vehicle-present"
  | "open-commanded"
  | "accepted"
  | "rejected"
  | "unreachable"
  | "opened"
  | "passing"
  | "passed";

export type PassageFact = "acknowledged" | "moved" | "passed" | "closed";
export type PassageOutcome =
  | "passed"
  | "backed-out"
  | "nobody-passed"
  | "tailgated"
  | "unconfirmed";
export type GateResult = "accepted" | "rejected" | "unreachable";
export type LaneTimer = "back-out" | "passage" | "closing";

/** A lane as its wires and commands have shown it. `undefined`: not known. */
export interface LaneState {
  readonly phase: LanePhase;
  readonly since: Instant;
  readonly arming: boolean | undefined;
  readonly safety: boolean | undefined;
  readonly limitOpen: boolean | undefined;
  readonly passage: LanePassage | undefined;
}

interface LanePassage {
  readonly answered: GateResult | undefined;
  readonly moved: boolean;
  readonly passed: boolean;
  /** The arming loop went quiet since the safety loop came on: the vehicle moves forward. */
  readonly forward: boolean;
  /** A second vehicle is under the arm without a command of its own. */
  readonly tailgating: boolean;
}

export type LaneEvent =
  | {
      readonly kind: "input";
      readonly input: LaneInput;
      readonly active: boolean | undefined;
      readonly at: Instant;
    }
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
  | { readonly kind: "vehicle-came" | "vehicle-left" | "tailgated" }
  | { readonly kind: "unexplained"; readonly evidence: string };

export interface LaneTimes {
  /** How long a car may take to pass an open gate. */
  readonly passage: Duration;
  /** Arm travel and the board's hold: after that the arm should be down again. */
  readonly closing: Duration;
}

/** A car that leaves the arming loop is given so long to reach the safety loop before it has backed out. */
export const backOutAfter = seconds(3);

export const idleLane = (at: Instant): LaneState => ({
  phase: "idle",
  since: at,
  arming: undefined,
  safety: undefined,
  limitOpen: undefined,
  passage: undefined,
});

type Step = readonly [LaneState, readonly LaneEffect[]];

/** Folds one event into a lane. Pure; every transition of a lane is made here and nowhere else. */
export function stepLane(state: LaneState, event: LaneEvent, times: LaneTimes): Step {
  switch (event.kind) {
    case "commanded":
      return onCommanded(state, event.at, times);
    case "answered":
      return onAnswered(state, event);
    case "timer":
      return onTimer(state, event, times);
    case "input":
      return onInput(state, event, times);
  }
}

function onCommanded(state: LaneState, at: Instant, times: LaneTimes): Step {
  const before: LaneEffect[] =
    state.passage === undefined ? [] : ended(state.passage.passed ? "passed" : "nobody-passed");
  const passage = {
    answered: undefined,
    moved: false,
    passed: false,
    forward: false,
    tailgating: false,
  };
  return [
    { ...state, phase: "open-commanded", since: at, passage },
    [...before, { kind: "after", timer: "passage", delay: times.passage }],
  ];
}

function onAnswered(state: LaneState, event: LaneEvent & { kind: "answered" }): Step {
  const { passage } = state;
  if (passage === undefined) return [state, []];
  const phase = state.phase === "open-commanded" ? event.result : state.phase;
  const next = {
    ...state,
    phase,
    since: event.at,
    passage: { ...passage, answered: event.result },
  };
  if (event.result !== "accepted") return [next, []];
  return [next, [{ kind: "fact", fact: "acknowledged", evidence: event.evidence }]];
}

function onInput(state: LaneState, event: LaneEvent & { kind: "input" }, times: LaneTimes): Step {
  const { active, at } = event;
  switch (event.input) {
    case "arming": {
      if (state.arming === active) return [state, []];
      return onArming({ ...state, arming: active }, active, at);
    }
    case "safety": {
      if (state.safety === active) return [state, []];
      return onSafety({ ...state, safety: active }, active, at, times);
    }
    case "limit-open": {
      if (state.limitOpen === active) return [state, []];
      return onLimit({ ...state, limitOpen: active }, state.limitOpen, at);
    }
  }
}

function onArming(state: LaneState, active: boolean | undefined, at: Instant): Step {
  const { passage } = state;
  const moving = passage !== undefined && !passage.passed;
  if (active === true) {
    if (moving) return [state, [{ kind: "cancel", timer: "back-out" }]];
    const phase = passage === undefined ? "vehicle-present" : state.phase;
    return [{ ...state, phase, since: at }, [{ kind: "vehicle-came" }]];
  }
  if (active === undefined) return [state, []];
  if (moving && state.safety === true) {
    return [{ ...state, passage: { ...passage, forward: true } }, []];
  }
  if (moving) return [state, [{ kind: "after", timer: "back-out", delay: backOutAfter }]];
  const phase = passage === undefined ? "idle" : state.phase;
  return [{ ...state, phase, since: at }, [{ kind: "vehicle-left" }]];
}

function onSafety(
  state: LaneState,
  active: boolean | undefined,
  at: Instant,
  times: LaneTimes,
): Step {
  const { passage } = state;
  if (passage === undefined) {
    const under = active === true && state.limitOpen === true;
    return [state, under ? [{ kind: "unexplained", evidence: "safety-loop" }] : []];
  }
  if (active === true && passage.passed) {
    return [{ ...state, passage: { ...passage, tailgating: true } }, []];
  }
  if (active === true) {
    const next = { ...passage, moved: true, forward: state.arming !== true };
    const moved: LaneEffect[] = passage.moved
      ? []
      : [{ kind: "fact", fact: "moved", evidence: "safety-loop" }];
    return [
      { ...state, phase: "passing", since: at, passage: next },
      [{ kind: "cancel", timer: "back-out" }, ...moved],
    ];
  }
  if (active === undefined) return [state, []];
  if (passage.tailgating) {
    return [{ ...state, passage: { ...passage, tailgating: false } }, [{ kind: "tailgated" }]];
  }
  if (state.phase !== "passing") return [state, []];
  if (!passage.forward) return [{ ...state, phase: "opened", since: at }, []];
  return hasPassed(state, passage, at, times);
}

function hasPassed(state: LaneState, passage: LanePassage, at: Instant, times: LaneTimes): Step {
  const effects: LaneEffect[] = [
    { kind: "fact", fact: "passed", evidence: "safety-loop" },
    { kind: "cancel", timer: "passage" },
    { kind: "after", timer: "closing", delay: times.closing },
  ];
  if (state.arming === true) effects.push({ kind: "vehicle-came" });
  return [{ ...state, phase: "passed", since: at, passage: { ...passage, passed: true } }, effects];
}

function onLimit(state: LaneState, before: boolean | undefined, at: Instant): Step {
  const { passage, limitOpen } = state;
  if (passage === undefined) {
    return [
      state,
      limitOpen === true && before === false
        ? [{ kind: "unexplained", evidence: "limit-open" }]
        : [],
    ];
  }
  if (limitOpen === true && !passage.moved) {
    const phase = state.phase === "passing" ? state.phase : "opened";
    return [
      { ...state, phase, since: at, passage: { ...passage, moved: true } },
      [{ kind: "fact", fact: "moved", evidence: "limit-open" }],
    ];
  }
  if (limitOpen === false && passage.passed) {
    return finish(state, at, [
      { kind: "fact", fact: "closed", evidence: "limit-open" },
      ...ended("passed"),
    ]);
  }
  if (limitOpen === false && passage.moved && state.safety !== true) {
    return finish(state, at, [
      { kind: "fact", fact: "closed", evidence: "limit-open" },
      ...ended("nobody-passed"),
    ]);
  }
  return [state, []];
}

function onTimer(state: LaneState, event: LaneEvent & { kind: "timer" }, times: LaneTimes): Step {
  const { passage } = state;
  if (passage === undefined) return [state, []];
  if (event.timer === "closing")
    return passage.passed ? finish(state, event.at, ended("passed")) : [state, []];
  if (passage.passed) return [state, []];
  if (event.timer === "back-out") {
    const gone = state.arming === false && state.safety !== true;
    return gone ? finish(state, event.at, ended("backed-out")) : [state, []];
  }
  if (state.safety === true)
    return [state, [{ kind: "after", timer: "passage", delay: times.passage }]];
  const blind = state.arming === undefined || state.safety === undefined;
  const unconfirmed = blind && passage.answered === "accepted";
  return finish(state, event.at, ended(unconfirmed ? "unconfirmed" : "nobody-passed"));
}

function finish(state: LaneState, at: Instant, effects: readonly LaneEffect[]): Step {
  const phase = state.arming === true ? "vehicle-present" : "idle";
  return [{ ...state, phase, since: at, passage: undefined }, effects];
}

const ended = (outcome: PassageOutcome): LaneEffect[] => [
  { kind: "cancel", timer: "back-out" },
  { kind: "cancel", timer: "passage" },
  { kind: "cancel", timer: "closing" },
  { kind: "ended", outcome },
];
