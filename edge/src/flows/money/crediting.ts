import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import type { Payment } from "../../store/payments.ts";
import { findSession } from "../../store/sessions.ts";
import { creditSession, uncreditSession } from "../session-credit.ts";
import type { MoneyDeps } from "./money-deps.ts";

/** Tells what a payment pays that it is paid. */
export function creditFor(tx: Tx, deps: MoneyDeps, payment: Payment, at: Instant): void {
  if (payment.purpose !== "stay") {
    deps.also?.paid?.[payment.purpose]?.(tx, payment, payment.amount, at);
    return;
  }
  const session = findSession(tx, payment.sessionId ?? "");
  if (session === undefined) return;
  const laneId = session.exitLane ?? session.entryLane;
  const asked = askedOf(payment);
  creditSession(tx, deps, laneId, session, { amount: payment.amount, ...asked }, at);
}

/** Tells what a payment paid that so much of it counts no longer. */
export function uncreditFor(
  tx: Tx,
  deps: MoneyDeps,
  payment: Payment,
  amount: number,
  at: Instant,
): void {
  if (payment.purpose !== "stay") {
    deps.also?.paid?.[payment.purpose]?.(tx, payment, -amount, at);
    return;
  }
  const session = findSession(tx, payment.sessionId ?? "");
  if (session !== undefined) uncreditSession(tx, deps, session, amount, at);
}

/** What the driver was told when the payment was begun, as its details keep it: all that was due, and the whole price. */
export const askedDetails = ({ due, total }: { readonly due: number; readonly total: number }) => ({
  asked_due: due,
  asked_total: total,
});

function askedOf({ paymentDetails }: Payment): {
  due: number | undefined;
  total: number | undefined;
} {
  const number = (name: string): number | undefined => {
    const value = paymentDetails[name];
    return typeof value === "number" ? value : undefined;
  };
  return { due: number("asked_due"), total: number("asked_total") };
}
