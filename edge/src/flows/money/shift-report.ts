import { DocumentContent } from "@gatehouse/shared/contracts/documents";
import { type PaymentMethod, paymentMethods } from "@gatehouse/shared/contracts/money-terms";
import type { ShiftReport } from "@gatehouse/shared/contracts/shifts";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { PaymentStatus } from "../../domain/payment.ts";
import type { ShiftFacts, ShiftPayment } from "../../domain/money/shift.ts";
import type { Reader } from "../../store/book.ts";
import { postingsOfShift } from "../../store/books.ts";
import { linesAbout } from "../../store/ledger.ts";
import type { Payment } from "../../store/payments.ts";
import { refundsOf } from "../../store/refunds.ts";
import {
  debtsOf,
  movesOfShift,
  openingsByHand,
  paymentsOfShift,
  receiptNumbers,
  receiptsOfShift,
  refundNotesOfShift,
  refundsOfShift,
} from "../../store/shift-facts.ts";
import type { Shift } from "../../store/shifts.ts";

export interface ReportHead {
  readonly facilityId: string;
  readonly facilityName: string;
  readonly currency: string;
}

/** Everything that a shift's report rests on, as the book has it. @param until when it ends, or now */
export function factsOfShift(
  reader: Reader,
  head: ReportHead,
  shift: Shift,
  until: Instant,
): ShiftFacts {
  const { shiftId, drawerId, operator } = shift;
  const span = { from: shift.openedAt, until };
  return {
    head: {
      facility_id: head.facilityId,
      facility: head.facilityName,
      currency: head.currency,
      till_id: drawerId,
      shift_id: shiftId,
      operator,
      opened_at: isoOf(shift.openedAt as Instant),
      until: isoOf(until),
      relieves: shift.relieves,
      float_minor: shift.float,
    },
    drawer: postingsOfShift(reader, shiftId)
      .filter(({ account, subject }) => account === "drawer" && subject === drawerId)
      .map(({ kind, minor }) => ({ kind, minor })),
    payments: paymentsOfShift(reader, shiftId).map((payment) => shiftPayment(reader, payment)),
    refunds: refundsOfShift(reader, shiftId).map(({ refund, method }) => ({
      refundId: refund.refundId,
      paymentId: refund.paymentId,
      isVoid: refund.details["kind"] === "void",
      method: methodOf(method),
      amount: refund.amount,
      status: refund.status,
      reason: refund.reason,
    })),
    receipts: receiptsOfShift(reader, shiftId).map(contentOf),
    refundNotes: refundNotesOfShift(reader, shiftId).map(contentOf),
    numbers: receiptNumbers(reader, drawerId, shiftId),
    openings: openingsOf(reader, operator, span),
    debts: debtsOf(reader, operator, span).map(({ noteId, amount, reason }) => ({
      note_id: noteId,
      amount_minor: amount,
      reason,
    })),
    moves: movesOfShift(reader, shiftId).map(({ move, amount, at, by, reason }) => ({
      move,
      amount_minor: amount,
      at: isoOf(at as Instant),
      by,
      reason,
    })),
  };
}

/** Gates that one person opened by hand: the book has the openings, the ledger says whose they were. */
function openingsOf(
  reader: Reader,
  operator: string,
  span: { readonly from: number; readonly until: number },
): ShiftReport["manual_openings"] {
  return openingsByHand(reader, span)
    .filter(({ decisionId }) => whoDecided(reader, decisionId) === operator)
    .map(({ decisionId, laneId, at, reason }) => ({
      decision_id: decisionId,
      lane_id: laneId,
      at: isoOf(at as Instant),
      reason: reason.slice("by-hand:".length),
    }));
}

function whoDecided(reader: Reader, decisionId: string): string | undefined {
  for (const { text } of linesAbout(reader, decisionId)) {
    const line = JSON.parse(text) as { type: string; body: { actor?: { id?: string } } };
    if (line.type === "lane-decided") return line.body.actor?.id;
  }
  return undefined;
}

const nothingTaken: readonly PaymentStatus[] = ["started", "declined", "failed", "unknown"];

function shiftPayment(reader: Reader, payment: Payment): ShiftPayment {
  const { paymentId, paymentMethod, amount, status, paymentDetails } = payment;
  const { reason, explanation } = paymentDetails;
  const isVoid =
    status === "reversed" &&
    !refundsOf(reader, paymentId).some(({ status: refund }) => refund === "done");
  return {
    paymentId,
    method: methodOf(paymentMethod),
    amount,
    outcome: nothingTaken.includes(status) ? "none" : isVoid ? "void" : "taken",
    reason: [reason, explanation]
      .filter((word) => typeof word === "string" && word !== "")
      .join(": "),
  };
}

const methodOf = (name: string): PaymentMethod =>
  paymentMethods.find((method) => method === name) ?? "nil";

/** A receipt's body, of which only the content counts here. */
const contentOf = ({ body }: { body: unknown }): DocumentContent => DocumentContent.parse(body);
