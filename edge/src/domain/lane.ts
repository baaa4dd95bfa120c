import { type Instant, minutes, seconds } from "@gatehouse/shared/time";
import type {
  LaneEffect,
  LaneEvent,
  LanePassage,
  LaneState,
  LaneTimes,
  PassageOutcome,
} from "./lane-state.ts";

/** A car that leaves the arming loop is given so long to reach the safety loop before it has backed out. */
export const backOutAfter = seconds(3);
/** No vehicle stands under an arm for so long: the loop or its detector is faulty. */
export const stuckAfter = minutes(10);

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
  const old = state.passage;
  // Who is under the arm already is who the command is for, unless it followed one that has passed.
  const crossing = isUnderArm(state) && old?.passed !== true;
  const passage: LanePassage = {
    answered: undefined,
    moved: false,
    passed: false,
    crossing,
    forward: crossing && (old?.forward === true || state.arming === false),
    // Beside a tailgater only a vehicle on the arming loop is known to be another one.
    touched: crossing || (isUnderArm(state) && state.arming !== true),
    tailgated: false,
    blind: state.arming === undefined || state.safety === undefined || state.stuck,
  };
  return [
    { ...state, phase: "open-commanded", since: at, passage },
    [
      ...(old === undefined ? [] : ended(outcomeOf(old))),
      { kind: "after", timer: "passage", delay: times.passage },
    ],
  ];
}

function onAnswered(state: LaneState, event: LaneEvent & { kind: "answered" }): Step {
  const { passage } = state;
  if (passage === undefined) return [state, []];
  const known = { ...state, passage: { ...passage, answered: event.result } };
  const next =
    state.phase === "open-commanded" ? { ...known, phase: event.result, since: event.at } : known;
  if (event.result !== "accepted") return [next, []];
  return [next, [{ kind: "fact", fact: "acknowledged", evidence: event.evidence }]];
}

function onInput(state: LaneState, event: LaneEvent & { kind: "input" }, times: LaneTimes): Step {
  const { active, at } = event;
  switch (event.input) {
    case "arming":
      return state.arming === active
        ? [state, []]
        : onArming(blinded({ ...state, arming: active }, active), active, at);
    case "safety":
      return state.safety === active
        ? [state, []]
        : onSafety(blinded({ ...state, safety: active }, active), active, at, times);
    case "limit-open":
      return state.limitOpen === active
        ? [state, []]
        : onLimit({ ...state, limitOpen: active }, state.limitOpen, at);
  }
}

/** An input that becomes unknown is no fact; a passage remembers that it could not see everything. */
const blinded = (state: LaneState, active: boolean | undefined): LaneState =>
  active !== undefined || state.passage === undefined
    ? state
    : { ...state, passage: { ...state.passage, blind: true } };

function onArming(state: LaneState, active: boolean | undefined, at: Instant): Step {
  if (active === undefined) return [state, []];
  const { passage } = state;
  const moving = passage !== undefined && !passage.passed;
  if (active) {
    if (moving) return [state, [{ kind: "cancel", timer: "back-out" }]];
    return [waiting(state, "vehicle-present", at), [{ kind: "vehicle-came" }]];
  }
  if (!moving) return [waiting(state, "idle", at), [{ kind: "vehicle-left" }]];
  if (passage.crossing) return [{ ...state, passage: { ...passage, forward: true } }, []];
  // Behind a tailgater that still is under the arm it may have gone under it too.
  const next = isUnderArm(state) ? { ...state, passage: { ...passage, touched: true } } : state;
  return [next, [{ kind: "after", timer: "back-out", delay: backOutAfter }]];
}

/** A phase that the arming loop alone decides; while a passage is under way that one does. */
const waiting = (state: LaneState, phase: "idle" | "vehicle-present", at: Instant): LaneState =>
  state.passage === undefined ? { ...state, phase, since: at } : state;

function onSafety(
  state: LaneState,
  active: boolean | undefined,
  at: Instant,
  times: LaneTimes,
): Step {
  if (active === undefined) return [state, [{ kind: "cancel", timer: "stuck" }]];
  if (active) {
    const [next, effects] = onCrossing(state, at);
    const watch: LaneEffect[] = state.stuck
      ? []
      : [{ kind: "after", timer: "stuck", delay: stuckAfter }];
    return [next, [...watch, ...effects]];
  }
  const [next, effects] = onClear({ ...state, stuck: false }, at, times);
  const released: LaneEffect[] = state.stuck ? [{ kind: "loop-released" }] : [];
  return [next, [{ kind: "cancel", timer: "stuck" }, ...released, ...effects]];
}

