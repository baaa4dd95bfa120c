import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { RefundRequest, RefundWord } from "@gatehouse/shared/contracts/refunds";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import type { Instant } from "@gatehouse/shared/time";
import type { Reader, Tx } from "../../store/book.ts";
import { findPayment, type Payment } from "../../store/payments.ts";
import { findRefund, type Refund, refundsOf } from "../../store/refunds.ts";
import { openShiftAt } from "../../store/shifts.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import { clearAlert, raiseAlert } from "../alerts.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { money, notedMinor } from "./answers.ts";
import { noSuchPayment } from "./cash.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { openShiftIdOf } from "./nil.ts";
import {
  finishRefund,
  insertRequested,
  isUndecided,
  moveRefund,
  tillOf,
} from "./refund-writing.ts";

/**
 * Somebody asks for money to go back. Below the limit it is begun at once, above it waits for a second person.
 * In cash, from stored value and where nobody has paid it is done in the same transaction; what a terminal or a
 * gateway must do is `started`.
 */
export function requestRefund(
  tx: Tx,
  deps: MoneyDeps,
  rules: MoneyRules,
  request: RefundRequest,
  actor: Actor,
  at: Instant,
): Refund | Refusal {
  const known = findRefund(tx, request.request_id);
  if (known !== undefined) return known;
  const payment = findPayment(tx, request.payment_id);
  if (payment === undefined) return noSuchPayment;
  const left = refundableOf(tx, payment);
  const amount = request.kind === "void" ? payment.amount : (request.amount_minor ?? left);
  const refused = refusalOf(tx, payment, request, amount, left);
  if (refused !== undefined) return refused;
  const who = actor.id ?? actor.kind;
  const refund: Refund = {
    refundId: request.request_id,
    paymentId: payment.paymentId,
    sessionId: payment.sessionId,
    amount,
    currency: payment.currency,
    status: "requested",
    reason: request.reason,
    requestedBy: who,
    approvedBy: null,
    requestedAt: at,
    processedAt: null,
    providerRef: null,
    shiftId: null,
    details: {
      kind: request.kind,
      ...(request.till_id === undefined ? {} : { till_id: request.till_id }),
    },
  };
  if (amount > rules.refund_limit_minor && actor.kind !== "system") {
    insertRequested(tx, refund, at);
    raiseAlert(tx, deps.random, at, {
      type: "refund-to-agree",
      subject: refund.refundId,
      severity: "info",
      details: { session_id: payment.sessionId, amount_minor: amount, requested_by: who },
    });
    return refund;
  }
  const shift = shiftFor(tx, payment, refund, [who], actor);
  if (isRefusal(shift)) return shift;
  insertRequested(tx, refund, at);
  return begin(tx, deps, payment, refund, { shiftId: shift.shiftId, approvedBy: null }, actor, at);
}

/** The second person agrees, or refuses. */
export function answerRefund(
  tx: Tx,
  deps: MoneyDeps,
  refundId: string,
  { action, reason, till_id: tillId }: RefundWord,
  actor: Actor,
  at: Instant,
): Refund | Refusal {
  const refund = findRefund(tx, refundId);
  const payment = refund && findPayment(tx, refund.paymentId);
  if (refund === undefined || payment === undefined) return noSuchRefund;
  const who = actor.id ?? actor.kind;
  if (action === "given" || action === "not-given")
    return decideRefund(tx, deps, refund, { isGiven: action === "given", reason }, actor, at);
  if (refund.status !== "requested")
    return refund.approvedBy === who
      ? refund
      : refusal("refund-answered", `It is ${refund.status} already.`);
  if (action === "refuse") {
    const details = { ...refund.details, refused: reason };
    return moveRefund(
      tx,
      refund,
      { status: "refused", approvedBy: who, processedAt: at, details },
      at,
    );
  }
  if (who === refund.requestedBy)
    return refusal(
      "same-person",
      "Whoever asks for a refund cannot agree to it; ask somebody else.",
    );
  const asked =
    tillId === undefined ? refund : { ...refund, details: { ...refund.details, till_id: tillId } };
  const shift = shiftFor(tx, payment, asked, [who, refund.requestedBy], actor);
  if (isRefusal(shift)) return shift;
  return begin(tx, deps, payment, asked, { shiftId: shift.shiftId, approvedBy: who }, actor, at);
}

