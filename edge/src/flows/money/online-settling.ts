import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { DisputeStage } from "@gatehouse/shared/online-news";
import type { Instant } from "@gatehouse/shared/time";
import { disputedPlace, moveEntry, takenInto } from "../../domain/money/places.ts";
import type { OnlineView } from "../../domain/online-payment.ts";
import {
  isAccepted,
  isUndecided,
  paymentMayBecome,
  type PaymentStatus,
  statusByRefunds,
} from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import type { OnlinePayment } from "../../store/online-payments.ts";
import {
  findPayment,
  findPaymentByRequest,
  type Payment,
  savePayment,
} from "../../store/payments.ts";
import { findRefund, type Refund } from "../../store/refunds.ts";
import { isLeftToPerson } from "./card-writing.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { SettleOnline } from "./online-payments.ts";
import { become, bookedOf, postFor } from "./payment-booking.ts";
import { capturePayment, doubtPayment, endUnpaid, startPayment } from "./payment-writing.ts";
import { finishRefund, insertRequested, isVoid, moveRefund, undoRefund } from "./refund-writing.ts";

const lostMoney = { account: "chargebacks", subject: null } as const;
const gatewaySays: Actor = { kind: "system", id: "gateway" };

/**
 * Books what a gateway's facts mean for a payment of ours. It looks at what is booked already and writes only the
 * rest, so that it may be told the same in any order and any number of times.
 */
export const settleOnline =
  (deps: MoneyDeps): SettleOnline =>
  (tx, online, _change, view) => {
    const at = deps.clock.now();
    const payment = findPayment(tx, online.paymentId);
    if (payment === undefined) return;
    const main = settleCharge(tx, deps, payment, view, online, at);
    for (const { chargeRef, amount } of view.charges)
      if (chargeRef !== main.transactionId) settleSurplus(tx, deps, main, chargeRef, amount, at);
    for (const [ref, fact] of Object.entries(online.facts.refunds)) {
      const refundId = fact.refundId ?? `${online.gateway}:${ref}`;
      const charged = chargeOf(tx, main, fact.chargeRef);
      if (charged !== undefined) settleRefund(tx, deps, charged, { ...fact, ref, refundId }, at);
    }
    for (const [ref, { chargeRef, amount, stage }] of Object.entries(online.facts.disputes)) {
      const charged = chargeOf(tx, main, chargeRef);
      if (charged !== undefined) settleDispute(tx, deps, charged, { ref, amount, stage }, at);
    }
  };

function settleCharge(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  view: OnlineView,
  { facts }: OnlinePayment,
  at: Instant,
): Payment {
  const waits = isUndecided(payment.status) || payment.status === "accepted-offline";
  const [charge] = view.charges;
  if (charge !== undefined) {
    const isOver = payment.status === "failed" || payment.status === "declined";
    if (!waits && !isOver) return nameCharge(tx, payment, charge.chargeRef);
    const told = facts.charges[charge.chargeRef];
    const proof = {
      receiptNumber: charge.chargeRef,
      cardLastFour: told?.lastFour,
      details: told?.wallet === undefined ? {} : { wallet: told.wallet },
    };
    return capturePayment(tx, deps, payment, proof, "callback", at);
  }
  if (!waits) return payment;
  if (view.state === "mismatched")
    return isLeftToPerson(payment)
      ? payment
      : doubtPayment(tx, deps, payment, { detail: "another amount was taken" }, at);
  if (view.state !== "failed" && view.state !== "expired") return payment;
  const reason = facts.ended?.reason ?? "";
  const told = { resultCode: view.state, reason: reason === "" ? view.state : reason };
  return endUnpaid(tx, deps, payment, "declined", told, at);
}

/** A person said that it was paid before the gateway did: this is the charge that was meant. */
function nameCharge(tx: Tx, payment: Payment, chargeRef: string): Payment {
  if (payment.transactionId !== null) return payment;
  const named = { ...payment, transactionId: chargeRef };
  savePayment(tx, named);
  return named;
}

/** One payment was charged twice: the second is a payment of its own, and a credit until it goes back. */
function settleSurplus(
  tx: Tx,
  deps: MoneyDeps,
  main: Payment,
  chargeRef: string,
  amount: number,
  at: Instant,
): void {
  const requestId = surplusId(main, chargeRef);
  if (findPaymentByRequest(tx, requestId) !== undefined) return;
  const { paymentMethod: method, purpose, sessionId, subjectId, terminalId: place } = main;
  const details = { surplus_of: main.paymentId };
  const order = { method, purpose, sessionId, subjectId, amount, place, requestId, details };
  const second = startPayment(tx, deps, order, at);
  capturePayment(tx, deps, second, { receiptNumber: chargeRef }, "callback", at);
}

