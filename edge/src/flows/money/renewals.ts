import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  KeptAnswer,
  SubscriptionRequest,
  SubscriptionsData,
} from "@gatehouse/shared/contracts/money";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import { chargeEntry } from "../../domain/money/entry.ts";
import { holdsUntil, nextTryAfter, paidAfter } from "../../domain/money/renewal.ts";
import { taxInside } from "../../domain/money/tax.ts";
import { isAccepted, isUndecided } from "../../domain/payment.ts";
import { findPermit, savePermit } from "../../store/access.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { type Payment, paymentsFor } from "../../store/payments.ts";
import {
  dueSubscriptions,
  findSubscription,
  listSubscriptions,
  saveSubscription,
  type Subscription,
} from "../../store/subscriptions.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import { raiseAlert } from "../alerts.ts";
import { type Refusal, refusal } from "../desk.ts";
import { payAtOnce } from "./at-once.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnlineMoney } from "./online-offers.ts";
import { post } from "./posting.ts";

const system: Actor = { kind: "system", id: "renewals" };
const shownMost = 500;
/** So many are asked for in one round of upkeep. */
const askedAtOnce = 20;

/** Keeps a subscription: a permit that is paid by the period. */
export function keepSubscription(
  tx: Tx,
  request: SubscriptionRequest,
  actor: Actor,
  at: Instant,
): KeptAnswer | Refusal {
  const { subscription_id: subscriptionId, permit_id: permitId, account_id: accountId } = request;
  if (findPermit(tx, permitId) === undefined)
    return refusal("unknown-permit", `There is no permit ${permitId}.`);
  if (findValueAccount(tx, accountId) === undefined)
    return refusal("no-such-account", "There is no such account.");
  const paidUntil = instantOf(request.paid_until) ?? at;
  const known = findSubscription(tx, subscriptionId);
  const subscription: Subscription = {
    subscriptionId,
    permitId,
    accountId,
    price: request.price_minor,
    ratePpm: request.rate_ppm,
    period: request.period,
    state: request.is_cancelled ? "cancelled" : known?.state === "past-due" ? "past-due" : "active",
    paidUntil,
    nextTryAt: paidUntil,
    tries: 0,
    graceDays: request.grace_days,
  };
  saveSubscription(tx, subscription);
  holdPermit(tx, subscription);
  tellSubscription(tx, subscription, actor, request.is_cancelled ? "cancelled" : "kept", at);
  return { sentence: `The renewal of permit ${permitId} is kept.` };
}

/** What has been paid extends the permit; what was given back shortens nothing, a person decides about that. */
export function renewalPaid(
  tx: Tx,
  { random, currency, calendar }: MoneyDeps,
  payment: Payment,
  amount: number,
  at: Instant,
): void {
  const known = findSubscription(tx, payment.subjectId ?? "");
  if (known === undefined) return;
  const { subscriptionId, ratePpm } = known;
  // Charged when it is paid: nobody owes a period that nobody has used. Given back, it is charged no more.
  const entry = chargeEntry(subscriptionId, [taxInside(amount, ratePpm)]);
  post(tx, random, at, entry, { currency, paymentId: payment.paymentId });
  if (amount <= 0) return;
  const paidUntil = paidAfter(known.paidUntil as Instant, known.period, calendar.timezone);
  const renewed: Subscription = {
    ...known,
    state: known.state === "cancelled" ? "cancelled" : "active",
    paidUntil,
    nextTryAt: paidUntil,
    tries: 0,
  };
  saveSubscription(tx, renewed);
  holdPermit(tx, renewed);
  tellSubscription(tx, renewed, system, "paid", at);
}

