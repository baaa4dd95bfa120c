import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { DisputeStage } from "@gatehouse/shared/online-news";
import type { Instant } from "@gatehouse/shared/time";
import { disputedPlace, moveEntry, takenInto } from "../../domain/money/places.ts";
import type { OnlineView } from "../../domain/online-payment.ts";
import { isUndecided, paymentMayBecome, type PaymentStatus } from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import type { OnlinePayment } from "../../store/online-payments.ts";
import { findPayment, findPaymentByRequest, type Payment } from "../../store/payments.ts";
import { findRefund, type Refund } from "../../store/refunds.ts";
import { isLeftToPerson } from "./card-writing.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { SettleOnline } from "./online-payments.ts";
import { become, bookedOf, postFor } from "./payment-booking.ts";
import { capturePayment, doubtPayment, endUnpaid, startPayment } from "./payment-writing.ts";
import { finishRefund, insertRequested, moveRefund, undoRefund } from "./refund-writing.ts";

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
      settleRefund(tx, deps, chargeOf(tx, main, fact.chargeRef), { ...fact, ref, refundId }, at);
    }
    for (const [ref, { chargeRef, amount, stage }] of Object.entries(online.facts.disputes))
      settleDispute(tx, deps, chargeOf(tx, main, chargeRef), { ref, amount, stage }, at);
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
    if (!waits && !isOver) return payment;
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
    amount <= payment.amount - payment.refunded && paymentMayBecome(payment.status, "refunded");
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

/** A cardholder's bank takes the money, and gives it back or keeps it. */
function settleDispute(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  { ref, amount, stage }: { ref: string; amount: number; stage: DisputeStage },
  at: Instant,
): void {
  const noted = payment.paymentDetails["disputes"];
  const disputes = (noted ?? {}) as Readonly<Record<string, DisputeStage>>;
  const known = disputes[ref] ?? "inquiry";
  if (known === stage || stage === "inquiry") return;
  const clearing = takenInto(bookedOf(payment));
  const held = disputedPlace(payment.paymentId);
  const isHeld = known === "open";
  const steps: { readonly to: PaymentStatus; readonly state: "opened" | "won" | "lost" }[] = [
    ...(isHeld ? [] : [{ to: "disputed", state: "opened" } as const]),
    ...(stage === "won" ? [{ to: afterDispute(payment), state: "won" } as const] : []),
    ...(stage === "lost" ? [{ to: "charged-back", state: "lost" } as const] : []),
  ];
  let now = payment;
  for (const { to, state } of steps) {
    if (!paymentMayBecome(now.status, to)) return;
    const details = { ...now.paymentDetails, disputes: { ...disputes, [ref]: stage } };
    now = become(tx, deps, now, to, payment.processedAt as Instant, { paymentDetails: details });
    const detail = `${ref}: ${stage}`;
    tx.append(at, {
      type: "payment-disputed",
      body: {
        payment_id: now.paymentId,
        session_id: now.sessionId,
        amount_minor: amount,
        state,
        detail,
      },
    });
    const entry = {
      opened: () => moveEntry("dispute-opened", held, clearing, amount),
      won: () => moveEntry("dispute-won", clearing, held, amount),
      lost: () => moveEntry("dispute-lost", lostMoney, held, amount),
    }[state]();
    postFor(tx, deps, now, entry, at);
  }
}

const afterDispute = ({ refunded, amount }: Payment): PaymentStatus =>
  refunded === 0 ? "captured" : refunded < amount ? "part-refunded" : "refunded";

/** The payment that a charge of the gateway became. */
const chargeOf = (tx: Tx, main: Payment, chargeRef: string): Payment =>
  findPaymentByRequest(tx, surplusId(main, chargeRef)) ?? findPayment(tx, main.paymentId) ?? main;

const surplusId = ({ terminalId }: Payment, chargeRef: string): string =>
  `${terminalId ?? ""}:${chargeRef}`;