interface ToldRefund {
  readonly refundId: string;
  readonly ref: string;
  readonly amount: number;
  readonly state: "pending" | "done" | "failed";
  readonly reason?: string;
}

function settleRefund(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  { refundId, ref, amount, state, reason }: ToldRefund,
  at: Instant,
): void {
  const known = findRefund(tx, refundId);
  if (state === "pending" || known?.status === "failed" || known?.status === "refused") return;
  if (state === "failed") {
    if (known?.status === "done") undoRefund(tx, deps, known, payment, reason ?? "", at);
    else if (known !== undefined)
      moveRefund(tx, known, { status: "failed", processedAt: at, providerRef: ref }, at);
    return;
  }
  const isPossible =
    known !== undefined && isVoid(known)
      ? paymentMayBecome(payment.status, "reversed")
      : amount <= payment.amount - payment.refunded && isThere(payment.status);
  if (known?.status === "done" || !isPossible) return;
  const refund = known ?? foreignRefund(payment, refundId, amount, at);
  if (known === undefined) insertRequested(tx, refund, at);
  finishRefund(tx, deps, refund, ref, gatewaySays, at);
}

/** Somebody gave money back at the gateway's own desk. */
const foreignRefund = (
  payment: Payment,
  refundId: string,
  amount: number,
  at: Instant,
): Refund => ({
  refundId,
  paymentId: payment.paymentId,
  sessionId: payment.sessionId,
  amount,
  currency: payment.currency,
  status: "started",
  reason: "given back at the gateway's own desk",
  requestedBy: "gateway",
  approvedBy: null,
  requestedAt: at,
  processedAt: null,
  providerRef: null,
  shiftId: null,
  details: { kind: "refund" },
});

type Disputes = Readonly<Record<string, DisputeStage>>;

/**
 * A cardholder's bank takes the money, and gives it back or keeps it. What it does is booked whatever else became of
 * the payment: a refund can be told of before, meanwhile or afterwards.
 */
function settleDispute(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  { ref, amount, stage }: { ref: string; amount: number; stage: DisputeStage },
  at: Instant,
): void {
  const known = disputesOf(payment)[ref] ?? "inquiry";
  if (known === stage || stage === "inquiry") return;
  const isHeld = known === "open";
  if (!isHeld && !isThere(payment.status)) return;
  const clearing = takenInto(bookedOf(payment));
  const held = disputedPlace(payment.paymentId);
  const entries = {
    opened: moveEntry("dispute-opened", held, clearing, amount),
    won: moveEntry("dispute-won", clearing, held, amount),
    lost: moveEntry("dispute-lost", lostMoney, held, amount),
  };
  let now = payment;
  for (const state of [
    ...(isHeld ? [] : ["opened" as const]),
    ...(stage === "open" ? [] : [stage]),
  ]) {
    const disputes: Disputes = {
      ...disputesOf(now),
      [ref]: state === "opened" ? "open" : state,
    };
    now = noteDisputes(tx, deps, now, disputes);
    const body = {
      payment_id: now.paymentId,
      session_id: now.sessionId,
      amount_minor: amount,
      state,
      detail: `${ref}: ${stage}`,
    };
    tx.append(at, { type: "payment-disputed", body });
    postFor(tx, deps, now, entries[state], at);
  }
}

/** What was voided stays so: a dispute of it has come to nothing. */
function noteDisputes(tx: Tx, deps: MoneyDeps, payment: Payment, disputes: Disputes): Payment {
  const change = { paymentDetails: { ...payment.paymentDetails, disputes } };
  if (payment.status === "reversed") {
    savePayment(tx, { ...payment, ...change });
    return { ...payment, ...change };
  }
  const stages = Object.values(disputes);
  const byDisputes = stages.includes("open")
    ? "disputed"
    : stages.includes("lost")
      ? "charged-back"
      : statusByRefunds(payment);
  return become(tx, deps, payment, byDisputes, payment.processedAt as Instant, change);
}

const disputesOf = ({ paymentDetails }: Payment): Disputes =>
  (paymentDetails["disputes"] ?? {}) as Disputes;

/** Its money has come, and was not taken back as if it had never been there. */
const isThere = (status: PaymentStatus): boolean =>
  isAccepted(status) && status !== "accepted-offline";

/** The payment that a charge of the gateway became; undefined: nobody has told of the charge itself yet. */
const chargeOf = (tx: Tx, main: Payment, chargeRef: string): Payment | undefined =>
  chargeRef === main.transactionId
    ? findPayment(tx, main.paymentId)
    : findPaymentByRequest(tx, surplusId(main, chargeRef));

const surplusId = ({ terminalId }: Payment, chargeRef: string): string =>
  `${terminalId ?? ""}:${chargeRef}`;
