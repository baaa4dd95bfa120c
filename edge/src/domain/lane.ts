import { type Instant, minutes, seconds } from "@gatehouse/shared/time";
import { atRest, ended, finish, isSilent, isUnderArm, outcomeOf } from "./lane-rest.ts";
import type {
  LaneEffect,
  LaneEvent,
  LanePassage,
  LanePhase,
  LaneState,
  LaneStep,
  LaneTimes,
} from "./lane-state.ts";

/** A car that leaves the arming loop is given so long to reach the safety loop before it has backed out. */
export const backOutAfter = seconds(3);
/** No vehicle stands under an arm for so long: the loop or its detector is faulty. */
export const stuckAfter = minutes(10);

/** Folds one event into a lane. Pure; every transition of a lane is made here and nowhere else. */
export function stepLane(state: LaneState, event: LaneEvent, times: LaneTimes): LaneStep {
  switch (event.kind) {
    case "read":
      return onRead(state, event.at, "identifying");
    case "decided":
      return onRead(state, event.at, "decided");
    case "held":
      return [atRest({ ...state, hold: event.hold }, event.at), []];
    case "commanded":
      return onCommanded(state, event.at, times);
    case "answered":
      return onAnswered(state, event, times);
    case "timer":
      return onTimer(state, event, times);
    case "input":
      return onInput(state, event, times);
  }
}

/** A read changes nothing at a lane where a passage is under way, or that is shown to be out of service. */
const onRead = (state: LaneState, at: Instant, phase: "identifying" | "decided"): LaneStep =>
  state.passage === undefined && preparing.has(state.phase)
    ? [{ ...state, phase, since: at }, []]
    : [state, []];

const preparing = new Set<LanePhase>(["idle", "vehicle-present", "identifying", "decided"]);

function onCommanded(state: LaneState, at: Instant, times: LaneTimes): LaneStep {
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
    sensed: crossing,
    blind:
      state.arming === undefined || state.safety === undefined || state.stuck || isSilent(state),
  };
  return [
    { ...state, phase: "open-commanded", since: at, manual: false, passage },
    [
      ...(old === undefined ? [] : ended(outcomeOf(old))),
      { kind: "after", timer: "passage", delay: times.passage },
    ],
  ];
}

function onAnswered(
  state: LaneState,
  event: LaneEvent & { kind: "answered" },
  times: LaneTimes,
): LaneStep {
  const { passage } = state;
  const gateFault = event.result !== "accepted";
  if (passage === undefined) return [atRest({ ...state, gateFault }, event.at), []];
  const known = { ...state, gateFault, passage: { ...passage, answered: event.result } };
  const next =
    state.phase === "open-commanded" ? { ...known, phase: event.result, since: event.at } : known;
  if (gateFault) return [next, []];
  const effects: LaneEffect[] = [{ kind: "fact", fact: "acknowledged", evidence: event.evidence }];
  if (!passage.moved && state.limitOpen === false) {
    effects.push({ kind: "after", timer: "opening", delay: times.opening });
  }
  return [next, effects];
}

function onInput(
  state: LaneState,
  event: LaneEvent & { kind: "input" },
  times: LaneTimes,
): LaneStep {
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
    case "limit-closed":
      return state.limitClosed === active
        ? [state, []]
        : onLimitClosed({ ...state, limitClosed: active }, at);
    case "help":
      return [
        state.help === active ? state : { ...state, help: active },
        active === true && state.help !== true ? [{ kind: "help-called" }] : [],
      ];
    case "ticket":
      // Whoever issues tickets hears the button; the lane is what it was.
      return [state, []];
  }
}

/** An input that becomes unknown is no fact; a passage remembers that it could not see everything. */
const blinded = (state: LaneState, active: boolean | undefined): LaneState =>
  active !== undefined || state.passage === undefined
    ? state
    : { ...state, passage: { ...state.passage, blind: true } };

function onArming(state: LaneState, active: boolean | undefined, at: Instant): LaneStep {
  if (active === undefined) return [state, []];
  const { passage } = state;
  const moving = passage !== undefined && !passage.passed;
  if (active) {
    if (moving) return [state, [{ kind: "cancel", timer: "back-out" }]];
    return [atRest(state, at), [{ kind: "vehicle-came" }]];
  }
  if (!moving) return [atRest(state, at), [{ kind: "vehicle-left" }]];
  if (passage.crossing) return [{ ...state, passage: { ...passage, forward: true } }, []];
  // Behind a tailgater that still is under the arm it may have gone under it too.
  const next = isUnderArm(state) ? { ...state, passage: { ...passage, touched: true } } : state;
  return [next, [{ kind: "after", timer: "back-out", delay: backOutAfter }]];
}

