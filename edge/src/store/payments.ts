import { and, desc, eq, gte, inArray, type InferSelectModel, notInArray, sql } from "drizzle-orm";
import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import { acceptedStatuses, type PaymentStatus } from "../domain/payment.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { payments } from "./schema.ts";

export type Payment = Omit<InferSelectModel<typeof payments>, "status" | "paymentMethod"> & {
  readonly status: PaymentStatus;
  readonly paymentMethod: PaymentMethod;
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
  ofSubject: db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.purpose, sql.placeholder("purpose")),
        eq(payments.subjectId, sql.placeholder("subjectId")),
      ),
    )
    .orderBy(payments.startedAt)
    .prepare(),
  byRequest: db
    .select()
    .from(payments)
    .where(eq(payments.requestId, sql.placeholder("requestId")))
    .prepare(),
  withStatus: db
    .select()
    .from(payments)
    .where(eq(payments.status, sql.placeholder("status")))
    .orderBy(payments.startedAt)
    .prepare(),
  latest: db
    .select()
    .from(payments)
    .orderBy(desc(payments.startedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  takenFrom: db
    .select({ sum: sql<number>`coalesce(sum(${payments.amount}), 0)` })
    .from(payments)
    .where(
      and(
        eq(payments.paymentMethod, sql.placeholder("method")),
        eq(payments.terminalId, sql.placeholder("place")),
        inArray(payments.status, [...acceptedStatuses]),
        gte(payments.startedAt, sql.placeholder("since")),
      ),
    )
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
      and(
        inArray(payments.status, [...acceptedStatuses]),
        notInArray(payments.paymentMethod, ["nil", "validation"]),
        gte(payments.processedAt, sql.placeholder("since")),
      ),
    )
    .prepare(),
}));

export const insertPayment = (tx: Tx, payment: Payment): void => rows.insert(tx, payment);
export const savePayment = (tx: Tx, payment: Payment): void => rows.save(tx, payment);

export const findPayment = (reader: Reader, id: string): Payment | undefined =>
  statements(reader).find.get({ id }) as Payment | undefined;

export const paymentsOf = (reader: Reader, sessionId: string): Payment[] =>
  statements(reader).ofSession.all({ sessionId }) as Payment[];

/** What was tried for a violation, an account, a subscription; oldest first. */
export const paymentsFor = (
  reader: Reader,
  purpose: Payment["purpose"],
  subjectId: string,
): Payment[] => statements(reader).ofSubject.all({ purpose, subjectId }) as Payment[];

/** The payment that a press of a page has made already. */
export const findPaymentByRequest = (reader: Reader, requestId: string): Payment | undefined =>
  statements(reader).byRequest.get({ requestId }) as Payment | undefined;

export const paymentsWith = (reader: Reader, status: PaymentStatus): Payment[] =>
  statements(reader).withStatus.all({ status }) as Payment[];

/** Newest first. */
export const latestPayments = (reader: Reader, limit: number): Payment[] =>
  statements(reader).latest.all({ limit }) as Payment[];

/** What one merchant, drawer or account has paid since then, whole minor units; what was reversed is not in it. */
export const takenFromSince = (
  reader: Reader,
  method: PaymentMethod,
  place: string,
  since: number,
): number => statements(reader).takenFrom.get({ method, place, since })?.sum ?? 0;

/** Charges whose outcome is not known: each is resolved by asking, never by charging again. */
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
