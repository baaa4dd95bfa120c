import type { Instant } from "@gatehouse/shared/time";
import { credit, debit, entry, writeOffEntry } from "../../domain/money/entry.ts";
import { discountOf, isRunning } from "../../domain/violation.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import type { Payment } from "../../store/payments.ts";
import { findViolation, type Violation } from "../../store/violations.ts";
import { noteSurplus } from "./surplus.ts";
import { become, postFor, type ViolationDeps } from "./violation-writing.ts";

/** What must be paid for a violation now, in minor units: what is owed, less the discount while its time runs. */
export function violationDue(reader: Reader, violation: Violation, at: Instant): number {
  const owed = balanceOf(reader, "receivable", violation.violationId);
  return Math.max(0, owed - openDiscount(violation, at));
}

/**
 * A payment for a violation was captured, or taken back: it is paid when nothing is left, the discount of a payment
 * that was begun in time taken off. The payment's own postings come first.
 *
 * @param amount minor units; below zero: that was taken back
 */
export function settleViolation(
  tx: Tx,
  deps: ViolationDeps,
  payment: Pick<Payment, "subjectId" | "startedAt">,
  amount: number,
  at: Instant,
): void {
  const violation = findViolation(tx, payment.subjectId ?? "");
  if (violation === undefined) return;
  if (amount > 0) credited(tx, deps, violation, payment.startedAt as Instant, at);
  else uncredited(tx, deps, violation, at);
  const { violationId, plate } = violation;
  noteSurplus(tx, deps.random, violationId, { violation_id: violationId, plate }, at);
}

/** What would be let off a payment that begins now. */
const openDiscount = (violation: Violation, at: Instant): number =>
  violation.violationDetails.discounted === 0 &&
  violation.discountUntil !== null &&
  at < violation.discountUntil
    ? discountOf(violation.violationDetails.terms)
    : 0;

function credited(
  tx: Tx,
  deps: ViolationDeps,
  violation: Violation,
  begunAt: Instant,
  at: Instant,
): void {
  const { violationId } = violation;
  const left = balanceOf(tx, "receivable", violationId);
  // All of it, also where two have paid at once: what they paid beyond the lesser price goes back.
  const discount = openDiscount(violation, begunAt);
  const isPaid = left - discount <= 0;
  const mayBePaid = isRunning(violation.status) || violation.status === "disputed";
  if (!isPaid || !mayBePaid) return;
  const lines = [debit("penalties", null, discount), credit("receivable", violationId, discount)];
  postFor(tx, deps, violation, entry("discount", lines), at);
  const violationDetails = { ...violation.violationDetails, discounted: discount };
  const wish = { by: system, reason: discount > 0 ? "paid in time" : "paid" };
  become(tx, violation, "paid", wish, at, { resolvedAt: at, violationDetails });
}

/** What was let off for a payment that is gone is owed again; what was waived is given up once more. */
function uncredited(tx: Tx, deps: ViolationDeps, violation: Violation, at: Instant): void {
  const { violationId, violationDetails, status } = violation;
  const owed = balanceOf(tx, "receivable", violationId);
  if (owed <= 0) return;
  if (status === "waived")
    return postFor(tx, deps, violation, writeOffEntry(violationId, owed), at);
  if (status !== "paid") return;
  const { discounted } = violationDetails;
  const lines = [
    debit("receivable", violationId, discounted),
    credit("penalties", null, discounted),
  ];
  postFor(tx, deps, violation, entry("discount", lines), at);
  const wish = { by: system, reason: "a payment was taken back" };
  become(tx, violation, "due", wish, at, {
    resolvedAt: null,
    violationDetails: { ...violationDetails, discounted: 0 },
  });
}

const system = { kind: "system" } as const;
