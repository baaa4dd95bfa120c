import type { SubscriptionState } from "@gatehouse/shared/contracts/money-terms";
import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Account } from "../domain/money/chart.ts";
import { flag, json } from "./columns.ts";

/*
 * Money. Amounts are whole minor units of the facility's currency, instants whole milliseconds UTC. Nothing is
 * kept of a card but a token and its last four digits.
 */

/** The books: every movement, in double entry. A debit is above zero; the lines of an entry sum to nothing. */
export const postings = sqliteTable(
  "postings",
  {
    entryId: text("entry_id").notNull(),
    line: integer("line").notNull(),
    at: integer("at").notNull(),
    kind: text("kind").notNull(),
    account: text("account").$type<Account>().notNull(),
    /** What the account is about here: a session, a drawer, a terminal, a merchant… */
    subject: text("subject"),
    minor: integer("minor").notNull(),
    currency: text("currency").notNull(),
    /** Tax rate in parts per million; null where none is meant. */
    ratePpm: integer("rate_ppm"),
    paymentId: text("payment_id"),
    sessionId: text("session_id"),
    shiftId: text("shift_id"),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.line] }),
    index("postings_account").on(table.account, table.subject),
    index("postings_at").on(table.at),
    index("postings_shift").on(table.shiftId),
    index("postings_payment").on(table.paymentId),
  ],
);

/** Money to be given back. Above a limit a second person agrees before it goes. */
export const refunds = sqliteTable(
  "refunds",
  {
    refundId: text("refund_id").primaryKey(),
    paymentId: text("payment_id").notNull(),
    sessionId: text("session_id"),
    amount: integer("amount").notNull(),
    currency: text("currency").notNull(),
    status: text("status")
      .$type<"requested" | "started" | "done" | "refused" | "failed" | "unknown">()
      .notNull(),
    reason: text("reason").notNull(),
    requestedBy: text("requested_by").notNull(),
    approvedBy: text("approved_by"),
    requestedAt: integer("requested_at").notNull(),
    processedAt: integer("processed_at"),
    /** The terminal's receipt, the gateway's own id. */
    providerRef: text("provider_ref"),
    shiftId: text("shift_id"),
    details: json("details").notNull(),
  },
  (table) => [
    index("refunds_payment").on(table.paymentId),
    index("refunds_status").on(table.status),
  ],
);

/** Receipts, invoices, refund notes, shift reports, debt notes: numbered without a gap on each device, never changed. */
export const documents = sqliteTable(
  "documents",
  {
    documentId: text("document_id").primaryKey(),
    deviceId: text("device_id").notNull(),
    kind: text("kind")
      .$type<"receipt" | "invoice" | "refund" | "shift-report" | "debt-note">()
      .notNull(),
    number: integer("number").notNull(),
    issuedAt: integer("issued_at").notNull(),
    sessionId: text("session_id"),
    paymentId: text("payment_id"),
    /** What the code on the paper leads to; cannot be guessed. */
    token: text("token").notNull(),
    body: json("body").notNull(),
    /** How many copies were made after the first. */
    reprints: integer("reprints").notNull(),
  },
  (table) => [
    uniqueIndex("documents_number").on(table.deviceId, table.kind, table.number),
    uniqueIndex("documents_token").on(table.token),
    index("documents_session").on(table.sessionId),
    index("documents_payment").on(table.paymentId),
  ],
);

/** One person at one drawer, from the float to the count. */
export const shifts = sqliteTable(
  "shifts",
  {
    shiftId: text("shift_id").primaryKey(),
    drawerId: text("drawer_id").notNull(),
    operator: text("operator").notNull(),
    state: text("state").$type<"open" | "counted" | "closed">().notNull(),
    openedAt: integer("opened_at").notNull(),
    closedAt: integer("closed_at"),
    float: integer("float").notNull(),
    /** As counted at the end. */
    counted: integer("counted"),
    /** As the books say the drawer should hold. */
    expected: integer("expected"),
    /** The shift that this one relieved at the same drawer. */
    relieves: text("relieves"),
    /** Gap-free for each drawer. */
    zNumber: integer("z_number"),
    report: json("report"),
    /** Ed25519 over the canonical text of the report. */
    signature: text("signature"),
  },
  (table) => [
    uniqueIndex("shifts_open")
      .on(table.drawerId)
      .where(sql`state <> 'closed'`),
    uniqueIndex("shifts_report")
      .on(table.drawerId, table.zNumber)
      .where(sql`z_number is not null`),
    index("shifts_opened").on(table.openedAt),
  ],
);

