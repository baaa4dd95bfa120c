import { and, eq, gte, inArray, type InferSelectModel, sql } from "drizzle-orm";
import type { PaymentStatus } from "../domain/payment.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { payments } from "./schema.ts";

export type Payment = Omit<InferSelectModel<typeof payments>, "status"> & {
  readonly status: PaymentStatus;
};

const rows = writerOf(payments);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(payments)
    .where(eq(payments.paymentId, sql.placeholder("id")))
    .prepare(),
  ofSession: db
    .select()
    .from(payments)
    .where(eq(payments.sessionId, sql.placeholder("sessionId")))
    .orderBy(payments.startedAt)
    .prepare(),
  unresolved: db
    .select()
    .from(payments)
    .where(inArray(payments.status, ["started", "unknown"]))
    .prepare(),
  receipt: db
    .select({ paymentId: payments.paymentId })
    .from(payments)
    .where(
      and(
        eq(payments.terminalId, sql.placeholder("terminalId")),
        eq(payments.transactionId, sql.placeholder("transactionId")),
        gte(payments.startedAt, sql.placeholder("since")),
      ),
    )
    .prepare(),
  capturedSince: db
    .select({
      sum: sql<number>`coalesce(sum(${payments.amount}), 0)`,
      count: sql<number>`count(*)`,
    })
    .from(payments)
    .where(
      and(eq(payments.status, "captured"), gte(payments.processedAt, sql.placeholder("since"))),
    )
    .prepare(),
}));

export const insertPayment = (tx: Tx, payment: Payment): void => rows.insert(tx, payment);
export const savePayment = (tx: Tx, payment: Payment): void => rows.save(tx, payment);

export const findPayment = (reader: Reader, id: string): Payment | undefined =>
  statements(reader).find.get({ id }) as Payment | undefined;

export const paymentsOf = (reader: Reader, sessionId: string): Payment[] =>
  statements(reader).ofSession.all({ sessionId }) as Payment[];

/** Charges whose outcome is not known: each is resolved by asking the terminal, never by charging again. */
export const listUnresolved = (reader: Reader): Payment[] =>
  statements(reader).unresolved.all() as Payment[];

/** Whether a receipt of a terminal already pays for something since that moment. */
export const receiptUsed = (
  reader: Reader,
  terminalId: string,
  transactionId: string,
  since: number,
): boolean => statements(reader).receipt.get({ terminalId, transactionId, since }) !== undefined;

export function takingsSince(
  reader: Reader,
  since: number,
): { capturedMinor: number; count: number } {
  const row = statements(reader).capturedSince.get({ since });
  return { capturedMinor: row?.sum ?? 0, count: row?.count ?? 0 };
}
