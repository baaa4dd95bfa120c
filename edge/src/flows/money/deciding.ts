import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { DecideRequest, MoneyAnswer } from "@gatehouse/shared/contracts/money";
import type { Instant } from "@gatehouse/shared/time";
import { isUndecided } from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import { findPayment } from "../../store/payments.ts";
import { type Refusal, refusal } from "../desk.ts";
import { answerFor } from "./answers.ts";
import { isLeftToPerson } from "./card-writing.ts";
import { noSuchPayment } from "./cash.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { capturePayment, endUnpaid } from "./payment-writing.ts";

/** A person says what became of a payment that neither terminal nor gateway can tell about. */
export function decidePayment(
  tx: Tx,
  deps: MoneyDeps,
  paymentId: string,
  { outcome, reason }: DecideRequest,
  actor: Actor,
  at: Instant,
): MoneyAnswer | Refusal {
  const payment = findPayment(tx, paymentId);
  if (payment === undefined) return noSuchPayment;
  const isOffline = payment.status === "accepted-offline";
  const lost = isOffline || payment.status === "declined" ? "declined" : "failed";
  const wanted = outcome === "captured" ? "captured" : lost;
  if (payment.status === wanted) return answerFor(tx, deps, payment);
  if (!(isUndecided(payment.status) || isOffline) || !isLeftToPerson(payment))
    return refusal(
      "not-undecided",
      `It is ${payment.status}; there is nothing for a person to decide.`,
    );
  const told = { decided_by: actor.id ?? actor.kind, decided: reason };
  const decided =
    wanted === "captured"
      ? capturePayment(tx, deps, payment, { details: told }, "person", at)
      : endUnpaid(
          tx,
          deps,
          { ...payment, paymentDetails: { ...payment.paymentDetails, ...told } },
          wanted,
          { resultCode: "decided", reason: `${actor.id ?? actor.kind}: ${reason}` },
          at,
        );
  return answerFor(tx, deps, decided);
}
