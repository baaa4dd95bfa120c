import type { Instant } from "@gatehouse/shared/time";
import type { LaneEffect, LaneEvent, LaneState } from "../domain/lane-state.ts";
import type { Tx } from "../store/book.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { LaneDeps } from "./lane-deps.ts";
import type { WrittenDecision } from "./lane-writing.ts";

interface Told {
  readonly raises?: string;
  readonly severity?: "warning" | "critical";
  readonly clears?: string;
  /** What is counted besides, in the metrics. */
  readonly counts?: string;
}

/** What the lane machine sees that people are told, and how it ends. */
const told = {
  tailgated: { raises: "tailgate", severity: "warning", counts: "tailgates_total" },
  "loop-stuck": { raises: "loop-stuck", severity: "critical" },
  "loop-released": { clears: "loop-stuck" },
  "loop-silent": { raises: "loop-silent", severity: "critical" },
  "loop-heard": { clears: "loop-silent" },
  "not-seen-open": { raises: "gate-not-seen-open", severity: "critical" },
  "seen-open": { clears: "gate-not-seen-open" },
  unidentified: {
    raises: "passed-unidentified",
    severity: "warning",
    counts: "unidentified_passages_total",
  },
} as const satisfies Partial<Record<LaneEffect["kind"], Told>>;

export type ToldEffect = LaneEffect & { readonly kind: keyof typeof told };

export const isTold = (effect: LaneEffect): effect is ToldEffect =>
  Object.hasOwn(told, effect.kind);

/** Raises or ends the alert of what the machine has seen. */
export function tellPeople(
  tx: Tx,
  { random, lane, counters }: Pick<LaneDeps, "random" | "lane" | "counters">,
  effect: ToldEffect,
  at: Instant,
): void {
  const { raises, severity = "warning", clears, counts }: Told = told[effect.kind];
  if (clears !== undefined) clearAlert(tx, at, clears, lane.id);
  if (raises !== undefined)
    raiseAlert(tx, random, at, { type: raises, subject: lane.id, severity });
  if (counts !== undefined) tx.afterCommit(() => counters.count(counts, { lane: lane.id }));
}

/** What made a lane change its phase, as a technician reads it. */
export function causeOf(event: LaneEvent): string {
  switch (event.kind) {
    case "input":
      return `${event.input} ${event.active === undefined ? "unknown" : event.active ? "on" : "off"}`;
    case "timer":
      return `${event.timer} timer`;
    case "answered":
      return `gate ${event.result}`;
    case "held":
      return event.hold === "none" ? "let go" : event.hold;
    case "read":
    case "decided":
    case "commanded":
      return event.kind;
  }
}

/** What is known of the vehicle at a lane, for whoever answers a call from there. */
export const helpContext = (
  decision: WrittenDecision | undefined,
  { phase }: Pick<LaneState, "phase">,
) => ({
  plate: decision?.read?.plate ?? null,
  session_id: decision?.sessionId ?? null,
  decision_id: decision?.decisionId ?? null,
  reason: decision?.reason ?? null,
  phase,
});

/** A driver calls: whoever answers sees what is known of the vehicle that stands there. */
export function writeHelpCall(
  tx: Tx,
  { random, lane }: Pick<LaneDeps, "random" | "lane">,
  at: Instant,
  details: ReturnType<typeof helpContext>,
): void {
  const type = "help-call";
  raiseAlert(tx, random, at, { type, subject: lane.id, severity: "critical", details });
}

/** The gate is open, or somebody went through it, and nobody had told it. */
export function writeUnexplained(
  tx: Tx,
  { random, lane }: Pick<LaneDeps, "random" | "lane">,
  at: Instant,
  evidence: string,
): void {
  const type = "gate-opened-unexplained";
  tx.append(at, { type, body: { lane_id: lane.id, evidence } });
  const details = { evidence };
  raiseAlert(tx, random, at, { type, subject: lane.id, severity: "warning", details });
}
