import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * The reads that a session rests on, at its entry and at its exit: as received, normalised, and what they were taken
 * for. Instants are whole milliseconds UTC.
 */
export const sessionReads = sqliteTable(
  "session_reads",
  {
    sessionId: text("session_id").notNull(),
    readerId: text("reader_id").notNull(),
    readId: text("read_id").notNull(),
    laneId: text("lane_id").notNull(),
    rawPlate: text("raw_plate").notNull(),
    readPlate: text("read_plate").notNull(),
    correctedPlate: text("corrected_plate").notNull(),
    confidence: real("confidence").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.readerId, table.readId] }),
    index("session_reads_at").on(table.at),
  ],
);

/** How often people found that a camera had read one character where another stood. */
export const plateConfusions = sqliteTable(
  "plate_confusions",
  {
    readerId: text("reader_id").notNull(),
    read: text("read_character").notNull(),
    truth: text("true_character").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.readerId, table.read, table.truth] })],
);
