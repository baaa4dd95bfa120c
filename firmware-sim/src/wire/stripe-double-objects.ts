import type { Sale, SaleDispute, SaleRefund } from "./online-bank.ts";

/* Stripe's objects as its API writes them, as far as anybody here reads them. */

export function intentObject(sale: Sale, expanded = false): Record<string, unknown> {
  const status =
    sale.state === "paid"
      ? "succeeded"
      : sale.state === "processing"
        ? "processing"
        : sale.state === "canceled" || sale.state === "expired"
          ? "canceled"
          : "requires_payment_method";
  return {
    id: sale.chargeRef,
    object: "payment_intent",
    status,
    amount: sale.amount,
    amount_received: sale.state === "paid" ? sale.amount : 0,
    currency: sale.currency,
    metadata: sale.metadata,
    customer: sale.customer ?? null,
    payment_method: sale.state === "paid" ? `pm_of_${sale.chargeRef}` : null,
    setup_future_usage: sale.keepsMeans ? "off_session" : null,
    latest_charge:
      sale.state !== "paid" ? null : expanded ? chargeObject(sale) : `ch_of_${sale.chargeRef}`,
    last_payment_error:
      sale.failure === undefined
        ? null
        : { code: "card_declined", decline_code: sale.failure, message: "Your card was declined." },
  };
}

export function sessionObject(sale: Sale, base: string, expanded = false): Record<string, unknown> {
  const isUntouched = sale.state === "open" && sale.attempts === 0;
  return {
    id: sale.ref,
    object: "checkout.session",
    mode: "payment",
    url: sale.state === "open" ? `${base}/pay/${sale.ref}` : null,
    status:
      sale.state === "open"
        ? "open"
        : sale.state === "expired" || sale.state === "canceled"
          ? "expired"
          : "complete",
    payment_status: sale.state === "paid" ? "paid" : "unpaid",
    amount_total: sale.amount,
    currency: sale.currency,
    client_reference_id: sale.metadata["payment_id"] ?? null,
    metadata: sale.metadata,
    customer: sale.customer ?? null,
    // The intent is made when somebody first pays.
    payment_intent: isUntouched ? null : expanded ? intentObject(sale, true) : sale.chargeRef,
  };
}

export function chargeObject(sale: Sale): Record<string, unknown> {
  const refunded = sale.refunds
    .filter(({ state }) => state !== "failed")
    .reduce((sum, { amount }) => sum + amount, 0);
  return {
    id: `ch_of_${sale.chargeRef}`,
    object: "charge",
    amount: sale.amount,
    amount_refunded: refunded,
    refunded: refunded === sale.amount,
    disputed: sale.disputes.length > 0,
    currency: sale.currency,
    metadata: sale.metadata,
    payment_intent: sale.chargeRef,
    payment_method_details: {
      type: "card",
      card: {
        brand: "visa",
        last4: sale.lastFour,
        wallet: sale.wallet === undefined ? null : { type: sale.wallet },
      },
    },
  };
}

const refundStatus = { pending: "pending", done: "succeeded", failed: "failed" } as const;

export const refundObject = (sale: Sale, refund: SaleRefund): Record<string, unknown> => ({
  id: refund.ref,
  object: "refund",
  amount: refund.amount,
  currency: sale.currency,
  status: refundStatus[refund.state],
  failure_reason: refund.state === "failed" ? "expired_or_canceled_card" : undefined,
  metadata: refund.metadata,
  payment_intent: sale.chargeRef,
  charge: `ch_of_${sale.chargeRef}`,
});

const disputeStatus = { open: "needs_response", won: "won", lost: "lost" } as const;

export const disputeObject = (sale: Sale, dispute: SaleDispute): Record<string, unknown> => ({
  id: dispute.ref,
  object: "dispute",
  amount: dispute.amount,
  currency: sale.currency,
  status: disputeStatus[dispute.stage],
  reason: "fraudulent",
  metadata: {},
  payment_intent: sale.chargeRef,
  charge: `ch_of_${sale.chargeRef}`,
});

/** The events that Stripe makes of one thing that happened, and the object in each. */
export const eventTypes = {
  paid: ["payment_intent.succeeded", "checkout.session.completed"],
  processing: ["payment_intent.processing", "checkout.session.completed"],
  "attempt-failed": ["payment_intent.payment_failed"],
  failed: ["payment_intent.payment_failed", "checkout.session.async_payment_failed"],
  expired: ["checkout.session.expired", "payment_intent.canceled"],
  "refund-made": ["refund.created", "charge.refunded"],
  "refund-changed": ["refund.updated"],
  "dispute-opened": ["charge.dispute.created", "charge.dispute.funds_withdrawn"],
  "dispute-closed": ["charge.dispute.closed"],
} as const;
