import type { PaymentView } from "@gatehouse/shared/contracts/money";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { isUndecided } from "../../domain/payment.ts";
import type { Reader } from "../../store/book.ts";
import { documentsOfPayment } from "../../store/documents.ts";
import type { Payment } from "../../store/payments.ts";
import { findSession } from "../../store/sessions.ts";
import { notedMinor } from "./answers.ts";
import { isLeftToPerson } from "./card-writing.ts";

/** A payment as people see it: whose it was, and under which number its receipt is. */
export function paymentView(reader: Reader, payment: Payment): PaymentView {
  const { paymentDetails: details, startedAt, processedAt } = payment;
  const [lastFour, validation] = [details["card_last_four"], details["validation_id"]];
  return {
    payment_id: payment.paymentId,
    session_id: payment.sessionId,
    plate: findSession(reader, payment.sessionId ?? "")?.vehicleLicense ?? null,
    receipt:
      documentsOfPayment(reader, payment.paymentId).find(({ kind }) => kind === "receipt")
        ?.number ?? null,
    purpose: payment.purpose,
    subject_id: payment.subjectId,
    method: payment.paymentMethod,
    place: payment.terminalId,
    status: payment.status,
    amount_minor: payment.amount,
    refunded_minor: payment.refunded,
    currency: payment.currency,
    started_at: isoOf(startedAt as Instant),
    processed_at: processedAt === null ? null : isoOf(processedAt as Instant),
    receipt_number: payment.transactionId,
    card_last_four: typeof lastFour === "string" ? lastFour : null,
    undecided: isLeftToPerson(payment) && isUndecided(payment.status),
    validation_id: typeof validation === "string" ? validation : null,
    change_owed_minor: notedMinor(payment, "change_owed_minor"),
  };
}
