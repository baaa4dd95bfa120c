import type { Actor } from "@gatehouse/shared/contracts/actor";
import type * as contract from "@gatehouse/shared/contracts/violations";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { violationMayBecome } from "../../domain/violation.ts";
import type { Book, Tx } from "../../store/book.ts";
import {
  findViolation,
  listViolations,
  type Violation,
  type ViolationFilter,
} from "../../store/violations.ts";
import { type Refusal, refusal } from "../desk.ts";
import { violationDue } from "./violation-settling.ts";
import {
  disputeViolation,
  issueViolation,
  nextOf,
  upholdViolation,
  type ViolationDeps,
  waiveViolation,
  type Wish,
} from "./violation-writing.ts";

export interface ViolationsDeskDeps extends ViolationDeps {
  readonly book: Book;
  readonly clock: Clock;
  /** Something to show has changed. */
  readonly changed: () => void;
}

interface Asked {
  readonly request_id: string;
  readonly reason: string;
}

/** So many are listed at once. */
const listedMost = 200;

/** What people see and do of violations. The same `request_id` again is the same act. */
export class ViolationsDesk {
  readonly #deps: ViolationsDeskDeps;

  constructor(deps: ViolationsDeskDeps) {
    this.#deps = deps;
  }

  /** Newest first. */
  list(filter: ViolationFilter): contract.ViolationsData {
    const { book } = this.#deps;
    const plate = filter.plate === undefined ? undefined : normalisePlate(filter.plate);
    const found = listViolations(book, { ...filter, plate }, listedMost + 1);
    return {
      violations: found.slice(0, listedMost).map((each) => this.#view(each)),
      has_more: found.length > listedMost,
    };
  }

  show(violationId: string): contract.ViolationData | Refusal {
    const violation = findViolation(this.#deps.book, violationId);
    if (violation === undefined) return noSuchViolation;
    const { evidence, evidence_sha256, history } = violation.violationDetails;
    return {
      violation: this.#view(violation),
      evidence,
      evidence_sha256,
      history: history.map(({ at, status, by, reason }) => ({ at, status, by, reason })),
    };
  }

  /** A person has looked at it: it is issued, or it was none. */
  review(violationId: string, request: contract.ReviewViolationRequest, actor: Actor) {
    return this.#act(violationId, request, actor, (tx, violation, wish, at) => {
      if (violation.status !== "review")
        return refusal("not-in-review", `It is ${violation.status}; nobody need review it.`);
      return request.decision === "issue"
        ? issueViolation(tx, this.#deps, violation, wish, at)
        : waiveViolation(tx, this.#deps, violation, wish, at);
    });
  }

  /** What is owed for it is given up. */
  waive(violationId: string, request: contract.WaiveViolationRequest, actor: Actor) {
    return this.#act(violationId, request, actor, (tx, violation, wish, at) =>
      violationMayBecome(violation.status, "waived")
        ? waiveViolation(tx, this.#deps, violation, wish, at)
        : refusal("cannot-waive", `It is ${violation.status}; there is nothing to waive.`),
    );
  }

  /** The driver objects. */
  dispute(violationId: string, request: contract.DisputeViolationRequest, actor: Actor) {
    return this.#act(violationId, request, actor, (tx, violation, wish, at) =>
      violationMayBecome(violation.status, "disputed")
        ? disputeViolation(tx, violation, wish, at)
        : refusal("cannot-dispute", `It is ${violation.status}; there is nothing to object to.`),
    );
  }

  /** The objection is turned down or granted. */
  decide(violationId: string, request: contract.DecideViolationRequest, actor: Actor) {
    return this.#act(violationId, request, actor, (tx, violation, wish, at) => {
      if (violation.status !== "disputed")
        return refusal("not-disputed", `It is ${violation.status}; nobody objects to it.`);
      return request.decision === "upheld"
        ? upholdViolation(tx, this.#deps, violation, wish, at)
        : waiveViolation(tx, this.#deps, violation, wish, at);
    });
  }

  #act(
    violationId: string,
    { request_id: requestId, reason }: Asked,
    by: Actor,
    act: (tx: Tx, violation: Violation, wish: Wish, at: Instant) => Violation | Refusal,
  ): contract.ViolationView | Refusal {
    const { book, clock, changed } = this.#deps;
    const answer = book.write((tx) => {
      const violation = findViolation(tx, violationId);
      if (violation === undefined) return noSuchViolation;
      const { history } = violation.violationDetails;
      if (history.some(({ request_id: done }) => done === requestId)) return violation;
      return act(tx, violation, { by, reason, requestId }, clock.now());
    });
    changed();
    return "kind" in answer ? answer : this.#view(answer);
  }

  #view(violation: Violation): contract.ViolationView {
    const { book, clock, timezone } = this.#deps;
    const { terms, evidence } = violation.violationDetails;
    const next = nextOf(violation, timezone);
    return {
      violation_id: violation.violationId,
      violation_type: violation.violationType,
      status: violation.status,
      session_id: violation.sessionId,
      plate: violation.plate,
      space_id: violation.spaceId,
      finding: evidence.finding,
      currency: violation.currency,
      penalty_minor: terms.penalty_minor,
      amount_minor: violation.penaltyAmount,
      due_minor: violationDue(book, violation, clock.now()),
      detected_at: isoOf(violation.detectedAt as Instant),
      issued_at: isoOrNull(violation.issuedAt),
      discount_until: isoOrNull(violation.discountUntil),
      due_at: isoOrNull(violation.dueAt),
      resolved_at: isoOrNull(violation.resolvedAt),
      escalation: violation.escalation,
      next_at: isoOrNull(next?.at ?? null),
    };
  }
}

const noSuchViolation = refusal("no-such-violation", "There is no such violation.");

const isoOrNull = (at: number | null): string | null => (at === null ? null : isoOf(at as Instant));
