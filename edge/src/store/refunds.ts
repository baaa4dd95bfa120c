import { asc, desc, eq, type InferSelectModel, inArray, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { refunds } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type Refund = InferSelectModel<typeof refunds>;

const rows = writerOf(refunds);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(refunds)
    .where(eq(refunds.refundId, sql.placeholder("id")))
    .prepare(),
  ofPayment: db
    .select()
    .from(refunds)
    .where(eq(refunds.paymentId, sql.placeholder("paymentId")))
    .orderBy(asc(refunds.requestedAt))
    .prepare(),
  underWay: db
    .select()
    .from(refunds)
    .where(inArray(refunds.status, ["started", "unknown"]))
    .orderBy(asc(refunds.requestedAt))
    .prepare(),
  latest: db
    .select()
    .from(refunds)
    .orderBy(desc(refunds.requestedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

export const insertRefund = (tx: Tx, refund: Refund): void => rows.insert(tx, refund);
export const saveRefund = (tx: Tx, refund: Refund): void => rows.save(tx, refund);

export const findRefund = (reader: Reader, id: string): Refund | undefined =>
  statements(reader).find.get({ id });

export const refundsOf = (reader: Reader, paymentId: string): Refund[] =>
  statements(reader).ofPayment.all({ paymentId });

/** Asked for at a terminal or a gateway, and not yet known to be done: each is enquired, never repeated. */
export const refundsUnderWay = (reader: Reader): Refund[] => statements(reader).underWay.all();

export const latestRefunds = (reader: Reader, limit: number): Refund[] =>
  statements(reader).latest.all({ limit });
