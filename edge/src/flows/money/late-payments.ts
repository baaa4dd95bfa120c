import type { Actor } from "@gatehouse/shared/contracts/actor";
import { owedOf } from "../../domain/money/billing.ts";
import { subjectsOfOpen } from "../../store/alerts.ts";
import { paymentsOf } from "../../store/payments.ts";
import { findRefund, refundsOf } from "../../store/refunds.ts";
import { findSession } from "../../store/sessions.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { Refunds } from "./refund-flow.ts";

const byItself: Actor = { kind: "system", id: "late-payment" };

/**
 * Money that came by itself for a stay that owed nothing more (a page paid too late, a card charged twice) goes back
 * the way it came, once. What cannot go back by itself stays with a person.
 */
export async function refundLate({ book }: MoneyDeps, refunds: Refunds): Promise<void> {
  for (const sessionId of subjectsOfOpen(book, "money-to-return")) {
    const session = findSession(book, sessionId);
    const payments = paymentsOf(book, sessionId).filter(
      ({ paymentMethod, status }) =>
        (paymentMethod === "online" || paymentMethod === "on-file") &&
        (status === "captured" || status === "part-refunded"),
    );
    let credit = session === undefined ? 0 : -owedOf(session);
    // The latest came too late.
    for (const payment of payments.toReversed()) {
      const left = payment.amount - payment.refunded;
      const amount = Math.min(credit, left);
      const requestId = `late ${payment.paymentId}`;
      const isAsked = refundsOf(book, payment.paymentId).length > 0;
      if (amount <= 0 || isAsked || findRefund(book, requestId) !== undefined) continue;
      const reason = "the stay was settled otherwise";
      const request = { request_id: requestId, payment_id: payment.paymentId, reason };
      await refunds.request({ ...request, kind: "refund", amount_minor: amount }, byItself);
      credit -= amount;
    }
  }
}
