import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { MoneyAnswer, NilRequest } from "@gatehouse/shared/contracts/money";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import { findPaymentByRequest } from "../../store/payments.ts";
import { unclosedShiftsOf } from "../../store/shifts.ts";
import { isRefusal, type Refusal } from "../desk.ts";
import { answerFor } from "./answers.ts";
import { payAtOnce } from "./at-once.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { nothingDue, owedFor } from "./owed.ts";

/** Gives up what is owed, with a reason. It stands in the report of the shift that the person has open. */
export function payNil(
  tx: Tx,
  deps: MoneyDeps,
  { request_id: requestId, purpose, subject_id: subjectId, reason, explanation }: NilRequest,
  actor: Actor,
  at: Instant,
): MoneyAnswer | Refusal {
  const known = findPaymentByRequest(tx, requestId);
  if (known !== undefined) return answerFor(tx, deps, known);
  const payable = { purpose, subjectId };
  const owed = owedFor(tx, deps, payable);
  if (isRefusal(owed)) return owed;
  if (owed.due === 0) return nothingDue;
  const payment = payAtOnce(
    tx,
    deps,
    payable,
    owed,
    {
      method: "nil",
      place: null,
      amount: owed.due,
      shiftId: openShiftIdOf(tx, actor),
      requestId,
      details: { reason, explanation, given_by: actor.id ?? actor.kind },
    },
    at,
  );
  return answerFor(tx, deps, payment);
}

/** The shift in whose report an act of this person stands. */
export const openShiftIdOf = (tx: Tx, actor: Actor): string | undefined =>
  actor.id === undefined
    ? undefined
    : unclosedShiftsOf(tx, actor.id).find(({ state }) => state === "open")?.shiftId;
