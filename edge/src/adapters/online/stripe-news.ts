import type {
  DisputeNews,
  DisputeStage,
  OnlineNews,
  PaidNews,
  RefundNews,
  RefundState,
} from "@gatehouse/shared/online-news";
import { fromStripe } from "./stripe-amount.ts";
import type {
  StripeCharge,
  StripeDispute,
  StripeIntent,
  StripeRefund,
  StripeSession,
} from "./stripe-objects.ts";

/*
 * The intent is the charge of our words: refunds, disputes and events all carry its id. Where Stripe lets somebody pay
 * nothing there is none, and the session stands for it.
 */

/** Where a checkout stands. `complete` alone is not paid: a bank debit is on its way then. */
export function newsOfSession(session: StripeSession): OnlineNews {
  const { payment_intent: intent } = session;
  const inner = typeof intent === "object" ? newsOfIntent(intent) : undefined;
  if (session.payment_status !== "unpaid") {
    return inner?.kind === "paid" ? inner : paidBy(session);
  }
  if (session.status === "expired") return { kind: "expired" };
  if (session.status === "complete") {
    // The driver cannot go back to the page: what its intent says is the last word.
    return inner?.kind === "attempt-failed"
      ? { kind: "failed", reason: inner.reason }
      : { kind: "processing" };
  }
  return inner?.kind === "processing" || inner?.kind === "attempt-failed"
    ? inner
    : { kind: "open" };
}

/** Where an intent stands; after a failed attempt it can still be paid. */
export function newsOfIntent(intent: StripeIntent): OnlineNews {
  switch (intent.status) {
    case "succeeded":
      return paidIntent(intent);
    case "processing":
    case "requires_capture":
      return { kind: "processing" };
    case "canceled":
      return { kind: "failed", reason: "canceled" };
    default:
      return intent.last_payment_error === undefined
        ? { kind: "open" }
        : { kind: "attempt-failed", reason: reasonOf(intent) };
  }
}

/** Why the last attempt failed, in the bank's word where there is one. */
export function reasonOf({ last_payment_error: error }: StripeIntent): string {
  return error?.decline_code ?? error?.code ?? "declined";
}

export function paidIntent(intent: StripeIntent): PaidNews {
  const currency = intent.currency.toUpperCase();
  const { customer, payment_method: means } = intent;
  const isKept = intent.setup_future_usage === "off_session";
  return {
    kind: "paid",
    chargeRef: intent.id,
    amount: fromStripe(intent.amount_received, currency),
    currency,
    ...cardOf(intent.latest_charge),
    ...(isKept && customer !== undefined && means !== undefined
      ? { saved: { customerRef: customer, meansRef: means } }
      : {}),
  };
}

/** The last four digits and the wallet, never more of a card. */
export function cardOf(charge: StripeCharge | undefined): Pick<PaidNews, "lastFour" | "wallet"> {
  const card = charge?.payment_method_details?.card;
  const lastFour = card?.last4;
  return {
    ...(lastFour !== undefined && /^\d{4}$/.test(lastFour) ? { lastFour } : {}),
    ...(card?.wallet === undefined ? {} : { wallet: card.wallet.type }),
  };
}

function paidBy(session: StripeSession): PaidNews {
  const currency = (session.currency ?? "").toUpperCase();
  const { payment_intent: intent } = session;
  return {
    kind: "paid",
    chargeRef: (typeof intent === "string" ? intent : intent?.id) ?? session.id,
    amount: currency === "" ? 0 : fromStripe(session.amount_total ?? 0, currency),
    currency,
  };
}

const refundStates: Readonly<Record<string, RefundState>> = {
  succeeded: "done",
  failed: "failed",
  canceled: "failed",
};

export function newsOfRefund(refund: StripeRefund): RefundNews {
  const currency = refund.currency.toUpperCase();
  const { refund_id: refundId } = refund.metadata;
  return {
    kind: "refund",
    refundRef: refund.id,
    ...(refundId === undefined ? {} : { refundId }),
    chargeRef: refund.payment_intent ?? refund.charge ?? "",
    amount: fromStripe(refund.amount, currency),
    currency,
    state: refundStates[refund.status ?? ""] ?? "pending",
    ...(refund.failure_reason === undefined ? {} : { reason: refund.failure_reason }),
  };
}

const disputeStages: Readonly<Record<string, DisputeStage>> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry",
  warning_closed: "won",
  won: "won",
  prevented: "won",
  lost: "lost",
};

export function newsOfDispute(dispute: StripeDispute): DisputeNews {
  const currency = dispute.currency.toUpperCase();
  return {
    kind: "dispute",
    disputeRef: dispute.id,
    chargeRef: dispute.payment_intent ?? dispute.charge ?? "",
    amount: fromStripe(dispute.amount, currency),
    currency,
    stage: disputeStages[dispute.status] ?? "open",
  };
}
