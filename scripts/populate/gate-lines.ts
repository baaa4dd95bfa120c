import type { EventBody } from "@gatehouse/shared/contracts/event";
import { type Instant, isoOf, later, seconds } from "@gatehouse/shared/time";
import { below, happens } from "./chance.ts";
import type { Past } from "./past.ts";

/** Whose vehicle it is. */
export interface Visit {
  readonly sessionId: string;
  readonly plate: string;
  readonly permitId: string | null;
  readonly entryAt: Instant;
  readonly exitLane: string;
}

type Decision = Pick<EventBody<"lane-decided">, "lane_id" | "direction" | "kind" | "reason">;

/** What was decided of a vehicle at a lane; nobody's `visit` where it did not come in. */
export function tellDecision(
  { ledger, random }: Past,
  at: Instant,
  decision: Decision,
  visit: Pick<Visit, "sessionId" | "plate"> | { readonly plate: string } | null,
): void {
  const byHand = decision.reason.startsWith("by-hand");
  const person = happens(random, 0.7) ? "anna" : "ben";
  ledger.write(at, "lane-decided", {
    decision_id: random.id(),
    ...decision,
    rules: [],
    actor: byHand ? { kind: "attendant", id: person } : { kind: "plate-rule", id: "reader-1" },
    session_id: visit !== null && "sessionId" in visit ? visit.sessionId : null,
    read_id: null,
    plate: visit?.plate ?? null,
    raw_plate: visit?.plate ?? null,
    confidence: 0.9 + random.fraction() / 10,
    ...(byHand ? {} : { latency_ms: 5 + below(random, 60) }),
  });
}

/** The gate opens, the vehicle passes, the gate closes. */
export function tellPassage(
  { ledger, random, agenda }: Past,
  at: Instant,
  { lane_id, direction }: Pick<Decision, "lane_id" | "direction">,
  { sessionId: session_id }: Visit,
): void {
  const command_id = random.id();
  ledger.write(at, "gate-commanded", { command_id, decision_id: command_id, lane_id, session_id });
  const result = happens(random, 0.001) ? "unreachable" : "accepted";
  ledger.write(at, "gate-answered", { command_id, lane_id, result, evidence: "relay 1" });
  const after = (s: number, evidence: string) => ({ at: isoOf(later(at, seconds(s))), evidence });
  const service = 8 + below(random, 10);
  agenda.plan(later(at, seconds(service)), (now) =>
    ledger.write(now, "passage-ended", {
      passage_id: random.id(),
      lane_id,
      direction,
      session_id,
      outcome: "passed",
      commanded: after(0, "relay"),
      acknowledged: after(0, "relay"),
      moved: after(2, "limit switch"),
      passed: after(service - 4, "loop"),
      closed: after(service, "limit switch"),
    }),
  );
}
