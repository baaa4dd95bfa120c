import { and, asc, eq, type InferSelectModel, inArray, lte, ne, sql } from "drizzle-orm";
import { runningStates } from "../domain/money/renewal.ts";
import { permits } from "./access-schema.ts";
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
  ofPermit: db
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.permitId, sql.placeholder("permitId")))
    .prepare(),
  ofAccount: db
    .select()
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.accountId, sql.placeholder("accountId")),
        ne(subscriptions.state, "cancelled"),
      ),
    )
    .limit(1)
    .prepare(),
  due: db
    .select()
    .from(subscriptions)
    .where(
      and(
        inArray(subscriptions.state, [...runningStates]),
        lte(subscriptions.nextTryAt, sql.placeholder("now")),
      ),
    )
    .orderBy(asc(subscriptions.nextTryAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  all: db
    .select()
    .from(subscriptions)
    .orderBy(asc(subscriptions.paidUntil))
    .limit(sql.placeholder("limit"))
    .prepare(),
  setValidity: db
    .update(permits)
    .set({ validUntil: sql`${sql.placeholder("until")}` })
    .where(eq(permits.permitId, sql.placeholder("permitId")))
    .prepare(),
}));

export const saveSubscription = (tx: Tx, subscription: Subscription): void =>
  rows.save(tx, subscription);

export const findSubscription = (reader: Reader, id: string): Subscription | undefined =>
  statements(reader).find.get({ id });

/** What renews a permit; a permit has one at most. */
export const subscriptionOfPermit = (reader: Reader, permitId: string): Subscription | undefined =>
  statements(reader).ofPermit.get({ permitId });

/** One that is paid from an account, if any is. */
export const subscriptionOfAccount = (
  reader: Reader,
  accountId: string,
): Subscription | undefined => statements(reader).ofAccount.get({ accountId });

/** Those that are to be asked for by now, longest waiting first. */
export const dueSubscriptions = (reader: Reader, now: number, limit: number): Subscription[] =>
  statements(reader).due.all({ now, limit });

/** Those that end soonest first. */
export const listSubscriptions = (reader: Reader, limit: number): Subscription[] =>
  statements(reader).all.all({ limit });

/** A permit that is paid by the period holds until then. */
export function setPermitValidity(tx: Tx, permitId: string, until: number): void {
  tx.step();
  statements(tx).setValidity.run({ permitId, until });
}
