import { check } from "@gatehouse/shared/check";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Instant } from "@gatehouse/shared/time";
import {
  isWithdrawn,
  paymentMayBecome,
  type PaymentStatus,
  statusByRefunds,
} from "../../domain/payment.ts";
import { billingOf, owedOf } from "../../domain/money/billing.ts";
import { inCoins } from "../../domain/money/change.ts";
import { credit, debit, type Posting, entry } from "../../domain/money/entry.ts";
import { type AccountPlace, paysFor, takenInto } from "../../domain/money/places.ts";
import { shareChange, sharesOf } from "../../domain/money/tax.ts";
import type { Tx } from "../../store/book.ts";
import { findPayment, type Payment } from "../../store/payments.ts";
import { insertRefund, type Refund, saveRefund } from "../../store/refunds.ts";
import { findSession, saveSession } from "../../store/sessions.ts";
import { clearAlert } from "../alerts.ts";
import { noteCredit } from "../session-credit.ts";
import { notedMinor } from "./answers.ts";
import { roundingPostings } from "./cash.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { become, bookedOf, postFor } from "./payment-booking.ts";
import { reversePayment } from "./payment-writing.ts";

/*
 * Every step of a refund with its ledger line. Nothing moves in the books before it is done.
 */

/** Writes what somebody asks for. */
export function insertRequested(tx: Tx, refund: Refund, at: Instant): void {
  insertRefund(tx, refund);
  tellRefund(tx, refund, at);
}

/** Changes where a refund stands, and tells the ledger. */
export function moveRefund(tx: Tx, refund: Refund, change: Partial<Refund>, at: Instant): Refund {
  const next: Refund = { ...refund, ...change };
  saveRefund(tx, next);
  tellRefund(tx, next, at);
  if (next.status !== "requested") clearAlert(tx, at, "refund-to-agree", next.refundId);
  return next;
}

export const isVoid = ({ details }: Refund): boolean => details["kind"] === "void";

/** The device that was asked cannot tell what became of it. */
export const isUndecided = ({ details }: Refund): boolean => details["undecided"] === true;

/** The till that gives the money; undefined where it goes back another way. */
export function tillOf({ details }: Refund): string | undefined {
  const till = details["till_id"];
  return typeof till === "string" ? till : undefined;
}

/**
 * The money has gone back: the books follow. What a session had paid too much comes out of its credit; for the rest
 * the price stands no longer. A void takes the whole payment back, and what it paid is owed again.
 */
export function finishRefund(
  tx: Tx,
  deps: MoneyDeps,
  refund: Refund,
  providerRef: string | null,
  by: Actor,
  at: Instant,
): Refund {
  const payment = findPayment(tx, refund.paymentId);
  check(payment !== undefined, `a refund's payment exists: ${refund.paymentId}`);
  const done = moveRefund(tx, refund, { status: "done", processedAt: at, providerRef }, at);
  const shiftId = refund.shiftId ?? undefined;
  if (isVoid(refund)) {
    const moves = roundingPostings(
      payment.terminalId ?? "",
      -notedMinor(payment, "rounding_minor"),
    );
    reversePayment(tx, deps, payment, { reason: refund.reason, by, shiftId, moves }, at);
  } else {
    giveBack(tx, deps, payment, done, at);
  }
  deps.also?.refunded?.(tx, done, at);
  return done;
}

function giveBack(tx: Tx, deps: MoneyDeps, payment: Payment, refund: Refund, at: Instant): void {
  const { amount } = refund;
  const refunded = payment.refunded + amount;
  check(refunded <= payment.amount, "no more goes back than was paid");
  const status = statusAfter(payment, refunded);
  become(tx, deps, payment, status, payment.processedAt as Instant | null, { refunded });
  const lines = [
    ...(payment.purpose === "stay"
      ? lessenStay(tx, deps, payment, amount, at)
      : lessenOther(payment, amount)),
    ...outOf(refund, payment, deps),
  ];
  postFor(tx, deps, { ...payment, shiftId: refund.shiftId }, entry("refund", lines), at);
  tellOther(tx, deps, payment, -amount, at);
}

