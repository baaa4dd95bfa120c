import { currencyDigits } from "@gatehouse/shared/currency";
import type { Sale, SaleDispute, SaleRefund } from "./online-bank.ts";

/* Mollie's objects as its API writes them, as far as anybody here reads them. */

export function paymentObject(sale: Sale, base: string, embeds = false): Record<string, unknown> {
  const status = sale.state === "processing" ? "pending" : sale.state;
  const isPaid = sale.state === "paid";
  return {
    resource: "payment",
    id: sale.ref,
    mode: "test",
    status,
    amount: amountObject(sale.amount, sale.currency),
    metadata: sale.metadata,
    sequenceType: sale.isSaved ? "recurring" : sale.keepsMeans ? "first" : "oneoff",
    customerId: sale.customer,
    mandateId: isPaid && sale.keepsMeans ? `mdt_of_${sale.ref}` : undefined,
    details: isPaid
      ? { cardNumber: sale.lastFour, wallet: sale.wallet }
      : sale.failure === undefined
        ? undefined
        : { failureReason: sale.failure },
    _links: sale.state === "open" ? { checkout: { href: `${base}/pay/${sale.ref}` } } : {},
    _embedded: embeds
      ? {
          refunds: sale.refunds.map((refund) => refundObject(sale, refund)),
          chargebacks: sale.disputes.map((dispute) =>
            chargebackObject(sale, dispute, "2026-01-01T00:00:00.000Z"),
          ),
        }
      : undefined,
  };
}

const refundStatus = { pending: "pending", done: "refunded", failed: "failed" } as const;

export const refundObject = (sale: Sale, refund: SaleRefund): Record<string, unknown> => ({
  resource: "refund",
  id: refund.ref,
  paymentId: sale.ref,
  amount: amountObject(refund.amount, sale.currency),
  status: refundStatus[refund.state],
  metadata: refund.metadata,
});

/** @param at when it is reversed, where it is */
export const chargebackObject = (
  sale: Sale,
  dispute: SaleDispute,
  at: string,
): Record<string, unknown> => ({
  resource: "chargeback",
  id: dispute.ref,
  paymentId: sale.ref,
  amount: amountObject(dispute.amount, sale.currency),
  reversedAt: dispute.stage === "won" ? at : null,
});

function amountObject(amount: number, currency: string): { currency: string; value: string } {
  const digits = currencyDigits(currency);
  const text = String(amount).padStart(digits + 1, "0");
  const value = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return { currency, value };
}
