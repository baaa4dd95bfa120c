import { asc, eq, gt, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { facilities, spaces } from "./schema.ts";

export type Space = InferSelectModel<typeof spaces>;
export type SpaceStatus = Space["status"];

const rows = writerOf(spaces);
const facilityRows = writerOf(facilities);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(spaces)
    .where(eq(spaces.spaceId, sql.placeholder("id")))
    .prepare(),
  all: db.select().from(spaces).prepare(),
  changed: db
    .select()
    .from(spaces)
    .where(gt(spaces.change, sql.placeholder("after")))
    .orderBy(asc(spaces.change))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

export const saveFacility = (tx: Tx, facility: InferSelectModel<typeof facilities>): void =>
  facilityRows.save(tx, facility);

/** Saves a space under a change number of its own, which the sync cursor follows. @returns it as it is kept */
export function saveSpace(tx: Tx, space: Omit<Space, "change">): Space {
  const saved = { ...space, change: tx.nextChange() };
  rows.save(tx, saved);
  return saved;
}

export const findSpace = (reader: Reader, id: string): Space | undefined =>
  statements(reader).find.get({ id });

export const listSpaces = (reader: Reader): Space[] => statements(reader).all.all();

/** Spaces changed after the cursor, in order of change, at most `limit`. */
export const spacesChangedAfter = (reader: Reader, after: number, limit: number): Space[] =>
  statements(reader).changed.all({ after, limit });
