import { and, asc, desc, eq, inArray, type InferSelectModel, sql } from "drizzle-orm";
import type { OnlineState } from "../domain/online-payment.ts";
import type { Reader, Tx } from "./book.ts";
import { onlinePayments, onlineRefs } from "./callback-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type OnlinePayment = InferSelectModel<typeof onlinePayments>;

const rows = writerOf(onlinePayments);
const refs = writerOf(onlineRefs);
const unsettled: readonly OnlineState[] = ["open", "processing"];
const statements = prepared((db) => ({
  find: db
    .select()
    .from(onlinePayments)
    .where(eq(onlinePayments.paymentId, sql.placeholder("id")))
    .prepare(),
  unsettled: db
    .select()
    .from(onlinePayments)
    .where(inArray(onlinePayments.state, [...unsettled]))
    .orderBy(desc(onlinePayments.offeredAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  refsOf: db
    .select({ ref: onlineRefs.ref })
    .from(onlineRefs)
    .where(eq(onlineRefs.paymentId, sql.placeholder("paymentId")))
    .orderBy(asc(onlineRefs.ref))
    .prepare(),
  ofRef: db
    .select({ paymentId: onlineRefs.paymentId })
    .from(onlineRefs)
    .where(
      and(
        eq(onlineRefs.gateway, sql.placeholder("gateway")),
        eq(onlineRefs.ref, sql.placeholder("ref")),
      ),
    )
    .prepare(),
}));

export const insertOnlinePayment = (tx: Tx, row: OnlinePayment): void => rows.insert(tx, row);
export const saveOnlinePayment = (tx: Tx, row: OnlinePayment): void => rows.save(tx, row);

export const findOnlinePayment = (reader: Reader, id: string): OnlinePayment | undefined =>
  statements(reader).find.get({ id });

/** Those that are neither paid nor ended, newest first: each is asked about until it is. */
export const listUnsettled = (reader: Reader, limit: number): OnlinePayment[] =>
  statements(reader).unsettled.all({ limit });

/** Notes a gateway's name of a payment; the first payment that it is noted for keeps it. */
export const noteRef = (tx: Tx, gateway: string, ref: string, paymentId: string): boolean =>
  refs.insertNew(tx, { gateway, ref, paymentId });

/** @returns the payment that a gateway's name of an offer or a charge belongs to */
export const paymentOfRef = (reader: Reader, gateway: string, ref: string): string | undefined =>
  statements(reader).ofRef.get({ gateway, ref })?.paymentId;

/** The gateway's names of a payment: its offer, where it has one, and its charges. */
export const refsOf = (reader: Reader, paymentId: string): string[] =>
  statements(reader)
    .refsOf.all({ paymentId })
    .map(({ ref }) => ref);
