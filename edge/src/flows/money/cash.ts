import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { CashRequest, ChangeOutRequest, MoneyAnswer } from "@gatehouse/shared/contracts/money";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import type { Instant } from "@gatehouse/shared/time";
import { takeCash } from "../../domain/money/change.ts";
import { credit, debit, type Posting } from "../../domain/money/entry.ts";
import { moveEntry } from "../../domain/money/places.ts";
import { isAccepted } from "../../domain/payment.ts";
import type { Reader, Tx } from "../../store/book.ts";
import {
  findPayment,
  findPaymentByRequest,
  type Payment,
  savePayment,
} from "../../store/payments.ts";
import { openShiftAt, type Shift } from "../../store/shifts.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { answerFor, money, notedMinor } from "./answers.ts";
import { payAtOnce } from "./at-once.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { nothingDue, owedFor } from "./owed.ts";
import { postFor } from "./payment-booking.ts";

/** Takes coins and notes into a till with an open shift, and says what goes back. */
export function payCash(
  tx: Tx,
  deps: MoneyDeps,
  rules: MoneyRules,
  request: CashRequest,
  actor: Actor,
  at: Instant,
): MoneyAnswer | Refusal {
  const known = findPaymentByRequest(tx, request.request_id);
  if (known !== undefined) return answerFor(tx, deps, known);
  const shift = shiftOf(tx, request.till_id, actor);
  if (isRefusal(shift)) return shift;
  const payable = { purpose: request.purpose, subjectId: request.subject_id };
  const owed = owedFor(tx, deps, payable);
  if (isRefusal(owed)) return owed;
  const due = request.purpose === "top-up" ? (request.amount_minor ?? 0) : owed.due;
  if (due === 0) return nothingDue;
  const { tendered_minor: tendered, change_given_minor: given, partial } = request;
  const take = takeCash({ due, tendered, step: rules.cash_step_minor, given, partial });
  if ("kind" in take) {
    return take.kind === "short"
      ? refusal(
          "underpaid",
          `${money(take.missing, deps.currency)} are missing; say that it is a part, or take all of it.`,
        )
      : refusal("change-too-much", `At most ${money(take.most, deps.currency)} go back.`);
  }
  const { credited, rounding, change, changeOwed } = take;
  const details = {
    tendered_minor: tendered,
    change_minor: change,
    change_owed_minor: changeOwed,
    rounding_minor: rounding,
    taken_by: actor.id ?? actor.kind,
  };
  const payment = payAtOnce(
    tx,
    deps,
    payable,
    owed,
    {
      method: "cash",
      place: request.till_id,
      amount: credited,
      shiftId: shift.shiftId,
      requestId: request.request_id,
      details,
      moves: (paymentId) => [
        ...roundingPostings(request.till_id, rounding),
        debit("drawer", request.till_id, changeOwed),
        credit("change-owed", paymentId, changeOwed),
      ],
    },
    at,
  );
  return answerFor(tx, deps, payment);
}

/** What a drawer keeps (or, below zero, lacks) because small coins are gone. */
export const roundingPostings = (tillId: string, rounding: number): Posting[] => [
  debit("drawer", tillId, rounding),
  credit("cash-difference", "rounding", rounding),
];

/** Pays out the change that a till could not give. The same press again is told the same. */
export function payChangeOut(
  tx: Tx,
  deps: MoneyDeps,
  { request_id: requestId, payment_id: paymentId, till_id: tillId }: ChangeOutRequest,
  actor: Actor,
  at: Instant,
): MoneyAnswer | Refusal {
  const payment = findPayment(tx, paymentId);
  if (payment === undefined) return noSuchPayment;
  const told = (out: Payment): MoneyAnswer => {
    const change = notedMinor(out, "change_paid_minor");
    const sentence = `${money(change, deps.currency)} of change paid out.`;
    return { ...answerFor(tx, deps, out), change_minor: change, sentence };
  };
  if (payment.paymentDetails["change_paid_by_request"] === requestId) return told(payment);
  const owed = notedMinor(payment, "change_owed_minor");
  if (owed === 0 || !isAccepted(payment.status))
    return refusal("no-change-owed", "No change is owed for this payment.");
  const shift = shiftOf(tx, tillId, actor);
  if (isRefusal(shift)) return shift;
  const noted = {
    change_owed_minor: 0,
    change_paid_minor: owed,
    change_paid_by_request: requestId,
  };
  const paid = { ...payment, paymentDetails: { ...payment.paymentDetails, ...noted } };
  savePayment(tx, paid);
  const from = { account: "drawer", subject: tillId } as const;
  const entry = moveEntry("change-out", { account: "change-owed", subject: paymentId }, from, owed);
  postFor(tx, deps, { ...paid, shiftId: shift.shiftId }, entry, at);
  return told(paid);
}

/** The open shift at a till, if it is this person's: everybody answers for their own drawer. */
export function shiftOf(reader: Reader, tillId: string, actor: Actor): Shift | Refusal {
  const shift = openShiftAt(reader, tillId);
  if (shift === undefined)
    return refusal("no-open-shift", `Nobody has an open shift at ${tillId}; open one first.`);
  if (actor.kind !== "system" && shift.operator !== actor.id)
    return refusal("shift-of-another", `The shift at ${tillId} is ${shift.operator}'s.`);
  return shift;
}

export const noSuchPayment = refusal("no-such-payment", "There is no such payment.");