function onSafety(
  state: LaneState,
  active: boolean | undefined,
  at: Instant,
  times: LaneTimes,
): LaneStep {
  if (active === undefined) return [state, [{ kind: "cancel", timer: "stuck" }]];
  if (active) {
    const [next, effects] = onCrossing({ ...state, unseen: 0 }, at);
    const watch: LaneEffect[] = state.stuck
      ? []
      : [{ kind: "after", timer: "stuck", delay: stuckAfter }];
    const heard: LaneEffect[] = isSilent(state) ? [{ kind: "loop-heard" }] : [];
    return [next, [...watch, ...heard, ...effects]];
  }
  const healed = state.stuck ? atRest({ ...state, stuck: false }, at) : state;
  const [next, effects] = onClear(healed, at, times);
  const released: LaneEffect[] = state.stuck ? [{ kind: "loop-released" }] : [];
  return [next, [{ kind: "cancel", timer: "stuck" }, ...released, ...effects]];
}

/** A vehicle is under the arm. */
function onCrossing(state: LaneState, at: Instant): LaneStep {
  const { passage } = state;
  if (passage === undefined) {
    if (state.hold === "held-open") return [state, [{ kind: "unidentified" }]];
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
    sensed: true,
    forward: state.arming === false,
  };
  const moved: LaneEffect[] = passage.moved
    ? []
    : [{ kind: "fact", fact: "moved", evidence: "safety-loop" }];
  return [
    { ...state, phase: "passing", since: at, passage: next },
    [{ kind: "cancel", timer: "back-out" }, { kind: "cancel", timer: "opening" }, ...moved],
  ];
}

/** Nothing is under the arm any more. */
function onClear(state: LaneState, at: Instant, times: LaneTimes): LaneStep {
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

function onLimit(state: LaneState, before: boolean | undefined, at: Instant): LaneStep {
  const { passage, limitOpen } = state;
  if (passage === undefined) {
    const isUp = limitOpen === true && before === false && state.hold !== "held-open";
    const next = { ...state, manual: isUp || (state.manual && limitOpen !== false) };
    return [atRest(next, at), isUp ? [{ kind: "unexplained", evidence: "limit-open" }] : []];
  }
  if (limitOpen === true && !passage.moved) {
    const next = { ...state, passage: { ...passage, moved: true } };
    return [
      passage.crossing || passage.passed ? next : { ...next, phase: "opened", since: at },
      [
        { kind: "cancel", timer: "opening" },
        { kind: "seen-open" },
        { kind: "fact", fact: "moved", evidence: "limit-open" },
      ],
    ];
  }
  const down = passage.passed || (passage.moved && !isUnderArm(state));
  if (limitOpen !== false || !down) return [state, []];
  // Where the arm has a contact at the bottom too, leaving the top is not yet being down.
  if (state.limitClosed === false) return [{ ...state, phase: "closing", since: at }, []];
  return closed(state, passage, at, "limit-open");
}

/** The contact at the bottom: only a passage that has opened the arm can end by it. */
function onLimitClosed(state: LaneState, at: Instant): LaneStep {
  const { passage, limitClosed } = state;
  if (passage === undefined || limitClosed !== true) return [state, []];
  const mayBeDown = passage.passed || (passage.moved && !isUnderArm(state));
  return mayBeDown ? closed(state, passage, at, "limit-closed") : [state, []];
}

const closed = (state: LaneState, passage: LanePassage, at: Instant, evidence: string): LaneStep =>
  finish(state, at, [{ kind: "fact", fact: "closed", evidence }, ...ended(outcomeOf(passage))]);

function onTimer(
  state: LaneState,
  event: LaneEvent & { kind: "timer" },
  times: LaneTimes,
): LaneStep {
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
  if (event.timer === "opening") {
    if (passage.moved || state.limitOpen !== false) return [state, []];
    const isShown = state.phase === "accepted";
    return [
      isShown ? { ...state, phase: "unconfirmed", since: event.at } : state,
      [{ kind: "not-seen-open" }],
    ];
  }
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

/** The loop can no longer tell vehicles: what is under way ends with what is known of it. */
function onStuck(state: LaneState, at: Instant): LaneStep {
  if (state.safety !== true) return [state, []];
  const stuck = { ...state, stuck: true };
  const { passage } = state;
  if (passage === undefined) return [atRest(stuck, at), [{ kind: "loop-stuck" }]];
  return finish(stuck, at, [{ kind: "loop-stuck" }, ...ended(outcomeOf(passage))]);
}
