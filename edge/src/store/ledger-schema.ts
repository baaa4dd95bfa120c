import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The ledger is the outbox: gapless in an epoch, hash-chained, written with the fact it tells. */
export const ledger = sqliteTable(
  "ledger",
  {
    epoch: integer("epoch").notNull(),
    seq: integer("seq").notNull(),
    type: text("type").notNull(),
    at: integer("at").notNull(),
    text: text("text").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.epoch, table.seq] })],
);

/** Which lines speak of an id, for `why`. */
export const ledgerSubjects = sqliteTable(
  "ledger_subjects",
  {
    subject: text("subject").notNull(),
    epoch: integer("epoch").notNull(),
    seq: integer("seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.epoch, table.seq] })],
);
