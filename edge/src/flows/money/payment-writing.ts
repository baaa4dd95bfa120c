import { check } from "@gatehouse/shared/check";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { PaymentMethod, PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import type { Instant } from "@gatehouse/shared/time";
import type { Posting } from "../../domain/money/entry.ts";
import { moveEntry, offlinePlace, paysFor, takenInto } from "../../domain/money/places.ts";
import type { Tx } from "../../store/book.ts";
import { insertPayment, type Payment, savePayment } from "../../store/payments.ts";
import { clearAlert, raiseAlert } from "../alerts.ts";
import { creditFor } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { become, bookedOf, postFor, takeBack, type TakeBack } from "./payment-booking.ts";

/** What is about to be asked for. */
export interface PaymentOrder {
  readonly method: PaymentMethod;
  readonly purpose: PaymentPurpose;
  readonly sessionId: string | null;
  readonly subjectId: string | null;
  /** Whole minor units, above zero. */
  readonly amount: number;
  /** The terminal, gateway, drawer, account or merchant that it comes from; null where none. */
  readonly place: string | null;
  readonly shiftId?: string | undefined;
  /** The same press again is the same payment. */
  readonly requestId?: string | undefined;
  readonly details: Payment["paymentDetails"];
}

/** What shows that the money is there. */
export interface CaptureProof {
  /** The terminal's receipt, the gateway's own id of the charge. */
  readonly receiptNumber?: string | undefined;
  readonly traceNumber?: string | undefined;
  /** Never more of a card than that. */
  readonly cardLastFour?: string | undefined;
  readonly place?: string | undefined;
  readonly details?: Payment["paymentDetails"] | undefined;
  /** What else moves in the same entry. */
  readonly moves?: ((paymentId: string) => readonly Posting[]) | undefined;
}

export type KnownBy = EventBody<"payment-captured">["known_by"];

/*
 * Every step of a payment, with its ledger line, its postings and what it pays, in the caller's transaction.
 */

/** Writes what is about to be asked for: before anybody is asked. */
export function startPayment(tx: Tx, deps: MoneyDeps, order: PaymentOrder, at: Instant): Payment {
  check(Number.isSafeInteger(order.amount) && order.amount > 0, "a payment is of something");
  const { method, purpose, sessionId, subjectId, amount, place } = order;
  const payment: Payment = {
    paymentId: deps.random.id(),
    sessionId,
    userId: null,
    amount,
    currency: deps.currency,
    paymentMethod: method,
    transactionId: null,
    terminalId: place,
    status: "started",
    startedAt: at,
    processedAt: null,
    paymentDetails: order.details,
    purpose,
    subjectId,
    refunded: 0,
    shiftId: order.shiftId ?? null,
    requestId: order.requestId ?? null,
  };
  insertPayment(tx, payment);
  tx.append(at, {
    type: "payment-started",
    body: {
      payment_id: payment.paymentId,
      session_id: sessionId,
      method,
      amount_minor: amount,
      currency: payment.currency,
      terminal_id: place,
      ...(purpose === "stay" ? {} : { purpose, subject_id: subjectId }),
    },
  });
  return payment;
}

/**
 * The money is there: it lies where its means puts it, and what it pays is credited. A payment that was accepted
 * offline has been credited already; now its money moves.
 */
export function capturePayment(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  proof: CaptureProof,
  knownBy: KnownBy,
  at: Instant,
): Payment {
  const { status: before } = payment;
  const captured = become(tx, deps, payment, "captured", at, {
    transactionId: proof.receiptNumber ?? payment.transactionId,
    terminalId: proof.place ?? payment.terminalId,
    paymentDetails: {
      ...payment.paymentDetails,
      ...(proof.traceNumber === undefined ? {} : { trace_number: proof.traceNumber }),
      ...(proof.cardLastFour === undefined ? {} : { card_last_four: proof.cardLastFour }),
      ...proof.details,
    },
  });
  tx.append(at, {
    type: "payment-captured",
    body: {
      payment_id: captured.paymentId,
      session_id: captured.sessionId,
      amount_minor: captured.amount,
      receipt_number: captured.transactionId,
      trace_number: proof.traceNumber ?? null,
      terminal_id: captured.terminalId,
      card_last_four: proof.cardLastFour ?? null,
      known_by: knownBy,
    },
  });
  const booked = bookedOf(captured);
  const wasOffline = before === "accepted-offline";
  const entry = moveEntry(
    wasOffline ? "offline-settled" : "capture",
    takenInto(booked),
    wasOffline ? offlinePlace(captured.paymentId) : paysFor(booked),
    captured.amount,
    proof.moves?.(captured.paymentId),
  );
  postFor(tx, deps, captured, entry, at);
  if (!wasOffline) creditFor(tx, deps, captured, at);
  deps.also?.captured?.(tx, captured, at);
  clearAlert(tx, at, "payment-undecided", captured.paymentId);
  return captured;
}

/** Nothing was taken. A payment that was accepted offline counts no longer: what it paid is owed again. */
export function endUnpaid(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  status: "declined" | "failed",
  { resultCode, reason }: { readonly resultCode: string; readonly reason: string },
  at: Instant,
): Payment {
  const { paymentId, sessionId, paymentDetails, status: before } = payment;
  const ended = become(tx, deps, payment, status, at, {
    paymentDetails: { ...paymentDetails, result_code: resultCode, reason },
  });
  tx.append(at, {
    type: "payment-declined",
    body: { payment_id: paymentId, session_id: sessionId, result_code: resultCode, reason },
  });
  if (before === "accepted-offline") takeBack(tx, deps, ended, "offline-refused", at);
  clearAlert(tx, at, "payment-undecided", paymentId);
  return ended;
}

/** The answer was lost: what became of the charge is not known. */
export function losePayment(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  detail: string,
  at: Instant,
): Payment {
  const { paymentId, sessionId, paymentDetails } = payment;
  const lost = become(tx, deps, payment, "unknown", null, {
    paymentDetails: { ...paymentDetails, detail },
  });
  tx.append(at, {
    type: "payment-unknown",
    body: { payment_id: paymentId, session_id: sessionId, detail },
  });
  return lost;
}

/** Nobody but a person can tell any more what became of it. */
export function doubtPayment(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  details: Readonly<Record<string, string>>,
  at: Instant,
): Payment {
  const { paymentId, sessionId } = payment;
  const doubted = { ...payment, paymentDetails: { ...payment.paymentDetails, undecided: true } };
  savePayment(tx, doubted);
  raiseAlert(tx, deps.random, at, {
    type: "payment-undecided",
    subject: paymentId,
    severity: "critical",
    details: { session_id: sessionId, ...details },
  });
  return doubted;
}

/** Let go without the bank's answer, under the floor limit: it counts as paid and is charged later. */
export function acceptOffline(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  detail: string,
  at: Instant,
): Payment {
  const accepted = become(tx, deps, payment, "accepted-offline", at, {
    paymentDetails: { ...payment.paymentDetails, detail },
  });
  const { paymentId, sessionId, amount } = accepted;
  tx.append(at, {
    type: "payment-accepted-offline",
    body: { payment_id: paymentId, session_id: sessionId, amount_minor: amount, detail },
  });
  const entry = moveEntry(
    "accepted-offline",
    offlinePlace(paymentId),
    paysFor(bookedOf(accepted)),
    amount,
  );
  postFor(tx, deps, accepted, entry, at);
  creditFor(tx, deps, accepted, at);
  return accepted;
}

export interface Reversal extends TakeBack {
  readonly reason: string;
  readonly by: Actor;
}

/** Takes a payment back whole, as if it had never been: what it paid is owed again. */
export function reversePayment(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  { reason, by, shiftId, moves }: Reversal,
  at: Instant,
): Payment {
  const reversed = become(tx, deps, payment, "reversed", at, {
    paymentDetails: { ...payment.paymentDetails, reversed_by: by.id ?? by.kind, reversed: reason },
  });
  const { paymentId, sessionId, amount } = reversed;
  tx.append(at, {
    type: "payment-reversed",
    body: { payment_id: paymentId, session_id: sessionId, amount_minor: amount, reason, by },
  });
  takeBack(tx, deps, reversed, "reversal", at, { shiftId, moves });
  return reversed;
}
