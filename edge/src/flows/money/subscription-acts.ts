import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { SubscriptionAct } from "@gatehouse/shared/contracts/accounts";
import type { Instant } from "@gatehouse/shared/time";
import { wallClock } from "../../domain/calendar.ts";
import { firstTry, isRunning } from "../../domain/money/renewal.ts";
import { isUndecided } from "../../domain/payment.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { paymentsFor } from "../../store/payments.ts";
import { findSubscription, type Subscription } from "../../store/subscriptions.ts";
import { type Refusal, refusal } from "../desk.ts";
import { endSubscription, keepChange, type RenewalWritingDeps } from "./renewal-writing.ts";

/** What a person wants of a subscription, and why. */
export interface SubscriptionWish {
  readonly subscriptionId: string;
  readonly act: SubscriptionAct;
  readonly reason: string;
}

/**
 * A person pauses, resumes or cancels a renewal, or has it asked for now. What is paid stays paid; while it is paused
 * nothing is asked for, and the time that passed unpaid is not charged afterwards.
 *
 * @returns the subscription as it is now; of `charge`, one that is due at once
 */
export function actOnSubscription(
  tx: Tx,
  deps: RenewalWritingDeps,
  { subscriptionId, act, reason }: SubscriptionWish,
  actor: Actor,
  at: Instant,
): Subscription | Refusal {
  const known = findSubscription(tx, subscriptionId);
  if (known === undefined) return noSuchSubscription;
  const { state } = known;
  if (state === "cancelled" && act !== "cancel")
    return refusal("cancelled", "It is cancelled: keep it anew to have its permit renewed again.");
  switch (act) {
    case "cancel":
      return state === "cancelled"
        ? known
        : endSubscription(tx, deps, known, reason, actor, at, "cancelled");
    case "pause":
      if (state === "paused") return known;
      return isUnderWay(tx, known)
        ? underWay
        : endSubscription(tx, deps, known, reason, actor, at, "paused");
    case "resume":
      return state === "paused" ? resume(tx, known, reason, actor, at) : known;
    case "charge":
      return chargeNow(tx, deps, known, reason, actor, at);
  }
}

/** Its permit is paid from now on: what was unpaid while it rested is nobody's debt. */
function resume(
  tx: Tx,
  known: Subscription,
  reason: string,
  actor: Actor,
  at: Instant,
): Subscription {
  const paidUntil = Math.max(known.paidUntil, at) as Instant;
  const next = { state: "active", paidUntil, nextTryAt: firstTry(paidUntil), tries: 0 } as const;
  return keepChange(tx, { ...known, ...next }, reason, actor, at);
}

function chargeNow(
  tx: Tx,
  { calendar: { timezone } }: RenewalWritingDeps,
  known: Subscription,
  reason: string,
  actor: Actor,
  at: Instant,
): Subscription | Refusal {
  if (!isRunning(known)) return refusal("paused", "It is paused: resume it first.");
  if (isUnderWay(tx, known)) return underWay;
  if (known.state === "active" && at < firstTry(known.paidUntil as Instant))
    return refusal(
      "not-due",
      `It is paid until ${wallClock(known.paidUntil as Instant, timezone)}, and asked for a day before.`,
    );
  return keepChange(tx, { ...known, nextTryAt: at }, reason, actor, at);
}

/** Whether its renewal was asked for and nobody knows the answer. */
const isUnderWay = (
  reader: Reader,
  { subscriptionId }: Pick<Subscription, "subscriptionId">,
): boolean =>
  paymentsFor(reader, "renewal", subscriptionId).some(({ status }) => isUndecided(status));

const underWay = refusal(
  "charge-under-way",
  "It was asked for, and nobody knows yet whether it is paid.",
);
const noSuchSubscription = refusal("no-such-subscription", "There is no such subscription.");
