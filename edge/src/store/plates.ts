import { and, asc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Confusion } from "../domain/plate-confusions.ts";
import type { Reader, Tx } from "./book.ts";
import { listEntries, permitPlates, reservations, visitors } from "./access-schema.ts";
import { plateConfusions, sessionReads } from "./plate-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type SessionRead = InferSelectModel<typeof sessionReads>;

const reads = writerOf(sessionReads);
const confusions = writerOf(plateConfusions);

const plate = sql.placeholder("plate");

const statements = prepared((db) => ({
  readsOf: db
    .select()
    .from(sessionReads)
    .where(eq(sessionReads.sessionId, sql.placeholder("sessionId")))
    .orderBy(asc(sessionReads.at))
    .prepare(),
  dropReads: db
    .delete(sessionReads)
    .where(
      sql`rowid in (select rowid from ${sessionReads} where ${sessionReads.at} < ${sql.placeholder("before")} limit ${sql.placeholder("limit")})`,
    )
    .prepare(),
  named: db
    .select({
      is: sql<number>`exists (select 1 from ${permitPlates} where ${permitPlates.plate} = ${plate})
        or exists (select 1 from ${listEntries} where ${listEntries.plate} = ${plate})
        or exists (select 1 from ${visitors} where ${visitors.plate} = ${plate})
        or exists (select 1 from ${reservations} where ${reservations.vehicleLicense} = ${plate}
          and ${reservations.status} in ('confirmed', 'allocated'))`,
    })
    .from(sql`(select 1)`)
    .prepare(),
  confusionsOf: db
    .select()
    .from(plateConfusions)
    .where(eq(plateConfusions.readerId, sql.placeholder("readerId")))
    .prepare(),
  confusion: db
    .select({ count: plateConfusions.count })
    .from(plateConfusions)
    .where(
      and(
        eq(plateConfusions.readerId, sql.placeholder("readerId")),
        eq(plateConfusions.read, sql.placeholder("read")),
        eq(plateConfusions.truth, sql.placeholder("truth")),
      ),
    )
    .prepare(),
}));

/** The same read twice is one. */
export const keepSessionRead = (tx: Tx, read: SessionRead): void => reads.save(tx, read);

/** The reads that a session rests on, oldest first. */
export const readsOfSession = (reader: Reader, sessionId: string): SessionRead[] =>
  statements(reader).readsOf.all({ sessionId });

/** Drops reads from before then, at most `limit`. @returns how many */
export function dropSessionReadsBefore(tx: Tx, before: number, limit: number): number {
  tx.step();
  return statements(tx).dropReads.run({ before, limit }).changes;
}

/** What people have found out about a camera's characters; none for most. */
export const confusionsOf = (reader: Reader, readerId: string): Confusion[] =>
  statements(reader).confusionsOf.all({ readerId });

/** The camera has read one character for another once more. */
export function countConfusion(tx: Tx, readerId: string, read: string, truth: string): void {
  const before = statements(tx).confusion.get({ readerId, read, truth })?.count ?? 0;
  confusions.save(tx, { readerId, read, truth, count: before + 1 });
}

/** Whether somebody wrote this very plate down: in a permit, a list, for a visitor or a reservation. */
export const isNamedPlate = (reader: Reader, named: string): boolean =>
  statements(reader).named.get({ plate: named })?.is === 1;
