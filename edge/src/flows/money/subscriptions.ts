import { isDeepStrictEqual } from "node:util";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { SubscriptionRequest, SubscriptionsData } from "@gatehouse/shared/contracts/accounts";
import type { KeptAnswer } from "@gatehouse/shared/contracts/money";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import { firstTry, holdsUntil } from "../../domain/money/renewal.ts";
import { findPermit } from "../../store/access.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import {
  findSubscription,
  listSubscriptions,
  type Subscription,
  subscriptionOfPermit,
} from "../../store/subscriptions.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import { type Refusal, refusal } from "../desk.ts";
import { noSuchAccount } from "./accounts.ts";
import { keepChange, type RenewalWritingDeps } from "./renewal-writing.ts";

const shownMost = 500;

/** Has a permit renewed by itself, or changes how; one that was cancelled begins anew. What changes nothing is not told. */
export function keepSubscription(
  tx: Tx,
  deps: RenewalWritingDeps,
  request: Omit<SubscriptionRequest, "request_id">,
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
  if (known !== undefined && isDeepStrictEqual({ ...known }, kept))
    return { sentence: `The renewal of permit ${permitId} is as it was.` };
  keepChange(tx, kept, request.reason, actor, at);
  return { sentence: `Permit ${permitId} renews itself every ${request.period}.` };
}

export const subscriptionsIn = (reader: Reader, currency: string): SubscriptionsData => ({
  currency,
  subscriptions: listSubscriptions(reader, shownMost).map((subscription) => {
    const { subscriptionId, accountId } = subscription;
    const account = findValueAccount(reader, accountId);
    return {
      subscription_id: subscriptionId,
      permit_id: subscription.permitId,
      account_id: accountId,
      price_minor: subscription.price,
      period: subscription.period,
      state: subscription.state,
      paid_until: isoOf(subscription.paidUntil as Instant),
      next_try_at: isoOf(subscription.nextTryAt as Instant),
      tries: subscription.tries,
      rate_ppm: subscription.ratePpm,
      grace_days: subscription.graceDays,
      holder: account?.holder ?? accountId,
      last_four: account?.lastFour ?? null,
      holds_until: isoOf(holdsUntil(subscription)),
      owed_minor: balanceOf(reader, "receivable", subscriptionId),
    };
  }),
});
