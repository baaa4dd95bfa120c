import { and, asc, eq, gte, like, lt, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { debtNotes, documents, refunds } from "./money-schema.ts";
import type { Payment } from "./payments.ts";
import { prepared, writerOf } from "./rows.ts";
import { decisions } from "./passage-schema.ts";
import { payments } from "./schema.ts";
import { shiftMoves } from "./shift-schema.ts";

export type ShiftMoveRow = typeof shiftMoves.$inferSelect;

const moveRows = writerOf(shiftMoves);
const statements = prepared((db) => ({
  move: db
    .select()
    .from(shiftMoves)
    .where(eq(shiftMoves.requestId, sql.placeholder("requestId")))
    .prepare(),
  moves: db
    .select()
    .from(shiftMoves)
    .where(eq(shiftMoves.shiftId, sql.placeholder("shiftId")))
    .orderBy(asc(shiftMoves.at), sql`rowid`)
    .prepare(),
  payments: db
    .select()
    .from(payments)
    .where(eq(payments.shiftId, sql.placeholder("shiftId")))
    .orderBy(asc(payments.startedAt))
    .prepare(),
  refunds: db
    .select({ refund: refunds, method: payments.paymentMethod })
    .from(refunds)
    .innerJoin(payments, eq(payments.paymentId, refunds.paymentId))
    .where(eq(refunds.shiftId, sql.placeholder("shiftId")))
    .orderBy(asc(refunds.requestedAt))
    .prepare(),
  receipts: db
    .select({ body: documents.body })
    .from(documents)
    .innerJoin(payments, eq(payments.paymentId, documents.paymentId))
    .where(and(eq(documents.kind, "receipt"), eq(payments.shiftId, sql.placeholder("shiftId"))))
    .prepare(),
  refundNotes: db
    .select({ body: documents.body })
    .from(documents)
    .innerJoin(
      refunds,
      // A note is issued in the transaction that ends its refund.
      and(eq(refunds.paymentId, documents.paymentId), eq(refunds.processedAt, documents.issuedAt)),
    )
    .where(and(eq(documents.kind, "refund"), eq(refunds.shiftId, sql.placeholder("shiftId"))))
    .prepare(),
  numbers: db
    .select({
      first: sql<number | null>`min(${documents.number})`,
      last: sql<number | null>`max(${documents.number})`,
    })
    .from(documents)
    .innerJoin(payments, eq(payments.paymentId, documents.paymentId))
    .where(
      and(
        eq(documents.deviceId, sql.placeholder("tillId")),
        eq(documents.kind, "receipt"),
        eq(payments.shiftId, sql.placeholder("shiftId")),
      ),
    )
    .prepare(),
  byHand: db
    .select()
    .from(decisions)
    .where(
      and(
        gte(decisions.at, sql.placeholder("from")),
        lt(decisions.at, sql.placeholder("until")),
        like(decisions.reason, "by-hand:%"),
      ),
    )
    .orderBy(asc(decisions.at))
    .prepare(),
  debts: db
    .select()
    .from(debtNotes)
    .where(
      and(
        gte(debtNotes.issuedAt, sql.placeholder("from")),
        lt(debtNotes.issuedAt, sql.placeholder("until")),
        eq(debtNotes.issuedBy, sql.placeholder("operator")),
      ),
    )
    .orderBy(asc(debtNotes.issuedAt))
    .prepare(),
}));

/** @throws SqliteError when the same press was written before */
export const insertShiftMove = (tx: Tx, move: ShiftMoveRow): void => moveRows.insert(tx, move);

/** What the same press has done already. */
export const findShiftMove = (reader: Reader, requestId: string): ShiftMoveRow | undefined =>
  statements(reader).move.get({ requestId });

export const movesOfShift = (reader: Reader, shiftId: string): ShiftMoveRow[] =>
  statements(reader).moves.all({ shiftId });

/** Payments that stand in a shift's report, whatever became of them. */
export const paymentsOfShift = (reader: Reader, shiftId: string): Payment[] =>
  statements(reader).payments.all({ shiftId }) as Payment[];

/** What was given back in a shift, and how the money had come. */
export const refundsOfShift = (reader: Reader, shiftId: string) =>
  statements(reader).refunds.all({ shiftId });

/** Bodies of the receipts of a shift's payments. */
export const receiptsOfShift = (reader: Reader, shiftId: string) =>
  statements(reader).receipts.all({ shiftId });

/** Bodies of the refund notes of what a shift gave back. */
export const refundNotesOfShift = (reader: Reader, shiftId: string) =>
  statements(reader).refundNotes.all({ shiftId });

/** First and last receipt of a till in a shift; null where it gave none. */
export const receiptNumbers = (
  reader: Reader,
  tillId: string,
  shiftId: string,
): { first: number | null; last: number | null } =>
  statements(reader).numbers.get({ tillId, shiftId }) ?? { first: null, last: null };

/** A time of a shift, its end exclusive: the next shift may begin at that very moment. Milliseconds UTC. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** Decisions to open a gate by hand within a time; who decided stands in the ledger. */
export const openingsByHand = (reader: Reader, span: Span) =>
  statements(reader).byHand.all({ ...span });

/** Debts that a person wrote within a time. */
export const debtsOf = (reader: Reader, operator: string, span: Span) =>
  statements(reader).debts.all({ operator, ...span });
