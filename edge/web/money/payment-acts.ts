import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { KeptAnswer, MoneyAnswer, PaymentView } from "@gatehouse/shared/contracts/money";
import type { Told } from "../../../shared/web/ask.ts";
import { decidePayment, payChangeOut, refund } from "./money-api.ts";
import { revoke } from "./validation-api.ts";

export const paymentActs = [
  "refund",
  "void",
  "take-back",
  "change",
  "captured",
  "not-captured",
] as const;
export type PaymentAct = (typeof paymentActs)[number];

/** What of a payment has not gone back. */
export const leftOf = (payment: PaymentView): number =>
  payment.amount_minor - payment.refunded_minor;

/** What this person can do about a payment now; the daemon may still refuse, and says why. */
export function actsFor(payment: PaymentView, me: Me): PaymentAct[] {
  const { status, method, undecided, change_owed_minor: change } = payment;
  if (me.role === "technician") return [];
  if (undecided) return me.role === "supervisor" ? ["captured", "not-captured"] : [];
  const isPaid = status === "captured" || status === "part-refunded";
  const isOurs = method === "nil" || method === "validation";
  return [
    ...(change > 0 ? ["change" as const] : []),
    ...(isPaid && !isOurs && leftOf(payment) > 0 ? ["refund" as const] : []),
    ...(status === "captured" && payment.refunded_minor === 0
      ? [payment.validation_id === null ? ("void" as const) : ("take-back" as const)]
      : []),
  ];
}

/** Whether an act moves coins and notes, and so needs a drawer. */
export const needsTill = (act: PaymentAct, { method }: PaymentView): boolean =>
  act === "change" || ((act === "refund" || act === "void") && method === "cash");

/** @param part how much goes back, minor units; undefined: all that is left */
export function carryOut(
  act: PaymentAct,
  { payment_id: paymentId, validation_id: validationId }: PaymentView,
  wish: {
    readonly requestId: string;
    readonly reason: string;
    readonly part: number | undefined;
    readonly tillId: string | undefined;
  },
): Promise<Told<MoneyAnswer | KeptAnswer>> {
  const { requestId, reason, part, tillId } = wish;
  const about = { request_id: requestId, payment_id: paymentId };
  const till = tillId === undefined ? {} : { till_id: tillId };
  switch (act) {
    case "refund":
    case "void":
      return refund({
        ...about,
        ...till,
        kind: act,
        reason,
        ...(part === undefined || act === "void" ? {} : { amount_minor: part }),
      });
    case "take-back":
      return revoke(validationId ?? "", { reason });
    case "change":
      return payChangeOut({ ...about, till_id: tillId ?? "" });
    case "captured":
    case "not-captured":
      return decidePayment(paymentId, { outcome: act, reason });
  }
}
