import { z } from "zod";
import { paymentMethods, paymentPurposes } from "./money-terms.ts";
import { amount, id, instant, minor, reason, requestId } from "./money-values.ts";

/*
 * What people do with money at a facility. Amounts are whole minor units of its currency. Every request that changes
 * something carries a `request_id` made for the press: the same one again is the same act and gets the same answer.
 */

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
  /** What merchants take off when it is paid: it is not in `due_minor` any more. */
  given_minor: minor,
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
  /** Of a merchant's: what it gave, which can be taken back until the vehicle has left. */
  validation_id: z.string().nullable(),
  change_owed_minor: minor,
});
export type PaymentView = z.infer<typeof PaymentView>;

/** `GET /api/money/payments?session_id=` or `?search=` (a plate, a receipt's number); without: the latest. */
export const PaymentsData = z.object({ payments: z.array(PaymentView) });
export type PaymentsData = z.infer<typeof PaymentsData>;

/** `POST /api/money/payments/{payment_id}/decide`: a person says what became of a payment that nobody can tell. */
export const DecideRequest = z.object({ outcome: z.enum(["captured", "not-captured"]), reason });
export type DecideRequest = z.infer<typeof DecideRequest>;

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
