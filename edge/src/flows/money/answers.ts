import type { MoneyAnswer } from "@gatehouse/shared/contracts/money";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { isAccepted, isUndecided } from "../../domain/payment.ts";
import type { Reader } from "../../store/book.ts";
import type { Payment } from "../../store/payments.ts";
import { isRefusal } from "../desk.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { owedFor } from "./owed.ts";

export const money = (amount: number, currency: string): string =>
  formatMinor(minorUnits(amount), currency);

/** A number that the payment's own notes keep; 0 where they have none. */
export function notedMinor({ paymentDetails }: Payment, name: string): number {
  const value = paymentDetails[name];
  return typeof value === "number" ? value : 0;
}

/** What a payment came to, told to whoever took it; the same however often it is asked. */
export function answerFor(
  reader: Reader,
  deps: Pick<MoneyDeps, "steady" | "calendar" | "clock">,
  payment: Payment,
): MoneyAnswer {
  const { purpose, sessionId, subjectId, amount, currency, status } = payment;
  const owed = owedFor(reader, deps, { purpose, subjectId: sessionId ?? subjectId ?? "" });
  const due = isRefusal(owed) ? 0 : owed.due;
  const change = notedMinor(payment, "change_minor");
  const changeOwed = notedMinor(payment, "change_owed_minor");
  return {
    sentence: sentenceOf(payment, due),
    payment_id: payment.paymentId,
    refund_id: null,
    status,
    amount_minor: amount,
    change_minor: change,
    change_owed_minor: changeOwed,
    due_minor: due,
  };

  function sentenceOf(of: Payment, rest: number): string {
    const why = of.paymentDetails["reason"];
    if (isUndecided(of.status))
      return "Nobody knows yet whether it was paid; nothing is charged again.";
    if (!isAccepted(of.status)) return `Not paid: ${typeof why === "string" ? why : of.status}.`;
    const paid = of.paymentMethod === "nil" ? "given up" : "paid";
    const back = change === 0 ? "" : ` Give ${money(change, currency)} back.`;
    const later =
      changeOwed === 0 ? "" : ` ${money(changeOwed, currency)} of change are still owed.`;
    const more = rest === 0 ? "" : ` ${money(rest, currency)} are still to be paid.`;
    return `${money(amount, currency)} ${paid}.${back}${later}${more}`;
  }
}
