import { jsonOf } from "@gatehouse/shared/json-text";
import type {
  DisputeNews,
  OnlineNews,
  RefundNews,
  RefundState,
} from "@gatehouse/shared/online-news";
import { z } from "zod";
import { minorOfDecimal } from "./decimal-amount.ts";

/* What we read of Mollie's objects, and what they mean to us. A payment is offer and charge in one. */

/** Absent, null and left out are the same to us. */
const maybe = <T>(schema: z.ZodType<T>) =>
  schema.nullish().transform((value) => value ?? undefined);
const ref = z.string().min(1).max(255);

/** Decimal text with the currency's own digits; anything else is not read. */
const Amount = z
  .object({ currency: z.string().regex(/^[A-Z]{3}$/), value: z.string() })
  .transform(({ currency, value }, context) => {
    const amount = minorOfDecimal(value, currency);
    if (amount !== undefined) return { amount, currency };
    context.addIssue({ code: "custom", message: `${value} is no amount of ${currency}` });
    return z.NEVER;
  });

/** What we wrote comes back as it was, or as JSON in a text. */
const Metadata = z
  .preprocess(
    (value) => (typeof value === "string" ? jsonOf(value) : value),
    z
      .object({
        payment_id: z.string().optional(),
        refund_id: z.string().optional(),
        facility_id: z.string().optional(),
      })
      .nullish()
      .catch(null),
  )
  .transform((value) => value ?? {});

export const Refund = z.object({
  resource: z.literal("refund"),
  id: ref,
  paymentId: ref,
  amount: Amount,
  status: z.string(),
  metadata: Metadata,
});
export type MollieRefund = z.infer<typeof Refund>;

export const Chargeback = z.object({
  resource: z.literal("chargeback"),
  id: ref,
  paymentId: ref,
  amount: Amount,
  reversedAt: maybe(z.string()),
});
export type MollieChargeback = z.infer<typeof Chargeback>;

export const Payment = z.object({
  resource: z.literal("payment"),
  id: ref,
  status: z.string(),
  amount: Amount,
  metadata: Metadata,
  sequenceType: maybe(z.string()),
  customerId: maybe(z.string()),
  mandateId: maybe(z.string()),
  details: maybe(
    z.object({
      cardNumber: maybe(z.string()),
      wallet: maybe(z.string()),
      failureReason: maybe(z.string()),
      bankReason: maybe(z.string()),
    }),
  ),
  _links: maybe(z.object({ checkout: maybe(z.object({ href: z.url() })) })),
  _embedded: maybe(
    z.object({
      refunds: z.array(Refund).default([]),
      chargebacks: z.array(Chargeback).default([]),
    }),
  ),
});
export type MolliePayment = z.infer<typeof Payment>;

export const RefundList = z.object({ _embedded: z.object({ refunds: z.array(Refund) }) });
export const Customer = z.object({ resource: z.literal("customer"), id: ref });

export const Event = z.object({
  resource: z.literal("event"),
  id: ref,
  type: z.string().max(100),
  entityId: ref,
  createdAt: z.iso.datetime({ offset: true }),
  /** Left out where only the fact is sent. */
  _embedded: maybe(z.object({ entity: z.looseObject({ resource: z.string() }) })),
});

/** Where a payment stands; failed, canceled and expired are for ever. */
export function newsOfPayment(payment: MolliePayment): OnlineNews {
  switch (payment.status) {
    case "paid":
      return paidBy(payment);
    case "open":
      return { kind: "open" };
    case "expired":
      return { kind: "expired" };
    case "failed":
      return { kind: "failed", reason: reasonOf(payment) };
    case "canceled":
      return { kind: "failed", reason: "canceled" };
    default:
      return { kind: "processing" };
  }
}

export const reasonOf = ({ details }: MolliePayment): string =>
  details?.failureReason ?? details?.bankReason ?? "failed";

/** The last four digits: all that Mollie tells of a card, and all that we take. */
export function lastFourOf({ details }: MolliePayment): { lastFour?: string } {
  const lastFour = details?.cardNumber;
  return lastFour !== undefined && /^\d{4}$/.test(lastFour) ? { lastFour } : {};
}

function paidBy(payment: MolliePayment): OnlineNews {
  const { id, amount, details, customerId, mandateId } = payment;
  const isKept =
    payment.sequenceType === "first" && customerId !== undefined && mandateId !== undefined;
  return {
    kind: "paid",
    chargeRef: id,
    ...amount,
    ...lastFourOf(payment),
    ...(details?.wallet === undefined ? {} : { wallet: details.wallet }),
    ...(isKept ? { saved: { customerRef: customerId, meansRef: mandateId } } : {}),
  };
}

const refundStates: Readonly<Record<string, RefundState>> = {
  refunded: "done",
  failed: "failed",
  canceled: "failed",
};

export function newsOfRefund(refund: MollieRefund): RefundNews {
  const { refund_id: refundId } = refund.metadata;
  return {
    kind: "refund",
    refundRef: refund.id,
    ...(refundId === undefined ? {} : { refundId }),
    chargeRef: refund.paymentId,
    ...refund.amount,
    state: refundStates[refund.status] ?? "pending",
  };
}

/** The money is withdrawn at once; a reversal brings it back. Mollie never says that one is lost for good. */
export function newsOfChargeback(chargeback: MollieChargeback): DisputeNews {
  return {
    kind: "dispute",
    disputeRef: chargeback.id,
    chargeRef: chargeback.paymentId,
    ...chargeback.amount,
    stage: chargeback.reversedAt === undefined ? "open" : "won",
  };
}
