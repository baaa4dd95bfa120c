import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Decision } from "../domain/entry.ts";
import type { Tx } from "../store/book.ts";
import type { Passage } from "../store/passages.ts";
import { clearAlert } from "./alerts.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { LaneFlow } from "./lane.ts";
import { readFacts } from "./reads.ts";

interface Word {
  readonly actor: Actor;
  readonly reason: string;
  /** The same id twice is one word. */
  readonly requestId: string;
}

/** A person has looked, and says what the plate of the vehicle at an entry truly is. */
export interface PlateWord extends Word {
  readonly kind: "plate";
  /** Normalised, not empty. */
  readonly plate: string;
}

/** What a person says of the vehicle at an entry. */
export type EntryWord = PlateWord | (Word & { readonly kind: "turn-away" });

/** What an entry decided, and what is to be done about it. */
export interface EntryStep {
  readonly decision: Decision;
  readonly decisionId: string;
  readonly sessionId: string | null;
  /** Missing unless the gate is to open. */
  readonly passage: Passage | undefined;
  readonly plate: string;
}

/** Why nobody's word moves anything at an entry now. */
export function wordRefusal({ busy, state }: LaneFlow): Refusal | undefined {
  if (busy) return laneBusy;
  if (state.arming === false) return nobodyThere;
  return state.hold === "locked" ? locked : undefined;
}

/** A person turns the vehicle away: it gets no session, and nobody is waited for any more. */
export function writeTurnAway(
  tx: Tx,
  lane: LaneFlow,
  read: PlateRead | undefined,
  { actor, reason: note, requestId }: Word,
  now: Instant,
): EntryStep {
  const decision: Decision = { kind: "deny", reason: "turned-away", rules: ["override"] };
  const facts = read && readFacts(read);
  const decisionId = lane.decide(tx, now, {
    ...decision,
    actor,
    sessionId: null,
    requestId,
    note,
    ...(facts === undefined ? {} : { read: facts }),
  });
  clearAlert(tx, now, "attendant-needed", lane.deps.lane.id);
  const plate = facts?.plate ?? "";
  return { decision, decisionId, sessionId: null, passage: undefined, plate };
}

const laneBusy = refusal("lane-busy", "A vehicle has just been told to pass here; wait for it.");
const nobodyThere = refusal("nobody-there", "No vehicle stands at this lane.");
const locked = refusal("lane-locked", "The lane is locked: unlock it first.");
