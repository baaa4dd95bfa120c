import { and, asc, eq, gt, type InferSelectModel, isNull, or, sql } from "drizzle-orm";
import type { Instant } from "@gatehouse/shared/time";
import { listEntries } from "./access-schema.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";

export type ListRow = InferSelectModel<typeof listEntries>;
/** What names one entry: each list may have one of head office's and one of the facility's own for a plate. */
export type ListKey = Pick<ListRow, "list" | "plate" | "owner">;

const rows = writerOf(listEntries);
const isInForce = or(
  isNull(listEntries.validUntil),
  gt(listEntries.validUntil, sql.placeholder("at")),
);
const isNamed = and(
  eq(listEntries.list, sql.placeholder("list")),
  eq(listEntries.plate, sql.placeholder("plate")),
  eq(listEntries.owner, sql.placeholder("owner")),
);
const statements = prepared((db) => ({
  listed: db
    .select({ list: listEntries.list, reason: listEntries.reason })
    .from(listEntries)
    .where(and(eq(listEntries.plate, sql.placeholder("plate")), isInForce))
    // The facility's own reason stands last, so it is the one that is read out.
    .orderBy(sql`${listEntries.owner} desc`)
    .prepare(),
  one: db.select().from(listEntries).where(isNamed).prepare(),
  drop: db.delete(listEntries).where(isNamed).prepare(),
  own: db
    .select({ count: sql<number>`count(*)` })
    .from(listEntries)
    .where(eq(listEntries.owner, "facility"))
    .prepare(),
  found: db
    .select()
    .from(listEntries)
    .where(
      and(
        isInForce,
        sql`instr(${listEntries.plate} || ' ' || lower(${listEntries.reason}), ${sql.placeholder("text")}) > 0`,
      ),
    )
    .orderBy(asc(listEntries.plate), asc(listEntries.list), asc(listEntries.owner))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

/** Whether the plate stands on the allow or deny list now; both are possible, the deny list then wins. */
export function listingOf(
  reader: Reader,
  plate: string,
  at: Instant,
): { allow?: string; deny?: string } {
  const found = statements(reader).listed.all({ plate, at });
  return Object.fromEntries(found.map((row) => [row.list, row.reason]));
}

export const findListEntry = (reader: Reader, key: ListKey): ListRow | undefined =>
  statements(reader).one.get({ ...key });

export const saveListEntry = (tx: Tx, row: ListRow): void => rows.save(tx, row);

export function dropListEntry(tx: Tx, key: ListKey): void {
  tx.step();
  statements(tx).drop.run({ ...key });
}

/** Entries of the facility's own, those that have run out among them. */
export const countOwnEntries = (reader: Reader): number => statements(reader).own.get()?.count ?? 0;

/** Entries in force, by plate. @param text part of a plate (upper case) or of a reason (lower case); empty: all */
export const searchListEntries = (
  reader: Reader,
  text: string,
  at: Instant,
  limit: number,
): ListRow[] => statements(reader).found.all({ text, at, limit });
