import { sql } from "drizzle-orm";
import { date, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { facilityId, moment, whole } from "./columns.ts";

/*
 * Money as the facilities' ledgers tell it. Amounts are whole minor units; a `day` is the one at the facility. Nothing
 * is kept of a card but its last four digits.
 */

/** The books of every facility, in double entry: a debit is above zero. Its key is the place in the ledger. */
export const postings = pgTable(
  "postings",
  {
    facilityId: facilityId(),
    epoch: whole().notNull(),
    seq: whole().notNull(),
    /** From 0 in its entry. */
    line: integer().notNull(),
    at: moment().notNull(),
    day: date({ mode: "string" }).notNull(),
    entryId: text().notNull(),
    /** charge, capture, refund, drop… */
    kind: text().notNull(),
    account: text().notNull(),
    subject: text(),
    minor: whole().notNull(),
    currency: text().notNull(),
    /** Tax rate in parts per million. */
    ratePpm: integer(),
    paymentId: text(),
    sessionId: text(),
    shiftId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.epoch, table.seq, table.line] }),
    index("postings_by_day").on(table.facilityId, table.day),
    index("postings_of_account").on(table.facilityId, table.account, table.subject),
  ],
);

export const refunds = pgTable(
  "refunds",
  {
    facilityId: facilityId(),
    refundId: text().notNull(),
    paymentId: text().notNull(),
    sessionId: text(),
    amountMinor: whole().notNull(),
    /** requested, started, done, refused, failed, unknown */
    status: text().notNull(),
    reason: text().notNull(),
    requestedBy: text().notNull(),
    approvedBy: text(),
    providerRef: text(),
    changedAt: moment().notNull(),
    /** The day of the newest change: while it is done, the day on which it went. */
    changedOn: date({ mode: "string" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.refundId] }),
    index("refunds_of_payment").on(table.facilityId, table.paymentId),
    index("refunds_by_day").on(table.facilityId, table.changedOn),
    index("refunds_of_session").on(table.facilityId, table.sessionId),
  ],
);

/** Receipts and other papers; `body` is what they say (contracts/documents.ts). */
export const documents = pgTable(
  "documents",
  {
    facilityId: facilityId(),
    documentId: text().notNull(),
    deviceId: text().notNull(),
    kind: text().notNull(),
    number: whole().notNull(),
    sessionId: text(),
    paymentId: text(),
    token: text().notNull(),
    body: jsonb().notNull(),
    issuedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.documentId] }),
    index("documents_by_token").on(table.facilityId, table.token),
    index("documents_of_session").on(table.facilityId, table.sessionId),
    index("documents_by_time").on(table.facilityId, table.issuedAt, table.kind),
  ],
);

export const shifts = pgTable(
  "shifts",
  {
    facilityId: facilityId(),
    shiftId: text().notNull(),
    drawerId: text().notNull(),
    operator: text().notNull(),
    /** open, counted, closed; null until a line tells it */
    state: text(),
    openedAt: moment(),
    closedAt: moment(),
    floatMinor: whole(),
    expectedMinor: whole(),
    countedMinor: whole(),
    zNumber: whole(),
    /** Empty until it is closed. The signature is base 64, Ed25519 over the report's canonical text. */
    report: jsonb().notNull().default({}),
    signature: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.shiftId] }),
    index("shifts_closed").on(table.facilityId, table.drawerId, table.zNumber),
  ],
);

export const violations = pgTable(
  "violations",
  {
    facilityId: facilityId(),
    violationId: text().notNull(),
    sessionId: text(),
    violationType: text().notNull(),
    status: text().notNull(),
    penaltyMinor: whole().notNull(),
    plate: text(),
    reason: text().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.violationId] }),
    index("violations_by_status").on(table.facilityId, table.status),
    index("violations_of_session").on(table.facilityId, table.sessionId),
  ],
);

/** What drivers left owing; `currency` stands with each. */
export const debts = pgTable(
  "debts",
  {
    facilityId: facilityId(),
    noteId: text().notNull(),
    sessionId: text().notNull(),
    plate: text(),
    amountMinor: whole().notNull(),
    currency: text().notNull(),
    /** open, paid, written-off */
    state: text().notNull(),
    reason: text().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.noteId] }),
    index("debts_open")
      .on(table.facilityId)
      .where(sql`state = 'open'`),
    index("debts_of_session").on(table.facilityId, table.sessionId),
  ],
);

/** Callbacks of payment gateways that were put into the mailbox: each is handed on once, as a directive. */
export const callbacks = pgTable(
  "callbacks",
  {
    facilityId: facilityId(),
    gateway: text().notNull(),
    /** Hex, of the body's bytes. */
    bodySha256: text().notNull(),
    /** The directive it became. */
    number: integer().notNull(),
    receivedAt: moment().notNull(),
    /** How often it came again. */
    repeats: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.gateway, table.bodySha256] })],
);
