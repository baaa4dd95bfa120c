import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { PassageFact } from "../domain/lane-state.ts";
import type { Passage } from "../store/passages.ts";

/** The passage with one more of its five facts. */
export const withFact = (
  passage: Passage,
  fact: PassageFact,
  at: Instant,
  evidence: string,
): Passage => ({
  ...passage,
  [`${fact}At`]: at,
  [`${fact}Evidence`]: evidence,
});

/** A fact as it leaves the process; missing evidence is null, never assumed. */
export const proofOf = (
  at: number | null,
  evidence: string | null,
): { at: string; evidence: string } | null =>
  at === null ? null : { at: isoOf(at as Instant), evidence: evidence ?? "" };

export const proofsOf = (passage: Passage) => ({
  commanded: proofOf(passage.commandedAt, passage.commandedEvidence),
  acknowledged: proofOf(passage.acknowledgedAt, passage.acknowledgedEvidence),
  moved: proofOf(passage.movedAt, passage.movedEvidence),
  passed: proofOf(passage.passedAt, passage.passedEvidence),
  closed: proofOf(passage.closedAt, passage.closedEvidence),
});

/** The ledger line of a passage that has ended. */
export function endedLine(passage: Passage): LedgerFact {
  const { passageId, laneId, direction, sessionId } = passage;
  return {
    type: "passage-ended",
    body: {
      passage_id: passageId,
      lane_id: laneId,
      direction,
      session_id: sessionId,
      outcome: (passage.outcome ?? "unconfirmed") as "unconfirmed",
      ...proofsOf(passage),
    },
  };
}
