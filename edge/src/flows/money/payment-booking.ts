import { check } from "@gatehouse/shared/check";
import type { Instant } from "@gatehouse/shared/time";
import type { Entry, Posting } from "../../domain/money/entry.ts";
import {
  type BookedPayment,
  moveEntry,
  offlinePlace,
  paysFor,
  takenInto,
} from "../../domain/money/places.ts";
import { paymentMayBecome, type PaymentStatus } from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import { findPayment, type Payment, savePayment } from "../../store/payments.ts";
import { findValueAccount, saveValueAccount } from "../../store/value-accounts.ts";
import { uncreditFor } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { post } from "./posting.ts";

/** Changes a payment's row; every other change of its status goes through the functions above. */
export function become(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  status: PaymentStatus,
  processedAt: Instant | null,
  change: Partial<Payment>,
): Payment {
  const now = findPayment(tx, payment.paymentId) ?? payment;
  check(
    paymentMayBecome(now.status, status),
    `payment ${payment.paymentId} may not go from ${now.status} to ${status}`,
  );
  const next: Payment = { ...now, ...change, status, processedAt };
  savePayment(tx, next);
  tx.afterCommit(() => deps.counters.count("payments_total", { status }));
  return next;
}

/** A payment as the books see it. */
export const bookedOf = (payment: Payment): BookedPayment => ({
  paymentId: payment.paymentId,
  method: payment.paymentMethod,
  place: payment.terminalId,
  purpose: payment.purpose,
  sessionId: payment.sessionId,
  subjectId: payment.subjectId,
});

/**
 * Posts what a payment has moved, so that it is found again by payment, session and shift. An account of stored value
 * always has the balance that the books say.
 */
export function postFor(
  tx: Tx,
  deps: MoneyDeps,
  { paymentId, sessionId, shiftId }: Pick<Payment, "paymentId" | "sessionId" | "shiftId">,
  entry: Entry,
  at: Instant,
): void {
  post(tx, deps.random, at, entry, {
    currency: deps.currency,
    paymentId,
    sessionId: sessionId ?? undefined,
    shiftId: shiftId ?? undefined,
  });
  for (const { account, subject } of entry.lines) {
    const known = account === "stored-value" ? findValueAccount(tx, subject ?? "") : undefined;
    if (known === undefined) continue;
    // A liability: what is stored for its holder stands on the credit side.
    saveValueAccount(tx, { ...known, balance: -balanceOf(tx, "stored-value", known.accountId) });
  }
}

/** What a reversal may say besides. */
export interface TakeBack {
  /** The shift in whose report it stands. */
  readonly shiftId?: string | undefined;
  /** What else moves in the same entry. */
  readonly moves?: readonly Posting[] | undefined;
}

/** What a payment moved goes back, and what it paid is owed again. */
export function takeBack(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  kind: "reversal" | "offline-refused",
  at: Instant,
  { shiftId, moves }: TakeBack = {},
): void {
  const booked = bookedOf(payment);
  const from = kind === "reversal" ? takenInto(booked) : offlinePlace(payment.paymentId);
  const about = shiftId === undefined ? payment : { ...payment, shiftId };
  postFor(tx, deps, about, moveEntry(kind, paysFor(booked), from, payment.amount, moves), at);
  uncreditFor(tx, deps, payment, payment.amount, at);
}