/** A vehicle is under the arm. */
function onCrossing(state: LaneState, at: Instant): Step {
  const { passage } = state;
  if (passage === undefined) {
    return [
      state,
      state.limitOpen === true ? [{ kind: "unexplained", evidence: "safety-loop" }] : [],
    ];
  }
  if (passage.passed) {
    return [{ ...state, passage: { ...passage, tailgated: true } }, [{ kind: "tailgated" }]];
  }
  const next: LanePassage = {
    ...passage,
    moved: true,
    crossing: true,
    touched: true,
    forward: state.arming === false,
  };
  const moved: LaneEffect[] = passage.moved
    ? []
    : [{ kind: "fact", fact: "moved", evidence: "safety-loop" }];
  return [
    { ...state, phase: "passing", since: at, passage: next },
    [{ kind: "cancel", timer: "back-out" }, ...moved],
  ];
}

/** Nothing is under the arm any more. */
function onClear(state: LaneState, at: Instant, times: LaneTimes): Step {
  const { passage } = state;
  if (passage === undefined || !passage.crossing || passage.passed) return [state, []];
  if (!passage.forward) {
    return [{ ...state, phase: "opened", since: at, passage: { ...passage, crossing: false } }, []];
  }
  const effects: LaneEffect[] = [
    { kind: "fact", fact: "passed", evidence: "safety-loop" },
    { kind: "cancel", timer: "passage" },
    { kind: "after", timer: "closing", delay: times.closing },
  ];
  if (state.arming === true) effects.push({ kind: "vehicle-came" });
  return [
    {
      ...state,
      phase: "passed",
      since: at,
      passage: { ...passage, crossing: false, touched: false, passed: true },
    },
    effects,
  ];
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
    const next = { ...state, passage: { ...passage, moved: true } };
    return [
      passage.crossing || passage.passed ? next : { ...next, phase: "opened", since: at },
      [{ kind: "fact", fact: "moved", evidence: "limit-open" }],
    ];
  }
  const down = passage.passed || (passage.moved && !isUnderArm(state));
  if (limitOpen !== false || !down) return [state, []];
  return finish(state, at, [
    { kind: "fact", fact: "closed", evidence: "limit-open" },
    ...ended(outcomeOf(passage)),
  ]);
}

function onTimer(state: LaneState, event: LaneEvent & { kind: "timer" }, times: LaneTimes): Step {
  const { passage } = state;
  if (event.timer === "stuck") return onStuck(state, event.at);
  if (passage === undefined) return [state, []];
  if (event.timer === "closing") {
    if (!passage.passed) return [state, []];
    // A vehicle is under the arm: it cannot be down.
    if (isUnderArm(state))
      return [state, [{ kind: "after", timer: "closing", delay: times.closing }]];
    return finish(state, event.at, ended(outcomeOf(passage)));
  }
  if (passage.passed) return [state, []];
  if (event.timer === "back-out") {
    // Whoever could not see the vehicle pass cannot say that it has backed out: the passage timer decides.
    const gone = state.arming === false && state.safety === false && !passage.blind;
    if (!gone) return [state, []];
    return finish(state, event.at, ended(passage.touched ? outcomeOf(passage) : "backed-out"));
  }
  if (isUnderArm(state))
    return [state, [{ kind: "after", timer: "passage", delay: times.passage }]];
  return finish(state, event.at, ended(outcomeOf(passage)));
}

const isUnderArm = (state: LaneState): boolean => state.safety === true && !state.stuck;

/** The loop can no longer tell vehicles: what is under way ends with what is known of it. */
function onStuck(state: LaneState, at: Instant): Step {
  if (state.safety !== true) return [state, []];
  const stuck = { ...state, stuck: true };
  const { passage } = state;
  if (passage === undefined) return [stuck, [{ kind: "loop-stuck" }]];
  return finish(stuck, at, [{ kind: "loop-stuck" }, ...ended(outcomeOf(passage))]);
}

/**
 * How a passage ends that ends now. `unconfirmed`: the gate may have opened, and the loops could not tell
 * whether the vehicle passed; missing evidence is never taken for "nobody".
 */
function outcomeOf(passage: LanePassage): PassageOutcome {
  if (passage.passed) return passage.tailgated ? "tailgated" : "passed";
  // An unreachable gate may have heard: only its answer is known to be lost.
  const mayBeOpen = passage.moved || passage.answered !== "rejected";
  return mayBeOpen && (passage.blind || passage.touched) ? "unconfirmed" : "nobody-passed";
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