/** Asks for every period that begins; a refusal is asked again later, and the permit ends with its grace. */
export async function renewAll(deps: MoneyDeps, online: OnlineMoney): Promise<void> {
  const { book, clock } = deps;
  for (const { subscriptionId } of dueSubscriptions(book, clock.now(), askedAtOnce)) {
    const next = book.write<Subscription | undefined>((tx) =>
      payFromValue(tx, deps, subscriptionId, clock.now()),
    );
    const account = next && findValueAccount(book, next.accountId);
    if (next === undefined || account === undefined) continue;
    const payable = { purpose: "renewal", subjectId: subscriptionId } as const;
    const payment =
      account.meansRef === null
        ? undefined
        : await online.chargeOnFile(account, payable, next.price);
    book.write((tx) => {
      const isOpen = payment !== undefined && isUndecided(payment.status);
      if (payment === undefined || (!isAccepted(payment.status) && !isOpen))
        postpone(tx, deps, subscriptionId, clock.now());
    });
  }
}

export const subscriptionsIn = (reader: Reader): SubscriptionsData => ({
  subscriptions: listSubscriptions(reader, shownMost).map((each) => ({
    subscription_id: each.subscriptionId,
    permit_id: each.permitId,
    account_id: each.accountId,
    price_minor: each.price,
    period: each.period,
    state: each.state,
    paid_until: isoOf(each.paidUntil as Instant),
    next_try_at: isoOf(each.nextTryAt as Instant),
    tries: each.tries,
  })),
});

/** @returns the subscription where something else must be asked for it; undefined: it is paid, or being paid */
function payFromValue(
  tx: Tx,
  deps: MoneyDeps,
  subscriptionId: string,
  at: Instant,
): Subscription | undefined {
  const subscription = findSubscription(tx, subscriptionId);
  if (subscription === undefined) return undefined;
  const { price, accountId } = subscription;
  if (paymentsFor(tx, "renewal", subscriptionId).some(({ status }) => isUndecided(status)))
    return undefined;
  const account = findValueAccount(tx, accountId);
  if (account === undefined || !account.isActive || account.balance < price) return subscription;
  const payable = { purpose: "renewal", subjectId: subscriptionId } as const;
  const owed = {
    sessionId: null,
    subjectId: subscriptionId,
    due: price,
    total: price,
    paid: 0,
    session: undefined,
  };
  const means = { method: "stored-value", place: accountId, amount: price } as const;
  payAtOnce(tx, deps, payable, owed, means, at);
  return undefined;
}

function postpone(tx: Tx, { random }: MoneyDeps, subscriptionId: string, at: Instant): void {
  const known = findSubscription(tx, subscriptionId);
  if (known === undefined || known.state === "cancelled" || known.nextTryAt > at) return;
  const tries = known.tries + 1;
  const later: Subscription = {
    ...known,
    state: "past-due",
    tries,
    nextTryAt: nextTryAfter(at, tries),
  };
  saveSubscription(tx, later);
  tellSubscription(tx, later, system, `not paid at try ${tries}`, at);
  raiseAlert(tx, random, at, {
    type: "renewal-past-due",
    subject: subscriptionId,
    severity: "warning",
    details: { permit_id: known.permitId, tries },
  });
}

/** The permit holds as far as it is paid, and its grace beyond. */
function holdPermit(tx: Tx, { permitId, paidUntil, graceDays }: Subscription): void {
  const permit = findPermit(tx, permitId);
  if (permit === undefined) return;
  const validUntil = holdsUntil(paidUntil as Instant, graceDays);
  if (permit.validUntil !== validUntil) savePermit(tx, { ...permit, validUntil });
}

function tellSubscription(
  tx: Tx,
  subscription: Subscription,
  by: Actor,
  reason: string,
  at: Instant,
): void {
  tx.append(at, {
    type: "subscription-changed",
    body: {
      subscription_id: subscription.subscriptionId,
      permit_id: subscription.permitId,
      account_id: subscription.accountId,
      state: subscription.state,
      price_minor: subscription.price,
      paid_until: isoOf(subscription.paidUntil as Instant),
      reason,
      by,
    },
  });
}
