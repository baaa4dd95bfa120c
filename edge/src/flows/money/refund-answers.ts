import type { MoneyAnswer } from "@gatehouse/shared/contracts/money";
import type { RefundView } from "@gatehouse/shared/contracts/refunds";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Refund } from "../../store/refunds.ts";
import { money } from "./answers.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { isUndecided, isVoid } from "./refund-writing.ts";

const told: Readonly<Record<Refund["status"], string>> = {
  requested: "waits for a second person's agreement",
  started: "is on its way",
  done: "went back",
  refused: "was refused",
  failed: "did not go back",
  unknown: "may have gone back; it is being asked for, and not given twice",
};

/** What a refund came to, told to whoever asked for it. */
export const refundAnswer = (
  { currency }: Pick<MoneyDeps, "currency">,
  { refundId, paymentId, amount, status }: Refund,
): MoneyAnswer => ({
  sentence: `${money(amount, currency)} ${told[status]}.`,
  payment_id: paymentId,
  refund_id: refundId,
  status,
  amount_minor: amount,
  change_minor: 0,
  change_owed_minor: 0,
  due_minor: 0,
});

export const refundView = (refund: Refund): RefundView => ({
  refund_id: refund.refundId,
  payment_id: refund.paymentId,
  session_id: refund.sessionId,
  kind: isVoid(refund) ? "void" : "refund",
  amount_minor: refund.amount,
  currency: refund.currency,
  status: refund.status,
  reason: refund.reason,
  requested_by: refund.requestedBy,
  approved_by: refund.approvedBy,
  is_undecided: refund.status === "unknown" && isUndecided(refund),
  requested_at: isoOf(refund.requestedAt as Instant),
  processed_at: refund.processedAt === null ? null : isoOf(refund.processedAt as Instant),
});
