import { boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { facilityId, moment, whole } from "./columns.ts";

/** Ledger lines that were written into files (archive-file.ts), one row a file; its name is the SHA-256 of its bytes. */
export const archiveFiles = pgTable(
  "archive_files",
  {
    facilityId: facilityId(),
    sha256: text().notNull(),
    epoch: whole().notNull(),
    firstSeq: whole().notNull(),
    lastSeq: whole().notNull(),
    bytes: whole().notNull(),
    firstAt: moment(),
    lastAt: moment(),
    /** The chain before the first line and at the last one. */
    hashBefore: text().notNull(),
    lastHash: text().notNull(),
    madeAt: moment().notNull(),
    /** When the lines went out of the database: the file was read again whole before. */
    emptiedAt: moment(),
    /** When the file itself was deleted. */
    goneAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.sha256] }),
    index("archive_files_in_order").on(table.facilityId, table.epoch, table.firstSeq),
  ],
);

/** What was taken out of tables, and when; only ever added to. An empty facility: people's tables, which have none. */
export const retentionLog = pgTable(
  "retention_log",
  {
    facilityId: facilityId(),
    at: moment().notNull(),
    tableName: text().notNull(),
    /** archived, pseudonymised, thinned, deleted, file-deleted */
    act: text().notNull(),
    rows: whole().notNull(),
    /** Everything before it, or the file. */
    through: text().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.facilityId, table.at, table.tableName, table.act, table.through],
    }),
  ],
);

/** When retention last went through a facility, and whether it came to the end. */
export const retentionRounds = pgTable("retention_rounds", {
  facilityId: text().primaryKey(),
  ranAt: moment().notNull(),
  rows: whole().notNull(),
  /** Whether something is left for the next round. */
  hasMore: boolean().notNull(),
  /** Why the archive stands still; null where it does not. */
  trouble: text(),
});
