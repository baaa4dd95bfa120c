import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import { paymentTerms } from "../payments/payment-terms.ts";
import { type Saying, whoOf } from "./story-saying.ts";
import { terms } from "./terms.ts";

/**
 * A session's line in English where head office's own sentence writes amounts and moments as machines do; undefined:
 * that sentence is good as it is.
 */
export function tellInEnglish({ type, body }: LedgerFact, say: Saying): string | undefined {
  switch (type) {
    case "session-settled":
      return `Paid; free to leave until ${say.moment(body.grace_until)}.`;
    case "session-closed":
      return `The session ended after ${say.stay(body.duration_s)} (${(terms.state[body.outcome] ?? body.outcome).toLowerCase()}); owed: ${say.money(body.owed_minor)}.`;
    case "session-flagged":
      return `The session was marked: ${terms.flag[body.flag] ?? body.flag}.`;
    case "session-in-space":
      return `The vehicle stands in space ${body.space_id} since ${say.moment(body.from)} (${whoOf(body.by)}).`;
    case "payment-captured":
      return `${say.money(body.amount_minor)} paid, receipt ${body.receipt_number ?? "–"}.`;
    case "payment-reversed":
      return `${say.money(body.amount_minor)} taken back by ${whoOf(body.by)}: ${body.reason}.`;
    case "refund-changed":
      return `Refund of ${say.money(body.amount_minor)} ${paymentTerms.refund[body.status] ?? body.status}, asked for by ${body.requested_by}${body.approved_by === null ? "" : `, agreed to by ${body.approved_by}`}: ${body.reason}.`;
    case "violation-changed":
      return `Violation (${paymentTerms.violation[body.violation_type] ?? body.violation_type}): ${paymentTerms.penalty[body.status] ?? body.status}, ${say.money(body.penalty_minor)}, by ${whoOf(body.by)}: ${body.reason}.`;
    default:
      return undefined;
  }
}
