import type { OpenAnswer } from "@gatehouse/shared/contracts/kiosk";
import { Fault } from "@gatehouse/shared/fault";
import { decisionSentence } from "@gatehouse/shared/told/explain";
import { type HandOpening, type Refusal, refusal } from "./desk.ts";
import type { LaneRoute } from "./lane-route.ts";

/** A person or a rule opens a lane by hand: what they are told of it, or why it cannot be. */
export function openLaneByHand(
  lanes: readonly LaneRoute[],
  opening: HandOpening,
): OpenAnswer | Refusal {
  const { laneId, reason, actor } = opening;
  const route = lanes.find(({ lane }) => lane.deps.lane.id === laneId);
  if (route === undefined) {
    const known = lanes.map(({ lane }) => lane.deps.lane.id).join(", ");
    return refusal("unknown-lane", `There is no lane ${laneId}; lanes: ${known}.`);
  }
  if (route.lane.state.hold === "locked") {
    const sentence = `${laneId} is locked: unlock it first, or send the driver to another lane.`;
    return refusal("lane-locked", sentence);
  }
  try {
    const { decisionId, sessionId } = route.openByHand(opening);
    const decision = { kind: "open", reason: `by-hand:${reason}`, plate: null, actor } as const;
    const sentence = decisionSentence(decision);
    return { decision_id: decisionId, session_id: sessionId, sentence };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refusal(error.code, error.hint);
  }
}
