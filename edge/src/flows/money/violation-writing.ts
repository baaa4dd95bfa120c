import { check } from "@gatehouse/shared/check";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PenaltyStatus, ViolationType } from "@gatehouse/shared/contracts/money-terms";
import type { Evidence } from "@gatehouse/shared/contracts/violations";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { credit, debit, type Entry, entry, writeOffEntry } from "../../domain/money/entry.ts";
import {
  nextChange,
  surchargeOf,
  violationDates,
  violationMayBecome,
  type ViolationTerms,
} from "../../domain/violation.ts";
import type { Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import {
  findViolation,
  insertViolation,
  saveViolation,
  type Violation,
  violationIdOf,
} from "../../store/violations.ts";
import { post } from "./posting.ts";
import { evidenceHash } from "./violation-evidence.ts";

export interface ViolationDeps {
  readonly random: Random;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA zone: its days are the days of a penalty. */
  readonly timezone: string;
}

/** Who does something to a violation, and why. */
export interface Wish {
  readonly by: Actor;
  readonly reason: string;
  readonly requestId?: string | undefined;
}

export interface NewViolation {
  readonly type: ViolationType;
  /** The session, or the stay in a space. */
  readonly subject: string;
  readonly terms: ViolationTerms;
  readonly evidence: Evidence;
}

const system: Actor = { kind: "system" };

/*
 * Every step of a violation, with its ledger line and its postings, in the caller's transaction. What is owed for it is
 * `receivable` of its id and nothing else.
 */

/**
 * Writes a violation that was found; it waits for a person, or is issued at once where the rule says so.
 *
 * @returns undefined when it was found before
 */
export function detectViolation(
  tx: Tx,
  deps: ViolationDeps,
  { type, subject, terms, evidence }: NewViolation,
  at: Instant,
): Violation | undefined {
  const violationId = violationIdOf(type, subject);
  if (findViolation(tx, violationId) !== undefined) return undefined;
  const { session, stay, finding } = evidence;
  const found: Violation = {
    violationId,
    sessionId: session?.session_id ?? null,
    violationType: type,
    penaltyAmount: terms.penalty_minor,
    status: "detected",
    detectedAt: at,
    resolvedAt: null,
    violationDetails: {
      terms,
      evidence,
      evidence_sha256: evidenceHash(evidence),
      history: [{ at: isoOf(at), status: "detected", by: system, reason: finding }],
      runs_from: null,
      discounted: 0,
    },
    plate: session?.plate ?? null,
    spaceId: stay?.space_id ?? null,
    currency: deps.currency,
    issuedAt: null,
    discountUntil: null,
    dueAt: null,
    escalation: 0,
  };
  insertViolation(tx, found);
  tell(tx, found, { by: system, reason: finding }, at);
  return terms.review
    ? become(tx, found, "review", { by: system, reason: "a person looks at it" }, at)
    : issueViolation(tx, deps, found, { by: system, reason: "no review is required" }, at);
}

/** The penalty is owed from now on, and its days run. */
export function issueViolation(
  tx: Tx,
  deps: ViolationDeps,
  violation: Violation,
  wish: Wish,
  at: Instant,
): Violation {
  const { violationId, violationDetails, penaltyAmount } = violation;
  const { discountUntil, dueAt } = violationDates(violationDetails.terms, at, deps.timezone);
  const lines = [
    debit("receivable", violationId, penaltyAmount),
    credit("penalties", null, penaltyAmount),
  ];
  postFor(tx, deps, violation, entry("penalty", lines), at);
  return become(tx, violation, "issued", wish, at, {
    issuedAt: at,
    discountUntil: discountUntil ?? null,
    dueAt,
    violationDetails: { ...violationDetails, runs_from: at },
  });
}

/** What happens by itself when its day has come, step by step. @returns undefined when nothing is to happen yet */
export function advanceViolation(
  tx: Tx,
  deps: ViolationDeps,
  violation: Violation,
  at: Instant,
): Violation | undefined {
  const { violationId, violationDetails, escalation, penaltyAmount } = violation;
  const next = nextOf(violation, deps.timezone);
  if (next === undefined || next.at > at) return undefined;
  if (next.step === undefined) {
    const reason = "the time of its discount is over";
    return become(tx, violation, "due", { by: system, reason }, at);
  }
  const owed = balanceOf(tx, "receivable", violationId);
  const added = surchargeOf(violationDetails.terms, escalation, owed);
  const lines = [debit("receivable", violationId, added), credit("penalties", null, added)];
  postFor(tx, deps, violation, entry("surcharge", lines), at);
  const reason = `not paid ${next.step.after_days} days after its issue`;
  return become(tx, violation, "escalated", { by: system, reason }, at, {
    escalation: escalation + 1,
    penaltyAmount: penaltyAmount + added,
  });
}

/** @returns undefined when nothing happens to it by itself any more */
export const nextOf = (
  { status, violationDetails, escalation }: Violation,
  timezone: string,
): ReturnType<typeof nextChange> => {
  const { terms, runs_from: from } = violationDetails;
  return from === null
    ? undefined
    : nextChange(status, terms, from as Instant, escalation, timezone);
};

/** What is still owed is given up; so is what never was owed, when it turns out to be no violation. */
export function waiveViolation(
  tx: Tx,
  deps: ViolationDeps,
  violation: Violation,
  wish: Wish,
  at: Instant,
): Violation {
  const owed = Math.max(0, balanceOf(tx, "receivable", violation.violationId));
  postFor(tx, deps, violation, writeOffEntry(violation.violationId, owed), at);
  return become(tx, violation, "waived", wish, at, { resolvedAt: at });
}

/** The driver objects: nothing is added while nobody has decided. */
export const disputeViolation = (tx: Tx, violation: Violation, wish: Wish, at: Instant) =>
  become(tx, violation, "disputed", wish, at);

/** The objection is turned down: the driver has all the days again that a new penalty has, without its discount. */
export const upholdViolation = (
  tx: Tx,
  { timezone }: ViolationDeps,
  violation: Violation,
  wish: Wish,
  at: Instant,
): Violation =>
  become(tx, violation, "due", wish, at, {
    dueAt: violationDates(violation.violationDetails.terms, at, timezone).dueAt,
    discountUntil: null,
    violationDetails: { ...violation.violationDetails, runs_from: at },
  });

/** Changes its status, with the history and the ledger line of it. */
export function become(
  tx: Tx,
  violation: Violation,
  status: PenaltyStatus,
  wish: Wish,
  at: Instant,
  change: Partial<Violation> = {},
): Violation {
  const { violationId, violationDetails } = { ...violation, ...change };
  check(
    violationMayBecome(violation.status, status),
    `violation ${violationId} may not go from ${violation.status} to ${status}`,
  );
  const step = { at: isoOf(at), status, by: wish.by, reason: wish.reason };
  const history = [
    ...violationDetails.history,
    wish.requestId === undefined ? step : { ...step, request_id: wish.requestId },
  ];
  const changed: Violation = {
    ...violation,
    ...change,
    status,
    violationDetails: { ...violationDetails, history },
  };
  saveViolation(tx, changed);
  tell(tx, changed, wish, at);
  return changed;
}

export function postFor(
  tx: Tx,
  { random, currency }: ViolationDeps,
  { sessionId }: Violation,
  lines: Entry,
  at: Instant,
): void {
  post(tx, random, at, lines, { currency, sessionId: sessionId ?? undefined });
}

function tell(tx: Tx, violation: Violation, { by, reason }: Wish, at: Instant): void {
  tx.append(at, {
    type: "violation-changed",
    body: {
      violation_id: violation.violationId,
      session_id: violation.sessionId,
      violation_type: violation.violationType,
      status: violation.status,
      penalty_minor: violation.penaltyAmount,
      plate: violation.plate,
      reason,
      by,
      evidence_sha256: violation.violationDetails.evidence_sha256,
    },
  });
}
