import type { Instant } from "@gatehouse/shared/time";
import type {
  GateResult,
  LaneEffect,
  LanePassage,
  LanePhase,
  LaneState,
  LaneStep,
  PassageOutcome,
} from "./lane-state.ts";

/** The phase of a lane without a passage under way. */
function restingPhase(state: LaneState): LanePhase {
  if (state.hold !== "none") return state.hold;
  if (state.stuck || state.gateFault) return "fault";
  if (state.manual) return "manual";
  return state.arming === true ? "vehicle-present" : "idle";
}

/** While a passage is under way that one decides the phase. */
export function atRest(state: LaneState, at: Instant): LaneState {
  const phase = restingPhase(state);
  return state.passage !== undefined || phase === state.phase
    ? state
    : { ...state, phase, since: at };
}

export const isUnderArm = (state: LaneState): boolean => state.safety === true && !state.stuck;

/**
 * How a passage ends that ends now. `unconfirmed`: the gate may have opened, and the loops could not tell
 * whether the vehicle passed; missing evidence is never taken for "nobody".
 */
export function outcomeOf(passage: LanePassage): PassageOutcome {
  if (passage.passed) return passage.tailgated ? "tailgated" : "passed";
  const mayBeOpen = mayHaveOpened(passage.moved, passage.answered);
  return mayBeOpen && (passage.blind || passage.touched) ? "unconfirmed" : "nobody-passed";
}

/**
 * Whether an arm may have gone up after a command. An unreachable gate may have heard: only its answer is known
 * to be lost.
 *
 * @param moved the arm was seen going up
 * @param answered what the gate said; `unknown`: a restart came before its answer
 */
export const mayHaveOpened = (
  moved: boolean,
  answered: GateResult | "unknown" | undefined,
): boolean => moved || answered !== "rejected";

/** So many openings in a row that nobody was seen passing, and every vehicle gone: no such chance is left. */
const unseenMost = 2;

/** The safety loop may be dead: what it does not see proves nothing. */
export const isSilent = (state: LaneState): boolean => state.unseen >= unseenMost;

export function finish(state: LaneState, at: Instant, effects: readonly LaneEffect[]): LaneStep {
  const unseen = unseenAfter(state);
  const over = { ...state, unseen, passage: undefined };
  const silent: LaneEffect[] = isSilent(over) && !isSilent(state) ? [{ kind: "loop-silent" }] : [];
  return [{ ...over, phase: restingPhase(over), since: at }, [...effects, ...silent]];
}

function unseenAfter({ passage, unseen, arming }: LaneState): number {
  if (passage === undefined) return unseen;
  if (passage.sensed) return 0;
  const wasOpened = passage.moved || passage.answered === "accepted";
  return wasOpened && arming === false ? unseen + 1 : unseen;
}

export const ended = (outcome: PassageOutcome): LaneEffect[] => [
  { kind: "cancel", timer: "back-out" },
  { kind: "cancel", timer: "opening" },
  { kind: "cancel", timer: "passage" },
  { kind: "cancel", timer: "closing" },
  { kind: "ended", outcome },
];

/** Why an arm must not be told to close now; undefined: it may be. Anti-crush itself stays in the barrier's board. */
export function closeRefusal(
  state: LaneState,
): "under-arm" | "loop-faulty" | "told-to-pass" | undefined {
  if (state.stuck || state.safety === undefined || isSilent(state)) return "loop-faulty";
  if (state.safety) return "under-arm";
  // An arm that comes down before a driver who was told to go comes down onto the car.
  const mayGo = state.passage !== undefined && !state.passage.passed;
  return mayGo ? "told-to-pass" : undefined;
}
