import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  KeptAnswer,
  SubscriptionRequest,
  SubscriptionsData,
} from "@gatehouse/shared/contracts/money";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import { firstTry } from "../../domain/money/renewal.ts";
import { findPermit } from "../../store/access.ts";
import type { Reader, Tx } from "../../store/book.ts";
import {
  findSubscription,
  listSubscriptions,
  type Subscription,
  subscriptionOfPermit,
} from "../../store/subscriptions.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import { type Refusal, refusal } from "../desk.ts";
import { noSuchAccount } from "./accounts.ts";
import { endSubscription, keepChange, type RenewalWritingDeps } from "./renewal-writing.ts";

const shownMost = 500;

/** Has a permit renewed by itself, changes how, or ends that; what is paid stays paid. */
export function keepSubscription(
  tx: Tx,
  deps: RenewalWritingDeps,
  request: SubscriptionRequest,
  actor: Actor,
  at: Instant,
): KeptAnswer | Refusal {
  const { subscription_id: subscriptionId, permit_id: permitId, account_id: accountId } = request;
  const known = findSubscription(tx, subscriptionId);
  const other = subscriptionOfPermit(tx, permitId);
  if (findPermit(tx, permitId) === undefined)
    return refusal("unknown-permit", `There is no permit ${permitId}.`);
  if (findValueAccount(tx, accountId) === undefined) return noSuchAccount;
  if (other !== undefined && other.subscriptionId !== subscriptionId)
    return refusal("renewed-already", `Permit ${permitId} is renewed by ${other.subscriptionId}.`);
  if (known !== undefined && known.permitId !== permitId)
    return refusal("another-permit", `${subscriptionId} renews permit ${known.permitId}.`);
  const paidUntil = instantOf(request.paid_until);
  if (paidUntil === undefined) return refusal("bad-time", "Write until when it is paid.");
  const terms = {
    accountId,
    price: request.price_minor,
    ratePpm: request.rate_ppm,
    period: request.period,
    graceDays: request.grace_days,
  };
  // What is paid moves by renewals alone while it runs.
  const course =
    known !== undefined && known.state !== "cancelled"
      ? known
      : ({ state: "active", paidUntil, nextTryAt: firstTry(paidUntil), tries: 0 } as const);
  const kept: Subscription = { ...course, ...terms, subscriptionId, permitId };
  if (request.is_cancelled) {
    endSubscription(tx, deps, kept, "cancelled", actor, at);
    return { sentence: `Permit ${permitId} is renewed no more; it holds as long as it is paid.` };
  }
  keepChange(tx, kept, "kept", actor, at);
  return { sentence: `Permit ${permitId} renews itself every ${request.period}.` };
}

export const subscriptionsIn = (reader: Reader): SubscriptionsData => ({
  subscriptions: listSubscriptions(reader, shownMost).map((subscription) => ({
    subscription_id: subscription.subscriptionId,
    permit_id: subscription.permitId,
    account_id: subscription.accountId,
    price_minor: subscription.price,
    period: subscription.period,
    state: subscription.state,
    paid_until: isoOf(subscription.paidUntil as Instant),
    next_try_at: isoOf(subscription.nextTryAt as Instant),
    tries: subscription.tries,
  })),
});
