import { z } from "zod";
import {
  paymentMethods,
  paymentPurposes,
  refundStatuses,
  validationKinds,
  validationStates,
} from "./money-terms.ts";

/*
 * What people do with money at a facility. Amounts are whole minor units of its currency. Every request that changes
 * something carries a `request_id` made for the press: the same one again is the same act and gets the same answer.
 */

const minor = z.number().int().nonnegative().max(100_000_000);
const amount = minor.min(1);
const id = z.string().min(1).max(64);
const requestId = z.string().min(8).max(64);
const reason = z.string().trim().min(1, "say why").max(200);
const instant = z.iso.datetime();
/** As a person writes it: gaps and dashes go, small letters become capitals. */
const writtenPlate = z.string().trim().min(1).max(20);

/** What is paid: a stay by its session, a violation, an account of stored value by a top-up. */
export const payable = { purpose: z.enum(paymentPurposes).default("stay"), subject_id: id };

/** `GET /api/money/due?purpose=&subject_id=` */
export const DueView = z.object({
  purpose: z.enum(paymentPurposes),
  subject_id: z.string(),
  plate: z.string().nullable(),
  currency: z.string(),
  total_minor: minor,
  paid_minor: z.number().int(),
  due_minor: minor,
  /** In cash, where small coins are gone. */
  cash_due_minor: minor,
  /** Below zero the books owe the driver money. */
  owed_in_books_minor: z.number().int(),
  /** What the price is made of, by the tariff's own names; empty where that is not known. */
  lines: z.array(
    z.object({ rule: z.string(), from: instant, to: instant, minor: z.number().int() }),
  ),
});
export type DueView = z.infer<typeof DueView>;

/** `POST /api/money/cash` */
export const CashRequest = z.object({
  request_id: requestId,
  ...payable,
  till_id: id,
  tendered_minor: amount,
  /** What the till could give back; missing: all of it. The rest is owed to the driver. */
  change_given_minor: minor.optional(),
  /** Less than what is due is taken only where this says so. */
  partial: z.boolean().default(false),
  /** Of a top-up: how much is loaded. Elsewhere what is due counts. */
  amount_minor: amount.optional(),
});
export type CashRequest = z.infer<typeof CashRequest>;

/** `POST /api/money/card`: asks the driver at a terminal; the answer comes when the terminal has told. */
export const CardRequest = z.object({
  request_id: requestId,
  ...payable,
  terminal_id: id,
  amount_minor: amount.optional(),
});
export type CardRequest = z.infer<typeof CardRequest>;

/** `POST /api/money/stored-value`: from an account, whosever plate it is. */
export const ValueRequest = z.object({ request_id: requestId, ...payable, account_id: id });
export type ValueRequest = z.infer<typeof ValueRequest>;

export const nilReasons = [
  "terminal-broken",
  "goodwill",
  "emergency-vehicle",
  "staff-error",
  "lost-validation",
  "other",
] as const;

/** `POST /api/money/nil`: nobody pays. */
export const NilRequest = z
  .object({
    request_id: requestId,
    ...payable,
    reason: z.enum(nilReasons),
    explanation: z.string().trim().max(200).default(""),
  })
  .refine(({ reason: why, explanation }) => why !== "other" || explanation.length > 0, {
    path: ["explanation"],
    message: "say what the reason is",
  });
export type NilRequest = z.infer<typeof NilRequest>;

/** `POST /api/money/change-out`: the change that a till could not give is paid out. */
export const ChangeOutRequest = z.object({ request_id: requestId, payment_id: id, till_id: id });
export type ChangeOutRequest = z.infer<typeof ChangeOutRequest>;

/** What a payment, a refund or a pay-out came to. */
export const MoneyAnswer = z.object({
  sentence: z.string(),
  payment_id: z.string().nullable(),
  refund_id: z.string().nullable(),
  status: z.string(),
  amount_minor: minor,
  /** In cash: what the driver gets now, and what the till still owes. */
  change_minor: minor,
  change_owed_minor: minor,
  /** What is still to be paid. */
  due_minor: minor,
});
export type MoneyAnswer = z.infer<typeof MoneyAnswer>;

