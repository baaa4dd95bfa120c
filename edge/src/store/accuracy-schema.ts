import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What a person found when they looked at spaces, and what each source had said of them at that moment: one row for
 * each source and space, or for each source and a mere number (`space_id` is then empty). Instants are whole
 * milliseconds UTC.
 */
export const spotCounts = sqliteTable(
  "spot_counts",
  {
    countId: text("count_id").notNull(),
    spaceId: text("space_id").notNull(),
    source: text("source").$type<"fused" | "sensor" | "camera">().notNull(),
    /** The sensor or camera; empty for what was published. */
    sourceId: text("source_id").notNull(),
    zoneId: text("zone_id").notNull(),
    /** What was walked: `zone <id>` or `camera <id>`. */
    scope: text("scope").notNull(),
    method: text("method").$type<"each" | "wrong-ones" | "total">().notNull(),
    spaces: integer("spaces").notNull(),
    /** How many are truly occupied: 0 or 1 of one space. */
    occupied: integer("occupied").notNull(),
    /** How many the source took for occupied; null: it said nothing. */
    said: integer("said"),
    countedAt: integer("counted_at").notNull(),
    countedBy: text("counted_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.countId, table.spaceId, table.source, table.sourceId] }),
    index("spot_counts_at").on(table.countedAt),
    index("spot_counts_source").on(table.sourceId, table.countedAt),
  ],
);
