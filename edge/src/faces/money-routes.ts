import {
  CardRequest,
  CashRequest,
  ChangeOutRequest,
  DecideRequest,
  NilRequest,
  OfferRequest,
  ValueRequest,
} from "@gatehouse/shared/contracts/money";
import { DebtNoteRequest, WriteOffRequest } from "@gatehouse/shared/contracts/debts";
import { RefundRequest, RefundWord } from "@gatehouse/shared/contracts/refunds";
import {
  RedeemRequest,
  RevokeRequest,
  ValidationRequest,
} from "@gatehouse/shared/contracts/validations";
import { paymentPurposes } from "@gatehouse/shared/contracts/money-terms";
import { refuse } from "@gatehouse/shared/refusal";
import type { Desk } from "../flows/desk.ts";
import type { RouteName } from "./access.ts";
import type { AccountRoute } from "./account-routes.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";

type MoneyRoute = Exclude<Extract<RouteName, `${string} /api/money/${string}`>, AccountRoute>;

/** A part of a plate, a name or an id longer than this is none. */
const searchMost = 64;

const { asked, told } = askingWith({
  "no-such-session": 404,
  "no-such-payment": 404,
  "no-such-refund": 404,
  "no-such-account": 404,
  "no-such-merchant": 404,
  "no-such-validation": 404,
  "no-such-code": 404,
  "no-such-gateway": 404,
  "no-such-terminal": 404,
});

/** Payments, refunds, debts and validations: see shared/contracts/money. */
export function moneyRoutes(desk: () => Desk["money"]): Record<MoneyRoute, Handler> {
  return {
    "GET /api/money/due": (c) => due(c, desk()),
    "POST /api/money/cash": (c) => asked(c, CashRequest, (body) => desk().cash(body, personOf(c))),
    "POST /api/money/card": (c) => asked(c, CardRequest, (body) => desk().card(body, personOf(c))),
    "POST /api/money/nil": (c) => asked(c, NilRequest, (body) => desk().nil(body, personOf(c))),
    "POST /api/money/stored-value": (c) =>
      asked(c, ValueRequest, (body) => desk().storedValue(body, personOf(c))),
    "POST /api/money/change-out": (c) =>
      asked(c, ChangeOutRequest, (body) => desk().changeOut(body, personOf(c))),
    "GET /api/money/payments": (c) => {
      const search = c.req.query("search") ?? "";
      return search.length > searchMost
        ? refuse(badQuestion("search"))
        : c.json(desk().payments(c.req.query("session_id"), search));
    },
    "POST /api/money/payments/:payment_id/decide": (c) =>
      asked(c, DecideRequest, (body) => desk().decide(param(c, "payment_id"), body, personOf(c))),
    "GET /api/money/refunds": (c) => c.json(desk().refunds()),
    "POST /api/money/refunds": (c) =>
      asked(c, RefundRequest, (body) => desk().refund(body, personOf(c))),
    "POST /api/money/refunds/:refund_id": (c) =>
      asked(c, RefundWord, (body) => desk().answerRefund(param(c, "refund_id"), body, personOf(c))),
    "POST /api/money/debt-note": (c) =>
      asked(c, DebtNoteRequest, (body) => desk().debtNote(body, personOf(c))),
    "GET /api/money/debts": (c) => c.json(desk().debts(c.req.query("plate"))),
    "POST /api/money/debts/:session_id/write-off": (c) =>
      asked(c, WriteOffRequest, (body) =>
        desk().writeOff(param(c, "session_id"), body, personOf(c)),
      ),
    "GET /api/money/validations": (c) => {
      const [merchantId, sessionId] = [c.req.query("merchant_id"), c.req.query("session_id")];
      if (sessionId !== undefined) return c.json(desk().validations({ sessionId }));
      return merchantId === undefined
        ? refuse(badQuestion("merchant_id"))
        : c.json(desk().validations({ merchantId }));
    },
    "POST /api/money/validations/redeem": (c) =>
      asked(c, RedeemRequest, (body) => desk().redeem(body, personOf(c))),
    "POST /api/money/validations": (c) =>
      asked(c, ValidationRequest, (body) => desk().validate(body, personOf(c))),
    "POST /api/money/validations/:validation_id/revoke": (c) =>
      asked(c, RevokeRequest, (body) =>
        desk().revokeValidation(param(c, "validation_id"), body, personOf(c)),
      ),
    "POST /api/money/online": (c) => asked(c, OfferRequest, (body) => desk().offer(body)),
    "GET /api/money/balance": (c) => c.json(desk().balance()),
  };
}

function due(context: KioskContext, desk: Desk["money"]): Response {
  const purpose = paymentPurposes.find((each) => each === (context.req.query("purpose") ?? "stay"));
  const subjectId = context.req.query("subject_id");
  if (purpose === undefined || subjectId === undefined) return refuse(badQuestion("subject_id"));
  return told(context, desk.due({ purpose, subjectId }));
}

const personOf = (context: KioskContext) => actorOf(loginOf(context));
const param = (context: KioskContext, name: string): string => context.req.param(name) ?? "";