export const PaymentView = z.object({
  payment_id: z.string(),
  session_id: z.string().nullable(),
  plate: z.string().nullable(),
  /** The number of its receipt's paper; `receipt_number` is the terminal's or gateway's own. */
  receipt: z.number().int().nullable(),
  purpose: z.enum(paymentPurposes),
  subject_id: z.string().nullable(),
  method: z.enum(paymentMethods),
  place: z.string().nullable(),
  status: z.string(),
  amount_minor: minor,
  refunded_minor: minor,
  currency: z.string(),
  started_at: instant,
  processed_at: instant.nullable(),
  receipt_number: z.string().nullable(),
  card_last_four: z.string().nullable(),
  /** Nobody but a person can tell what became of it. */
  undecided: z.boolean(),
  change_owed_minor: minor,
});
export type PaymentView = z.infer<typeof PaymentView>;

/** `GET /api/money/payments?session_id=` or `?search=` (a plate, a receipt's number); without: the latest. */
export const PaymentsData = z.object({ payments: z.array(PaymentView) });
export type PaymentsData = z.infer<typeof PaymentsData>;

/** `POST /api/money/payments/{payment_id}/decide`: a person says what became of a payment that nobody can tell. */
export const DecideRequest = z.object({ outcome: z.enum(["captured", "not-captured"]), reason });
export type DecideRequest = z.infer<typeof DecideRequest>;

/** `POST /api/money/refunds`. `void`: the payment was a mistake, and what it paid is owed again; always whole. */
export const RefundRequest = z.object({
  request_id: requestId,
  payment_id: id,
  kind: z.enum(["refund", "void"]).default("refund"),
  /** Missing: all that is left of the payment. */
  amount_minor: amount.optional(),
  reason,
  /** The till that gives the money, where the payment was in cash. */
  till_id: id.optional(),
});
export type RefundRequest = z.infer<typeof RefundRequest>;

/**
 * `POST /api/money/refunds/{refund_id}`: the second person agrees or refuses; or, where neither terminal nor gateway can
 * tell what became of it, a person says whether the money was `given` or `not-given`.
 */
export const RefundWord = z.object({
  action: z.enum(["agree", "refuse", "given", "not-given"]),
  reason,
  till_id: id.optional(),
});
export type RefundWord = z.infer<typeof RefundWord>;

export const RefundView = z.object({
  refund_id: z.string(),
  payment_id: z.string(),
  session_id: z.string().nullable(),
  kind: z.enum(["refund", "void"]),
  amount_minor: minor,
  currency: z.string(),
  status: z.enum(refundStatuses),
  reason: z.string(),
  requested_by: z.string(),
  approved_by: z.string().nullable(),
  requested_at: instant,
  processed_at: instant.nullable(),
  /** Nobody can tell what became of it: a person says so. */
  is_undecided: z.boolean().default(false),
});
export type RefundView = z.infer<typeof RefundView>;
export const RefundsData = z.object({ refunds: z.array(RefundView) });
export type RefundsData = z.infer<typeof RefundsData>;

/** `POST /api/money/debt-note`: the driver leaves with a promise; with a lane its gate opens. */
export const DebtNoteRequest = z.object({
  request_id: requestId,
  session_id: id,
  lane_id: id.optional(),
  name: z.string().trim().max(100).optional(),
  contact: z.string().trim().max(200).optional(),
  reason,
});
export type DebtNoteRequest = z.infer<typeof DebtNoteRequest>;

/** `GET /api/money/debts?plate=`: stays that ended unpaid. */
export const DebtView = z.object({
  session_id: z.string(),
  plate: z.string().nullable(),
  owed_minor: minor,
  currency: z.string(),
  left_at: instant.nullable(),
  /** What the driver promised, where somebody asked. */
  note: z
    .object({
      note_id: z.string(),
      name: z.string().nullable(),
      contact: z.string().nullable(),
      reason: z.string(),
      issued_by: z.string(),
    })
    .nullable(),
});
export type DebtView = z.infer<typeof DebtView>;
export const DebtsData = z.object({ debts: z.array(DebtView) });
export type DebtsData = z.infer<typeof DebtsData>;

