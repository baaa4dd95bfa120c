import { z } from "zod";
import { refundStatuses } from "./money-terms.ts";
import { amount, id, instant, minor, reason, requestId } from "./money-values.ts";

/** `POST /api/money/refunds`. `void`: the payment was a mistake, and what it paid is owed again; always whole. */
export const RefundRequest = z.object({
  request_id: requestId,
  payment_id: id,
  kind: z.enum(["refund", "void"]).default("refund"),
  /** Missing: all that is left of the payment. */
  amount_minor: amount.optional(),
  reason,
  /** The till that gives the money, where the payment was in cash. */
  till_id: id.optional(),
});
export type RefundRequest = z.infer<typeof RefundRequest>;

/**
 * `POST /api/money/refunds/{refund_id}`: the second person agrees or refuses; or, where neither terminal nor gateway can
 * tell what became of it, a person says whether the money was `given` or `not-given`.
 */
export const RefundWord = z.object({
  action: z.enum(["agree", "refuse", "given", "not-given"]),
  reason,
  till_id: id.optional(),
});
export type RefundWord = z.infer<typeof RefundWord>;

export const RefundView = z.object({
  refund_id: z.string(),
  payment_id: z.string(),
  session_id: z.string().nullable(),
  kind: z.enum(["refund", "void"]),
  amount_minor: minor,
  currency: z.string(),
  status: z.enum(refundStatuses),
  reason: z.string(),
  requested_by: z.string(),
  approved_by: z.string().nullable(),
  requested_at: instant,
  processed_at: instant.nullable(),
  /** Nobody can tell what became of it: a person says so. */
  is_undecided: z.boolean().default(false),
});
export type RefundView = z.infer<typeof RefundView>;
export const RefundsData = z.object({ refunds: z.array(RefundView) });
export type RefundsData = z.infer<typeof RefundsData>;
