import { and, asc, eq, type InferSelectModel, lte, ne, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { subscriptions } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type Subscription = InferSelectModel<typeof subscriptions>;

const rows = writerOf(subscriptions);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.subscriptionId, sql.placeholder("id")))
    .prepare(),
  all: db
    .select()
    .from(subscriptions)
    .orderBy(asc(subscriptions.permitId))
    .limit(sql.placeholder("limit"))
    .prepare(),
  due: db
    .select()
    .from(subscriptions)
    .where(
      and(
        ne(subscriptions.state, "cancelled"),
        lte(subscriptions.nextTryAt, sql.placeholder("now")),
      ),
    )
    .orderBy(asc(subscriptions.nextTryAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

export const saveSubscription = (tx: Tx, row: Subscription): void => rows.save(tx, row);

export const findSubscription = (reader: Reader, id: string): Subscription | undefined =>
  statements(reader).find.get({ id });

export const listSubscriptions = (reader: Reader, limit: number): Subscription[] =>
  statements(reader).all.all({ limit });

/** Those whose next period is to be asked for now. */
export const dueSubscriptions = (reader: Reader, now: number, limit: number): Subscription[] =>
  statements(reader).due.all({ now, limit });