/** A person has looked in the terminal's journal, or asked the bank: no device can tell any more. */
function decideRefund(
  tx: Tx,
  deps: MoneyDeps,
  refund: Refund,
  { isGiven, reason }: { readonly isGiven: boolean; readonly reason: string },
  actor: Actor,
  at: Instant,
): Refund | Refusal {
  if (refund.status === (isGiven ? "done" : "failed")) return refund;
  if (refund.status !== "unknown" || !isUndecided(refund))
    return refusal(
      "not-undecided",
      `It is ${refund.status}; there is nothing for a person to decide.`,
    );
  const told = { decided_by: actor.id ?? actor.kind, decided: reason };
  const decided = { ...refund, details: { ...refund.details, ...told } };
  clearAlert(tx, at, "refund-undecided", refund.refundId);
  return isGiven
    ? finishRefund(tx, deps, decided, null, actor, at)
    : moveRefund(tx, decided, { status: "failed", processedAt: at }, at);
}

/** What of a payment can still go back: less what went, and what is on its way. */
export const refundableOf = (reader: Reader, payment: Payment): number =>
  payment.amount - payment.refunded - onTheWayOf(reader, payment);

/** What of a payment somebody wants to go back, and has not gone yet. */
export const onTheWayOf = (reader: Reader, { paymentId }: Payment): number =>
  refundsOf(reader, paymentId)
    .filter(({ status }) => ["requested", "started", "unknown"].includes(status))
    .reduce((sum, { amount }) => sum + amount, 0);

/** Whether the money goes back by a device or service that must answer. */
export const needsAnswer = ({ paymentMethod }: Payment): boolean =>
  paymentMethod === "card" || paymentMethod === "online" || paymentMethod === "on-file";

function begin(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  refund: Refund,
  known: { readonly shiftId: string | null; readonly approvedBy: string | null },
  actor: Actor,
  at: Instant,
): Refund {
  const started = moveRefund(
    tx,
    refund,
    { ...known, details: { ...refund.details, started_at: at }, status: "started" },
    at,
  );
  return needsAnswer(payment) ? started : finishRefund(tx, deps, started, null, actor, at);
}

function refusalOf(
  tx: Tx,
  payment: Payment,
  { kind, till_id: tillId }: RefundRequest,
  amount: number,
  left: number,
): Refusal | undefined {
  const { status, paymentMethod: method, currency } = payment;
  if (status !== "captured" && status !== "part-refunded")
    return refusal("not-refundable", `A payment that is ${status} cannot go back.`);
  if (kind === "void" && (status !== "captured" || left < payment.amount))
    return refusal(
      "not-voidable",
      "A part of it has gone back already: give back the rest instead.",
    );
  if (kind === "refund" && (method === "nil" || method === "validation"))
    return refusal("nothing-was-paid", "Nobody paid this; void it instead.");
  if (amount > left || amount === 0)
    return refusal("too-much", `At most ${money(Math.max(0, left), currency)} can go back.`);
  if (method === "cash" && notedMinor(payment, "change_owed_minor") > 0)
    return refusal("change-owed-first", "Its change is still owed; pay that out first.");
  if (method === "cash" && tillId === undefined)
    return refusal("no-till", "Say which till gives the money.");
  if (payment.purpose === "top-up") {
    const balance = findValueAccount(tx, payment.subjectId ?? "")?.balance ?? 0;
    if (balance < amount)
      return refusal(
        "parked-away",
        `Only ${money(balance, currency)} of it are left on the account.`,
      );
  }
  return undefined;
}

/** In cash: the open shift of one of those who give it; otherwise the shift of the person, where there is one. */
function shiftFor(
  tx: Tx,
  payment: Payment,
  refund: Refund,
  people: readonly string[],
  actor: Actor,
): { readonly shiftId: string | null } | Refusal {
  const till = tillOf(refund);
  if (payment.paymentMethod !== "cash") return { shiftId: openShiftIdOf(tx, actor) ?? null };
  const shift = openShiftAt(tx, till ?? "");
  if (shift === undefined)
    return refusal("no-open-shift", `Nobody has an open shift at ${till ?? "that till"}.`);
  if (!people.includes(shift.operator))
    return refusal("shift-of-another", `The shift at ${till ?? ""} is ${shift.operator}'s.`);
  return shift;
}

const noSuchRefund = refusal("no-such-refund", "There is no such refund.");
