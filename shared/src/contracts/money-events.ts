import { z } from "zod";
import { Actor } from "./actor.ts";
import {
  disputeStates,
  documentKinds,
  paymentMethods,
  paymentPurposes,
  penaltyStatuses,
  refundStatuses,
  shiftMoves,
  subscriptionStates,
  validationKinds,
  validationStates,
  violationTypes,
} from "./money-terms.ts";

const instant = z.iso.datetime();
const minor = z.number().int().nonnegative();
const signed = z.number().int();

/** The payment that a line speaks of, and what it pays: a stay has a session, a renewal or a top-up has none. */
const payment = { payment_id: z.string(), session_id: z.string().nullable() };

/** What the ledger says of money. `entry-posted` holds the books themselves. */
export const moneyEventBodies = {
  "payment-started": z.object({
    ...payment,
    method: z.enum(paymentMethods),
    amount_minor: minor,
    currency: z.string(),
    /** The terminal, the gateway or the drawer; null where it needs none. */
    terminal_id: z.string().nullable(),
    /** Missing: a stay. */
    purpose: z.enum(paymentPurposes).optional(),
    /** What is paid where that is no stay: the violation, the account, the subscription. */
    subject_id: z.string().nullable().optional(),
  }),
  "payment-captured": z.object({
    ...payment,
    amount_minor: minor,
    receipt_number: z.string().nullable(),
    trace_number: z.string().nullable(),
    terminal_id: z.string().nullable(),
    card_last_four: z.string().nullable(),
    /** At once, by asking after a lost answer, by a gateway's callback, or because a person said so. */
    known_by: z.enum(["answer", "enquiry", "callback", "person"]),
  }),
  "payment-declined": z.object({ ...payment, result_code: z.string(), reason: z.string() }),
  "payment-unknown": z.object({ ...payment, detail: z.string() }),
  /** Let go without the bank's answer, under the floor limit; it is charged later. */
  "payment-accepted-offline": z.object({ ...payment, amount_minor: minor, detail: z.string() }),
  /** Taken back whole before it counted: a void, a revoked validation. */
  "payment-reversed": z.object({
    ...payment,
    amount_minor: minor,
    reason: z.string(),
    by: Actor,
  }),
  "payment-disputed": z.object({
    ...payment,
    amount_minor: minor,
    state: z.enum(disputeStates),
    detail: z.string(),
  }),
  /** Each step of a refund. Above the limit `approved_by` is another person than `requested_by`. */
  "refund-changed": z.object({
    ...payment,
    refund_id: z.string(),
    amount_minor: minor,
    status: z.enum(refundStatuses),
    reason: z.string(),
    requested_by: z.string(),
    approved_by: z.string().nullable(),
    provider_ref: z.string().nullable(),
  }),
  /** One movement of the books: its lines sum to nothing; a debit is above zero. */
  "entry-posted": z.object({
    entry_id: z.string(),
    kind: z.string(),
    currency: z.string(),
    payment_id: z.string().nullable(),
    session_id: z.string().nullable(),
    shift_id: z.string().nullable(),
    lines: z.array(
      z.object({
        account: z.string(),
        subject: z.string().nullable(),
        minor: signed,
        rate_ppm: z.number().int().nullable(),
      }),
    ),
  }),
  "document-issued": z.object({
    document_id: z.string(),
    device_id: z.string(),
    kind: z.enum(documentKinds),
    number: z.number().int().positive(),
    session_id: z.string().nullable(),
    payment_id: z.string().nullable(),
    token: z.string(),
    body: z.record(z.string(), z.unknown()),
  }),
  "document-reprinted": z.object({
    document_id: z.string(),
    copy: z.number().int().positive(),
    by: Actor,
  }),
  /** A shift from its float to its report. `amount_minor`: the float, what was moved, or what was counted. */
  "shift-changed": z.object({
    shift_id: z.string(),
    drawer_id: z.string(),
    operator: z.string(),
    move: z.enum(shiftMoves),
    amount_minor: minor,
    reason: z.string(),
    by: Actor,
  }),
  "shift-closed": z.object({
    shift_id: z.string(),
    drawer_id: z.string(),
    operator: z.string(),
    z_number: z.number().int().positive(),
    float_minor: minor,
    expected_minor: signed,
    counted_minor: minor,
    report: z.record(z.string(), z.unknown()),
    signature: z.string(),
  }),
  "violation-changed": z.object({
    violation_id: z.string(),
    session_id: z.string().nullable(),
    violation_type: z.enum(violationTypes),
    status: z.enum(penaltyStatuses),
    penalty_minor: minor,
    plate: z.string().nullable(),
    reason: z.string(),
    by: Actor,
    /** Of what shows it, which never changes; see contracts/violations. */
    evidence_sha256: z.string().optional(),
  }),
  "validation-changed": z.object({
    validation_id: z.string(),
    merchant_id: z.string(),
    session_id: z.string().nullable(),
    kind: z.enum(validationKinds),
    value: minor,
    state: z.enum(validationStates),
    reason: z.string(),
    by: Actor,
  }),
  "merchant-changed": z.object({
    merchant_id: z.string(),
    name: z.string(),
    stay_cap_minor: minor.nullable(),
    month_cap_minor: minor.nullable(),
    is_active: z.boolean(),
    /** Missing in older lines. */
    reason: z.string().optional(),
    /** Its token for the page of merchants was made anew; the token itself is told nowhere. */
    new_token: z.boolean().optional(),
    by: Actor,
  }),
  /** Never more of a means of payment than its last four digits. */
  "value-account-changed": z.object({
    account_id: z.string(),
    holder: z.string(),
    plates: z.array(z.string()),
    is_active: z.boolean(),
    floor_limit_minor: minor,
    last_four: z.string().nullable(),
    /** Missing in older lines. */
    reason: z.string().optional(),
    by: Actor,
  }),
  "subscription-changed": z.object({
    subscription_id: z.string(),
    permit_id: z.string(),
    account_id: z.string(),
    state: z.enum(subscriptionStates),
    price_minor: minor,
    paid_until: instant,
    reason: z.string(),
    by: Actor,
  }),
  /** A card terminal's batch was closed; null where it told its totals on paper only. */
  "terminal-day-ended": z.object({
    terminal_id: z.string(),
    currency: z.string(),
    totals: z
      .object({
        from_receipt: z.string(),
        to_receipt: z.string(),
        count: z.number().int().nonnegative(),
        amount_minor: minor,
      })
      .nullable(),
    by: Actor,
  }),
  /** A driver left with a promise, paid it, or nobody will. */
  "debt-changed": z.object({
    note_id: z.string(),
    session_id: z.string(),
    plate: z.string().nullable(),
    amount_minor: minor,
    currency: z.string(),
    state: z.enum(["open", "paid", "written-off"]),
    reason: z.string(),
    by: Actor,
  }),
} as const;