/** A bank has sent a refund back: the driver does not have the money, and everything is as it was before. */
export function undoRefund(
  tx: Tx,
  deps: MoneyDeps,
  refund: Refund,
  payment: Payment,
  reason: string,
  at: Instant,
): void {
  const { amount } = refund;
  const refunded = payment.refunded - amount;
  const status = statusAfter(payment, refunded);
  if (!paymentMayBecome(payment.status, status)) return;
  moveRefund(tx, refund, { status: "failed", details: { ...refund.details, detail: reason } }, at);
  become(tx, deps, payment, status, payment.processedAt as Instant | null, { refunded });
  const lines = [
    ...(payment.purpose === "stay"
      ? lessenStay(tx, deps, payment, -amount, at)
      : lessenOther(payment, -amount)),
    ...outOf({ ...refund, amount: -amount }, payment, deps),
  ];
  postFor(tx, deps, { ...payment, shiftId: refund.shiftId }, entry("refund-returned", lines), at);
  tellOther(tx, deps, payment, amount, at);
}

/** @returns the debits of a stay: its credit first, then its revenue and the tax in it */
function lessenStay(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  amount: number,
  at: Instant,
): Posting[] {
  const session = findSession(tx, payment.sessionId ?? "");
  check(session !== undefined, "a stay that was paid has its session");
  const billing = billingOf(session);
  // Money that comes back after all: what had been given up of the price is charged again first.
  const fromCredit =
    amount < 0
      ? Math.min(0, amount + billing.allowed)
      : Math.min(amount, Math.max(0, -owedOf(session)));
  const allowed = billing.allowed + amount - fromCredit;
  const changed = {
    ...session,
    paidAmount: session.paidAmount - amount,
    totalAmount: Math.max(0, session.totalAmount - (amount - fromCredit)),
    billing: { ...billing, allowed },
  };
  saveSession(tx, changed);
  noteCredit(tx, deps, changed, at);
  const given = shareChange(
    sharesOf(billing.shares, billing.allowed),
    sharesOf(billing.shares, allowed),
  );
  return [
    debit("receivable", session.sessionId, fromCredit),
    ...given.flatMap(({ ratePpm, net, tax }) => [
      debit("refunds", null, net, ratePpm),
      debit("tax", null, tax, ratePpm),
    ]),
  ];
}

/** What it had paid is owed again, or no longer stored. */
function lessenOther(payment: Payment, amount: number): Posting[] {
  const { account, subject } = paysFor(bookedOf(payment));
  return [debit(account, subject, amount)];
}

/** What is paid hears of it when the books have it, as with every other move of its money. */
function tellOther(tx: Tx, deps: MoneyDeps, payment: Payment, amount: number, at: Instant): void {
  if (payment.purpose !== "stay") deps.also?.paid?.[payment.purpose]?.(tx, payment, amount, at);
}

const statusAfter = ({ status, amount }: Payment, refunded: number): PaymentStatus =>
  isWithdrawn(status) ? status : statusByRefunds({ amount, refunded });

/** Where the money comes from; in coins it is rounded where small ones are gone. */
function outOf(refund: Refund, payment: Payment, { cashStep }: MoneyDeps): Posting[] {
  const till = tillOf(refund);
  const place: AccountPlace =
    payment.paymentMethod === "cash" && till !== undefined
      ? { account: "drawer", subject: till }
      : takenInto(bookedOf(payment));
  const rounding =
    place.account === "drawer" ? inCoins(refund.amount, cashStep) - refund.amount : 0;
  return [
    credit(place.account, place.subject, refund.amount),
    ...(rounding === 0 ? [] : roundingPostings(till ?? "", -rounding)),
  ];
}

function tellRefund(tx: Tx, refund: Refund, at: Instant): void {
  tx.append(at, {
    type: "refund-changed",
    body: {
      payment_id: refund.paymentId,
      session_id: refund.sessionId,
      refund_id: refund.refundId,
      amount_minor: refund.amount,
      status: refund.status,
      reason: refund.reason,
      requested_by: refund.requestedBy,
      approved_by: refund.approvedBy,
      provider_ref: refund.providerRef,
    },
  });
}
