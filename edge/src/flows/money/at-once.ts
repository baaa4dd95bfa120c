import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import type { Payment } from "../../store/payments.ts";
import { askedDetails } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { Owed, Payable } from "./owed.ts";
import { capturePayment, type CaptureProof, startPayment } from "./payment-writing.ts";

/** A means that needs nobody's answer: the money is there when the person says so. */
export interface AtOnce {
  readonly method: Extract<PaymentMethod, "cash" | "nil" | "stored-value" | "validation">;
  readonly place: string | null;
  readonly amount: number;
  readonly shiftId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly details?: Payment["paymentDetails"] | undefined;
  readonly moves?: CaptureProof["moves"];
}

/** Starts and captures a payment in one transaction: a power cut leaves all of it or nothing. */
export function payAtOnce(
  tx: Tx,
  deps: MoneyDeps,
  { purpose, subjectId }: Payable,
  owed: Owed,
  { method, place, amount, shiftId, requestId, details, moves }: AtOnce,
  at: Instant,
): Payment {
  const isStay = purpose === "stay";
  const payment = startPayment(
    tx,
    deps,
    {
      method,
      purpose,
      sessionId: isStay ? subjectId : null,
      subjectId: isStay ? null : subjectId,
      amount,
      place,
      shiftId,
      requestId,
      details: { ...askedDetails(owed), ...details },
    },
    at,
  );
  return capturePayment(tx, deps, payment, { moves }, "person", at);
}
