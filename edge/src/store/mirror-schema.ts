import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What stands, or may stand, on the list inside a camera because of us. `writing` and `removing` are written before the
 * request is sent: whether it was done is asked of the camera.
 */
export const mirrorRecords = sqliteTable(
  "mirror_records",
  {
    readerId: text("reader_id").notNull(),
    /** Normalised. */
    plate: text("plate").notNull(),
    state: text("state").$type<"writing" | "held" | "removing">().notNull(),
    /** The camera's name of the record, once known. */
    recordId: text("record_id"),
    /** The end that was written with it; null: none. */
    until: integer("until"),
    changedAt: integer("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.readerId, table.plate] })],
);
