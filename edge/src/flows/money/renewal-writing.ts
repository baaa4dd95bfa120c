import type { Actor } from "@gatehouse/shared/contracts/actor";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { chargeEntry } from "../../domain/money/entry.ts";
import { addPeriod } from "../../domain/calendar.ts";
import { firstTry, holdsUntil } from "../../domain/money/renewal.ts";
import { shareChange, taxInside } from "../../domain/money/tax.ts";
import { findPermit } from "../../store/access.ts";
import type { Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import {
  saveSubscription,
  setPermitValidity,
  type Subscription,
  subscriptionOfPermit,
} from "../../store/subscriptions.ts";
import { clearAlert, raiseAlert } from "../alerts.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { post } from "./posting.ts";

/** A permit's renewal was declined, and its days of grace have begun; the subscription is the subject. */
const renewalUnpaid = "renewal-past-due";
export type RenewalWritingDeps = Pick<MoneyDeps, "random" | "currency" | "calendar">;
export const system: Actor = { kind: "system" };

/*
 * Every change of a subscription with its ledger line, and the permit that follows it.
 */

/** Keeps a subscription, tells the ledger, and lets its permit hold as long as it says. */
export function keepChange(
  tx: Tx,
  subscription: Subscription,
  reason: string,
  by: Actor,
  at: Instant,
): Subscription {
  saveSubscription(tx, subscription);
  setPermitValidity(tx, subscription.permitId, holdsUntil(subscription));
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
  return subscription;
}

/** Head office has told of a permit: what was renewed here, it may not know yet. */
export function holdRenewed(tx: Tx, permitId: string): void {
  const subscription = subscriptionOfPermit(tx, permitId);
  if (subscription === undefined || subscription.state === "cancelled") return;
  const known = findPermit(tx, permitId)?.validUntil ?? 0;
  setPermitValidity(tx, permitId, Math.max(known, holdsUntil(subscription)));
}

/** The next period is owed, where it is not already. @returns what is owed now; nothing or less: an earlier credit pays it */
export function chargePeriod(
  tx: Tx,
  deps: RenewalWritingDeps,
  { subscriptionId, price, ratePpm }: Subscription,
  at: Instant,
): number {
  const owed = owedFor(tx, subscriptionId);
  if (owed > 0) return owed;
  const entry = chargeEntry(subscriptionId, [taxInside(price, ratePpm)]);
  post(tx, deps.random, at, entry, { currency: deps.currency });
  return owed + price;
}

/** What was charged for a period that is not given counts no longer. */
export function unchargePeriod(
  tx: Tx,
  deps: RenewalWritingDeps,
  { subscriptionId, ratePpm }: Subscription,
  amount: number,
  at: Instant,
): void {
  if (amount <= 0) return;
  const back = shareChange([taxInside(amount, ratePpm)], []);
  post(tx, deps.random, at, chargeEntry(subscriptionId, back), { currency: deps.currency });
}

/** One more period is paid. */
export function extend(
  tx: Tx,
  { calendar }: RenewalWritingDeps,
  subscription: Subscription,
  at: Instant,
): Subscription {
  const from = subscription.paidUntil as Instant;
  const paidUntil = addPeriod(from, subscription.period, calendar.timezone);
  const state = subscription.state === "past-due" ? "active" : subscription.state;
  const nextTryAt = firstTry(paidUntil);
  clearAlert(tx, at, renewalUnpaid, subscription.subscriptionId);
  return keepChange(
    tx,
    { ...subscription, paidUntil, state, nextTryAt, tries: 0 },
    "renewed",
    system,
    at,
  );
}

/** Nobody paid: the permit holds through its grace, and people are told. */
export function fallDue(
  tx: Tx,
  { random }: RenewalWritingDeps,
  subscription: Subscription,
  reason: string,
  at: Instant,
): void {
  const { subscriptionId, permitId, accountId } = subscription;
  keepChange(tx, { ...subscription, state: "past-due" }, reason, system, at);
  raiseAlert(tx, random, at, {
    type: renewalUnpaid,
    subject: subscriptionId,
    severity: "warning",
    details: { permit_id: permitId, account_id: accountId, reason },
  });
}

/** It is renewed no more, or not for now; what was asked for a period that is not given is owed no more either. */
export function endSubscription(
  tx: Tx,
  deps: RenewalWritingDeps,
  subscription: Subscription,
  reason: string,
  by: Actor,
  at: Instant,
  state: "cancelled" | "paused" = "cancelled",
): Subscription {
  unchargePeriod(tx, deps, subscription, owedFor(tx, subscription.subscriptionId), at);
  clearAlert(tx, at, renewalUnpaid, subscription.subscriptionId);
  return keepChange(tx, { ...subscription, state, tries: 0 }, reason, by, at);
}

/** What is receivable for it; below zero: what was paid too much. */
export const owedFor = (tx: Tx, subscriptionId: string): number =>
  balanceOf(tx, "receivable", subscriptionId);
