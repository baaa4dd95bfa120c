import type { Actor } from "@gatehouse/shared/contracts/actor";
import { subjectsOfOpen } from "../../store/alerts.ts";
import { balanceOf } from "../../store/books.ts";
import { paymentsFor, paymentsOf } from "../../store/payments.ts";
import { findRefund, refundsOf } from "../../store/refunds.ts";
import { moneyToReturn } from "../alerts.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { Refunds } from "./refund-flow.ts";
import { onTheWayOf } from "./refunds.ts";

const byItself: Actor = { kind: "system", id: "late-payment" };

/**
 * Money that came by itself for what owed nothing more (a page paid too late, a card charged twice, a permit that was
 * cancelled meanwhile) goes back the way it came, once. What cannot go back by itself stays with a person.
 */
export async function refundLate({ book }: MoneyDeps, refunds: Refunds): Promise<void> {
  for (const subject of subjectsOfOpen(book, moneyToReturn)) {
    const all = [
      ...paymentsOf(book, subject),
      ...paymentsFor(book, "violation", subject),
      ...paymentsFor(book, "renewal", subject),
    ];
    const payments = all.filter(
      ({ paymentMethod, status }) =>
        (paymentMethod === "online" || paymentMethod === "on-file") &&
        (status === "captured" || status === "part-refunded"),
    );
    const onTheWay = all.reduce((sum, payment) => sum + onTheWayOf(book, payment), 0);
    let credit = -balanceOf(book, "receivable", subject) - onTheWay;
    // The latest came too late.
    for (const payment of payments.toReversed()) {
      const left = payment.amount - payment.refunded;
      const amount = Math.min(credit, left);
      const requestId = `late ${payment.paymentId}`;
      const isAsked = refundsOf(book, payment.paymentId).length > 0;
      if (amount <= 0 || isAsked || findRefund(book, requestId) !== undefined) continue;
      const reason = "it was settled otherwise";
      const request = { request_id: requestId, payment_id: payment.paymentId, reason };
      await refunds.request({ ...request, kind: "refund", amount_minor: amount }, byItself);
      credit -= amount;
    }
  }
}
