import { asc, gt, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { facilities, spaces } from "./schema.ts";

export type Space = InferSelectModel<typeof spaces>;
export type SpaceStatus = Space["status"];

const rows = writerOf(spaces);
const facilityRows = writerOf(facilities);
const statements = prepared((db) => ({
  all: db.select().from(spaces).prepare(),
  changed: db
    .select()
    .from(spaces)
    .where(gt(spaces.change, sql.placeholder("after")))
    .orderBy(asc(spaces.change))
    .prepare(),
}));

export const saveFacility = (tx: Tx, facility: InferSelectModel<typeof facilities>): void =>
  facilityRows.save(tx, facility);

/** Saves spaces under the transaction's change number, which the sync cursor follows. */
export function saveSpaces(tx: Tx, changed: Iterable<Omit<Space, "change">>): void {
  for (const space of changed) rows.save(tx, { ...space, change: tx.nextChange() });
}

export const listSpaces = (reader: Reader): Space[] => statements(reader).all.all();

/** Spaces changed after the cursor, in order of change. */
export const spacesChangedAfter = (reader: Reader, after: number): Space[] =>
  statements(reader).changed.all({ after });
