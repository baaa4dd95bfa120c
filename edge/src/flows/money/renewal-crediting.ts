import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import { findPayment, type Payment, paymentsFor, savePayment } from "../../store/payments.ts";
import { findSubscription, type Subscription } from "../../store/subscriptions.ts";
import type { PaidListener } from "./money-deps.ts";
import {
  extend,
  keepChange,
  owedFor,
  type RenewalWritingDeps,
  system,
  unchargePeriod,
} from "./renewal-writing.ts";
import { noteSurplus } from "./surplus.ts";

/** Money came for a renewal, however it was paid, or went back: the permit follows. */
export const renewalPaid =
  (deps: RenewalWritingDeps): PaidListener =>
  (tx, payment, amount, at) => {
    const subscription = findSubscription(tx, payment.subjectId ?? "");
    if (subscription === undefined) return;
    if (amount > 0) credited(tx, deps, subscription, payment, amount, at);
    else uncredited(tx, deps, subscription, payment, -amount, at);
    noteCredit(tx, deps, subscription, at);
  };

/** Tells of money beyond what is owed: it goes back, unless the next period takes it first. */
export function noteCredit(
  tx: Tx,
  { random }: RenewalWritingDeps,
  { subscriptionId, permitId, accountId }: Subscription,
  at: Instant,
): void {
  noteSurplus(tx, random, subscriptionId, { permit_id: permitId, account_id: accountId }, at);
}

/** The payment that settles what is owed gives the period; what comes beyond that is a credit. */
function credited(
  tx: Tx,
  deps: RenewalWritingDeps,
  subscription: Subscription,
  payment: Payment,
  amount: number,
  at: Instant,
): void {
  const owed = owedFor(tx, subscription.subscriptionId);
  if (owed > 0 || owed + amount <= 0) return;
  const { paidUntil } = extend(tx, deps, subscription, at);
  noteGiven(tx, payment, { from: subscription.paidUntil, until: paidUntil });
}

/** What goes back comes out of a credit first; for the rest the period is not charged, and without any of it not given. */
function uncredited(
  tx: Tx,
  deps: RenewalWritingDeps,
  subscription: Subscription,
  payment: Payment,
  amount: number,
  at: Instant,
): void {
  const creditBefore = Math.max(0, amount - owedFor(tx, subscription.subscriptionId));
  const given = givenBy(payment);
  const isWhole = payment.refunded + amount >= payment.amount;
  const isLatest = isWhole && given?.until === subscription.paidUntil;
  if (creditBefore >= amount) {
    if (isLatest) handOn(tx, payment, given);
    return;
  }
  unchargePeriod(tx, deps, subscription, isLatest ? amount : amount - creditBefore, at);
  if (!isLatest) return;
  const paidUntil = Math.max(given.from, Math.min(at, subscription.paidUntil));
  const ended = { ...subscription, paidUntil, state: "cancelled", tries: 0 } as const;
  keepChange(tx, ended, "its payment went back", system, at);
}

/** The period that a payment gave, as its details keep it. */
interface GivenPeriod {
  readonly from: number;
  readonly until: number;
}

function givenBy({ paymentDetails }: Payment): GivenPeriod | undefined {
  const { period_from: from, period_until: until } = paymentDetails;
  return typeof from === "number" && typeof until === "number" ? { from, until } : undefined;
}

function noteGiven(tx: Tx, payment: Payment, { from, until }: GivenPeriod): void {
  const now = findPayment(tx, payment.paymentId) ?? payment;
  const period = { period_from: from, period_until: until };
  savePayment(tx, { ...now, paymentDetails: { ...now.paymentDetails, ...period } });
}

/** The period is paid all the same, by money that came for it twice: that payment gives it from now on. */
function handOn(tx: Tx, { paymentId, subjectId }: Payment, given: GivenPeriod): void {
  const other = paymentsFor(tx, "renewal", subjectId ?? "").findLast(
    (each) =>
      each.paymentId !== paymentId &&
      (each.status === "captured" || each.status === "part-refunded") &&
      givenBy(each) === undefined,
  );
  if (other !== undefined) noteGiven(tx, other, given);
}
