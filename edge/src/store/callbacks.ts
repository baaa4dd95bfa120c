import { and, asc, count, eq, inArray, type InferSelectModel, lt, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { callbacks } from "./callback-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type CallbackRow = InferSelectModel<typeof callbacks>;

const rows = writerOf(callbacks);
const statements = prepared((db) => ({
  ofEvent: db
    .select()
    .from(callbacks)
    .where(
      and(
        eq(callbacks.gateway, sql.placeholder("gateway")),
        eq(callbacks.eventId, sql.placeholder("eventId")),
      ),
    )
    .prepare(),
  waiting: db
    .select()
    .from(callbacks)
    .where(eq(callbacks.state, "received"))
    .orderBy(asc(callbacks.attempts), asc(callbacks.receivedAt), asc(callbacks.callbackId))
    .limit(sql.placeholder("limit"))
    .offset(sql.placeholder("offset"))
    .prepare(),
  unbelieved: db
    .select({ count: count() })
    .from(callbacks)
    .where(and(eq(callbacks.state, "refused"), sql`${callbacks.eventId} is null`))
    .prepare(),
  dropUnbelieved: db
    .delete(callbacks)
    .where(
      inArray(
        callbacks.callbackId,
        sql`(select callback_id from callbacks where state = 'refused' and event_id is null
             order by received_at, callback_id limit ${sql.placeholder("excess")})`,
      ),
    )
    .prepare(),
  dropBefore: db
    .delete(callbacks)
    .where(
      inArray(
        callbacks.callbackId,
        db
          .select({ id: callbacks.callbackId })
          .from(callbacks)
          .where(
            and(
              inArray(callbacks.state, ["handled", "refused"]),
              lt(callbacks.receivedAt, sql.placeholder("before")),
            ),
          )
          .limit(sql.placeholder("limit")),
      ),
    )
    .prepare(),
}));

/** @throws SqliteError when its event is there already */
export const insertCallback = (tx: Tx, row: CallbackRow): void => rows.insert(tx, row);
export const saveCallback = (tx: Tx, row: CallbackRow): void => rows.save(tx, row);

export const findEvent = (
  reader: Reader,
  gateway: string,
  eventId: string,
): CallbackRow | undefined => statements(reader).ofEvent.get({ gateway, eventId });

/** Those that nobody has handled yet: first those that never made trouble, oldest first. @param offset how many of them to leave out */
export const listWaiting = (reader: Reader, limit: number, offset: number): CallbackRow[] =>
  statements(reader).waiting.all({ limit, offset });

/** Drops the oldest that were not believed, beyond `keep`: anybody can send those. */
export function dropUnbelieved(tx: Tx, keep: number): void {
  const excess = (statements(tx).unbelieved.get()?.count ?? 0) - keep;
  if (excess <= 0) return;
  tx.step();
  statements(tx).dropUnbelieved.run({ excess });
}

/** Drops at most `limit` that came before and are done with. @returns how many */
export function dropCallbacksBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  return statements(tx).dropBefore.run({ before, limit }).changes;
}
