import type { Tx } from "../store/book.ts";
import { findDecisionByRequest, type Passage } from "../store/passages.ts";
import type { HandOpening } from "./desk.ts";
import type { DecisionDraft } from "./lane-writing.ts";

/** What a hand opening came to; without a passage it is the repeat of an earlier press. */
export interface HandStep {
  readonly decisionId: string;
  readonly sessionId: string | null;
  readonly passage?: Passage;
}

/** The opening that the same press has caused already. */
export function findRepeated(tx: Tx, opening: HandOpening): HandStep | undefined {
  const repeated = findDecisionByRequest(tx, opening.requestId);
  return repeated && { decisionId: repeated.decisionId, sessionId: repeated.sessionId };
}

/** What a decision by hand says, at an entry or an exit. */
export const handDecision = (
  opening: HandOpening,
  sessionId: string,
  read: DecisionDraft["read"],
): DecisionDraft => ({
  kind: "open",
  reason: `${opening.actor.kind === "system" ? "fail-open" : "by-hand"}:${opening.reason}`,
  rules: ["override"],
  actor: opening.actor,
  sessionId,
  requestId: opening.requestId,
  ...(read === undefined ? {} : { read }),
  ...(opening.note === undefined ? {} : { note: opening.note }),
});
