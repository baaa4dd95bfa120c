import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import { type Desk, isRefusal } from "../flows/desk.ts";
import { counted, exitCodes, healthy, refused } from "./control-outcome.ts";

type MoneyRequest = Extract<ControlRequest, { verb: `money-${string}` }>;

/** `gatehouse money …`. */
export async function moneyAnswer(
  desk: Desk["money"],
  request: MoneyRequest,
): Promise<ControlAnswer> {
  switch (request.verb) {
    case "money-balance":
      return balance(desk);
    case "money-payments": {
      const data = desk.payments(request.session_id ?? undefined);
      const undecided = data.payments.filter((payment) => payment.undecided).length;
      const verdict =
        undecided === 0
          ? counted(data.payments.length, "payment")
          : `${undecided} of ${counted(data.payments.length, "payment")} wait for a person to decide.`;
      return {
        exit_code: undecided === 0 ? exitCodes.healthy : exitCodes.attention,
        verdict,
        data,
      };
    }
    case "money-refunds": {
      const data = desk.refunds();
      return healthy(counted(data.refunds.length, "refund"), data);
    }
    case "money-debts": {
      const data = desk.debts(request.plate ?? undefined);
      return healthy(counted(data.debts.length, "unpaid stay"), data);
    }
    case "money-refund":
      return acted(await refund(desk, request));
    case "money-decide": {
      const { payment_id: paymentId, outcome, reason, actor } = request;
      return acted(
        await desk.decide(paymentId, { outcome, reason }, { kind: "technician", id: actor }),
      );
    }
  }
}

function balance(desk: Desk["money"]): ControlAnswer {
  const data = desk.balance();
  const [first] = data.complaints;
  return first === undefined
    ? healthy("The books balance.", data)
    : { exit_code: exitCodes.refused, verdict: first, data };
}

function refund(
  desk: Desk["money"],
  request: Extract<MoneyRequest, { verb: "money-refund" }>,
): ReturnType<Desk["money"]["refund"]> {
  const { request_id, payment_id, kind, reason, actor } = request;
  const { amount_minor: amount, till_id: till } = request;
  return desk.refund(
    {
      request_id,
      payment_id,
      kind,
      reason,
      ...(amount === null ? {} : { amount_minor: amount }),
      ...(till === null ? {} : { till_id: till }),
    },
    { kind: "technician", id: actor },
  );
}

function acted(answer: Awaited<ReturnType<Desk["money"]["refund"]>>): ControlAnswer {
  if (!isRefusal(answer)) return healthy(answer.sentence, answer);
  const { sentence, reason } = answer;
  return refused(exitCodes.refused, sentence, reason, "Look at it: npx gatehouse money payments");
}