export const violations = sqliteTable(
  "violations",
  {
    violationId: text("violation_id").primaryKey(),
    sessionId: text("session_id"),
    violationType: text("violation_type").notNull(),
    penaltyAmount: integer("penalty_amount").notNull(),
    status: text("status").notNull(),
    detectedAt: integer("detected_at").notNull(),
    resolvedAt: integer("resolved_at"),
    violationDetails: json("violation_details").notNull(),
    plate: text("plate"),
    spaceId: text("space_id"),
    currency: text("currency").notNull(),
    issuedAt: integer("issued_at"),
    /** Paid until then it costs less. */
    discountUntil: integer("discount_until"),
    dueAt: integer("due_at"),
    /** Steps of escalation taken so far. */
    escalation: integer("escalation").notNull(),
  },
  (table) => [
    uniqueIndex("violations_subject").on(table.violationType, table.sessionId),
    index("violations_status").on(table.status),
    index("violations_plate").on(table.plate),
  ],
);

/** Shops, cinemas, offices that pay for their visitors' parking. */
export const merchants = sqliteTable("merchants", {
  merchantId: text("merchant_id").primaryKey(),
  name: text("name").notNull(),
  /** Most that it pays for one stay; null: all. */
  stayCap: integer("stay_cap"),
  /** Most that it pays in one civil month; null: no limit. */
  monthCap: integer("month_cap"),
  isActive: flag("is_active").notNull(),
  /** SHA-256 of the merchant's own token for the validation page. */
  tokenHash: text("token_hash"),
});

/** What one merchant gives to one stay. It never raises a price, and can be taken back until it was used. */
export const validations = sqliteTable(
  "validations",
  {
    validationId: text("validation_id").primaryKey(),
    merchantId: text("merchant_id").notNull(),
    kind: text("kind").$type<"minutes" | "amount" | "percent" | "all">().notNull(),
    /** Minutes, minor units or percent; 0 for all. */
    value: integer("value").notNull(),
    state: text("state").$type<"issued" | "used" | "revoked" | "expired">().notNull(),
    /** What a driver shows; null where it was given to a session at once. */
    code: text("code"),
    sessionId: text("session_id"),
    /** The payment it became. */
    paymentId: text("payment_id"),
    issuedAt: integer("issued_at").notNull(),
    expiresAt: integer("expires_at"),
    usedAt: integer("used_at"),
    issuedBy: text("issued_by").notNull(),
  },
  (table) => [
    uniqueIndex("validations_code")
      .on(table.code)
      .where(sql`code is not null`),
    index("validations_session").on(table.sessionId),
    index("validations_merchant").on(table.merchantId, table.issuedAt),
  ],
);

/** Stored value and means of payment on file: tokens of a gateway, never a card. */
export const valueAccounts = sqliteTable("value_accounts", {
  accountId: text("account_id").primaryKey(),
  holder: text("holder").notNull(),
  isActive: flag("is_active").notNull(),
  /** Always what the books say of `stored-value` for this account. */
  balance: integer("balance").notNull(),
  gateway: text("gateway"),
  customerRef: text("customer_ref"),
  meansRef: text("means_ref"),
  lastFour: text("last_four"),
  /** Most that is accepted without the gateway's answer; 0: nothing. */
  floorLimit: integer("floor_limit").notNull(),
  /** Below this the account is loaded by `topUpMinor` from its means; null: never. */
  topUpBelow: integer("top_up_below"),
  topUpMinor: integer("top_up_minor"),
});

/** A plate pays from one account at most. */
export const valueAccountPlates = sqliteTable("value_account_plates", {
  plate: text("plate").primaryKey(),
  accountId: text("account_id").notNull(),
});

/** A permit that is paid by the period, renewed by itself. */
export const subscriptions = sqliteTable(
  "subscriptions",
  {
    subscriptionId: text("subscription_id").primaryKey(),
    permitId: text("permit_id").notNull(),
    accountId: text("account_id").notNull(),
    price: integer("price").notNull(),
    ratePpm: integer("rate_ppm").notNull(),
    period: text("period").$type<"week" | "month" | "year">().notNull(),
    state: text("state").$type<SubscriptionState>().notNull(),
    /** The permit is paid until then. */
    paidUntil: integer("paid_until").notNull(),
    nextTryAt: integer("next_try_at").notNull(),
    tries: integer("tries").notNull(),
    graceDays: integer("grace_days").notNull(),
  },
  (table) => [
    uniqueIndex("subscriptions_permit").on(table.permitId),
    index("subscriptions_next").on(table.nextTryAt),
  ],
);

/** A driver who could not pay left with a promise; what is owed stays with the session. */
export const debtNotes = sqliteTable(
  "debt_notes",
  {
    noteId: text("note_id").primaryKey(),
    sessionId: text("session_id").notNull(),
    plate: text("plate"),
    /** As the driver said; null where nobody could ask. */
    name: text("name"),
    contact: text("contact"),
    amount: integer("amount").notNull(),
    currency: text("currency").notNull(),
    state: text("state").$type<"open" | "paid" | "written-off">().notNull(),
    reason: text("reason").notNull(),
    issuedAt: integer("issued_at").notNull(),
    issuedBy: text("issued_by").notNull(),
    settledAt: integer("settled_at"),
  },
  (table) => [
    uniqueIndex("debt_notes_session").on(table.sessionId),
    index("debt_notes_plate").on(table.plate),
    index("debt_notes_state").on(table.state),
  ],
);