/** `POST /api/money/debts/{session_id}/write-off` */
export const WriteOffRequest = z.object({ request_id: requestId, reason });
export type WriteOffRequest = z.infer<typeof WriteOffRequest>;

const validation = {
  request_id: requestId,
  kind: z.enum(validationKinds),
  /** Minutes, minor units or percent; of `all` nothing. */
  value: minor.default(0),
  /** The vehicle's session, or its plate while it is inside. */
  session_id: id.optional(),
  plate: writtenPlate.optional(),
  /** The number on its ticket, where it has one. */
  ticket: writtenPlate.optional(),
};

/** `POST /api/money/validations`, by an attendant for a merchant. */
export const ValidationRequest = z.object({ ...validation, merchant_id: id });
export type ValidationRequest = z.infer<typeof ValidationRequest>;
/** `POST /api/validate`, by a merchant with its own token. */
export const MerchantValidationRequest = z.object(validation);
export type MerchantValidationRequest = z.infer<typeof MerchantValidationRequest>;
/** `GET /api/validate`: what a merchant's own page shows. */
export const MerchantPage = z.object({
  merchant_id: z.string(),
  name: z.string(),
  currency: z.string(),
  /** What it may still give in this civil month; null: no limit. */
  left_this_month_minor: minor.nullable(),
});
export type MerchantPage = z.infer<typeof MerchantPage>;
/** `POST /api/money/validations/{validation_id}/revoke` */
export const RevokeRequest = z.object({ reason });
export type RevokeRequest = z.infer<typeof RevokeRequest>;
export const ValidationView = z.object({
  validation_id: z.string(),
  merchant_id: z.string(),
  session_id: z.string().nullable(),
  plate: z.string().nullable(),
  kind: z.enum(validationKinds),
  value: minor,
  state: z.enum(validationStates),
  issued_at: instant,
  issued_by: z.string(),
  /** What it came to when it was used. */
  amount_minor: minor.nullable(),
});
export type ValidationView = z.infer<typeof ValidationView>;
/** `GET /api/money/validations?merchant_id=` */
export const ValidationsData = z.object({ validations: z.array(ValidationView) });
export type ValidationsData = z.infer<typeof ValidationsData>;
export const ValidationAnswer = z.object({ sentence: z.string(), validation_id: z.string() });
export type ValidationAnswer = z.infer<typeof ValidationAnswer>;

/** A change that was kept. */
export const KeptAnswer = z.object({ sentence: z.string() });
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/** `POST /api/money/online`: a page where the driver's phone pays. */
export const OfferRequest = z.object({ request_id: requestId, ...payable, gateway: id });
export type OfferRequest = z.infer<typeof OfferRequest>;
export const OfferAnswer = z.object({
  payment_id: z.string(),
  url: z.string(),
  amount_minor: minor,
  expires_at: instant,
});
export type OfferAnswer = z.infer<typeof OfferAnswer>;

/** `GET /api/money/balance`: the trial balance, and what does not hold. */
export const BalanceData = z.object({
  currency: z.string(),
  accounts: z.array(z.object({ account: z.string(), minor: z.number().int() })),
  /** Must be 0. */
  sum_minor: z.number().int(),
  /** One sentence for each thing that does not hold; empty: the books balance. */
  complaints: z.array(z.string()),
});
export type BalanceData = z.infer<typeof BalanceData>;

/** What `gatehouse money` asks of the daemon; whoever may open its socket is trusted as a supervisor. */
export const moneyRequests = [
  z.object({ verb: z.literal("money-balance") }),
  z.object({ verb: z.literal("money-payments"), session_id: id.nullable() }),
  z.object({ verb: z.literal("money-refunds") }),
  z.object({ verb: z.literal("money-debts"), plate: z.string().max(20).nullable() }),
  z.object({
    verb: z.literal("money-refund"),
    request_id: requestId,
    payment_id: id,
    amount_minor: amount.nullable(),
    kind: z.enum(["refund", "void"]),
    till_id: id.nullable(),
    reason,
    actor: id,
  }),
  z.object({
    verb: z.literal("money-decide"),
    payment_id: id,
    outcome: z.enum(["captured", "not-captured"]),
    reason,
    actor: id,
  }),
] as const;
