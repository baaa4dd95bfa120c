import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { EventBody } from "@gatehouse/shared/contracts/event";
import { Fault } from "@gatehouse/shared/fault";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Gate } from "@gatehouse/shared/ports/gate";
import type { Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Decision } from "../domain/entry.ts";
import type { GateResult } from "../domain/lane-state.ts";
import type { Tx } from "../store/book.ts";
import {
  findCommand,
  insertCommand,
  insertDecision,
  insertPassage,
  type Passage,
  saveCommand,
} from "../store/passages.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { LaneDeps } from "./lane-deps.ts";

/** A decision about to be written. */
export interface DecisionDraft extends Decision {
  readonly actor: Actor;
  readonly sessionId: string | null;
  readonly read?: {
    readonly readId: string;
    readonly plate: string;
    readonly rawPlate: string;
    readonly confidence: number;
    /** Of the vehicle that was read; the ledger has it with the session. */
    readonly vehicleClass: VehicleClass;
  };
  readonly requestId?: string;
  readonly note?: string;
  /** What the decision rests on besides the read, by name. */
  readonly inputs?: DecisionInputs;
  /** Stopwatch reading (ms) when the read had arrived whole; left out where a person or a payment decided. */
  readonly receivedMs?: number;
}

export type DecisionInputs = NonNullable<EventBody<"lane-decided">["inputs"]>;

export type WrittenDecision = DecisionDraft & {
  readonly decisionId: string;
  readonly at: Instant;
  /** Monotonic time of it. */
  readonly monotonic: number;
};

type WritingDeps = Pick<LaneDeps, "random" | "lane" | "direction" | "counters" | "stopwatch">;

/** Writes a decision, whoever made it. @returns its id */
export function writeDecision(
  tx: Tx,
  deps: WritingDeps,
  at: Instant,
  draft: DecisionDraft,
): string {
  const { random, lane, counters } = deps;
  const decisionId = random.id();
  const { kind, reason, sessionId, read } = draft;
  const laneId = lane.id;
  const requestId = draft.requestId ?? null;
  const latency = latencyOf(deps, draft);
  insertDecision(tx, { decisionId, laneId, kind, reason, sessionId, requestId, at });
  tx.append(at, {
    type: "lane-decided",
    body: {
      decision_id: decisionId,
      lane_id: laneId,
      direction: deps.direction(),
      kind,
      reason,
      rules: [...draft.rules],
      actor: draft.actor,
      session_id: sessionId,
      read_id: read?.readId ?? null,
      plate: read?.plate ?? null,
      raw_plate: read?.rawPlate ?? null,
      confidence: read?.confidence ?? null,
      ...(draft.note === undefined ? {} : { note: draft.note }),
      ...(draft.inputs === undefined ? {} : { inputs: draft.inputs }),
      ...(latency === undefined ? {} : { latency_ms: latency }),
    },
  });
  tx.afterCommit(() => {
    counters.count("decisions_total", { lane: laneId, kind, reason });
    // A driver who is asked to pay is not refused.
    if (kind !== "open" && reason !== "owes") counters.count("refused_total", { reason });
  });
  return decisionId;
}

/** Milliseconds from the read to here, to a tenth. A read that waited for its turn has waited that long too. */
function latencyOf({ stopwatch }: WritingDeps, { receivedMs }: DecisionDraft): number | undefined {
  if (receivedMs === undefined) return undefined;
  return Math.max(0, Math.round((stopwatch.read() - receivedMs) * 10) / 10);
}

/**
 * Writes the command of an open decision and the passage it begins; it is sent after the commit.
 *
 * @param opens who raises the barrier, where it is not our gate
 */
export function writeCommand(
  tx: Tx,
  { random, lane, direction }: WritingDeps,
  at: Instant,
  decisionId: string,
  sessionId: string,
  opens?: PlateRead["opens"],
): Passage {
  const commandId = random.id();
  insertCommand(tx, {
    commandId,
    decisionId,
    laneId: lane.id,
    askedAt: at,
    result: "asked",
    evidence: "",
    answeredAt: null,
  });
  const passage: Passage = {
    passageId: random.id(),
    laneId: lane.id,
    direction: direction(),
    sessionId,
    decisionId,
    commandId,
    commandedAt: at,
    commandedEvidence:
      opens === undefined
        ? `decision ${decisionId}`
        : `decision ${decisionId}, told to the controller that opens`,
    acknowledgedAt: null,
    acknowledgedEvidence: null,
    movedAt: null,
    movedEvidence: null,
    passedAt: null,
    passedEvidence: null,
    closedAt: null,
    closedEvidence: null,
    outcome: null,
  };
  insertPassage(tx, passage);
  tx.append(at, {
    type: "gate-commanded",
    body: {
      command_id: commandId,
      decision_id: decisionId,
      lane_id: lane.id,
      session_id: sessionId,
    },
  });
  return passage;
}

/** The fault, and the alert, of a gate whose OPEN contact is not seen released: the barrier can stay open. */
export const stuckGate = "gate-release-failed";

export const isStuck = (gate: Gate): boolean =>
  gate.report().some(({ fault }) => fault === stuckGate);

/** What became of a command. `stuck`: its contact, or that of an earlier one, is not seen released. */
export interface GateOutcome {
  readonly result: GateResult;
  readonly evidence: string;
  readonly stuck: boolean;
}

/** What a command has come to whose answer was a fault. @throws anything that is no Fault */
export function outcomeOfFault(error: unknown): GateOutcome {
  if (!(error instanceof Fault)) throw error;
  // The pulse was given; only its end was not seen.
  const stuck = error.code === stuckGate;
  return { result: stuck ? "accepted" : "unreachable", evidence: error.message, stuck };
}

/** Writes what the gate said to a command, and the alert about a gate that does not do what it is told. */
export function writeAnswer(
  tx: Tx,
  { random, lane }: WritingDeps,
  at: Instant,
  commandId: string,
  { result, evidence, stuck }: GateOutcome,
): void {
  const command = findCommand(tx, commandId);
  if (command !== undefined) saveCommand(tx, { ...command, result, evidence, answeredAt: at });
  tx.append(at, {
    type: "gate-answered",
    body: { command_id: commandId, lane_id: lane.id, result, evidence },
  });
  const subject = lane.id;
  const details = { result, evidence };
  if (result === "accepted") clearAlert(tx, at, "gate-fault", subject);
  else raiseAlert(tx, random, at, { type: "gate-fault", subject, severity: "critical", details });
  if (stuck)
    raiseAlert(tx, random, at, { type: stuckGate, subject, severity: "critical", details });
  else if (result === "accepted") clearAlert(tx, at, stuckGate, subject);
}
