import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag } from "./columns.ts";

/** The last word of each source, in the source's own order. */
export const sources = sqliteTable(
  "observation_sources",
  {
    sourceId: text("source_id").notNull(),
    spaceId: text("space_id").notNull(),
    source: text("source").$type<"sensor" | "camera">().notNull(),
    boot: text("boot").notNull(),
    sequence: integer("sequence").notNull(),
    occupied: flag("occupied").notNull(),
    confidence: real("confidence").notNull(),
    at: integer("at").notNull(),
    receivedAt: integer("received_at").notNull(),
    lost: flag("lost").notNull(),
    batteryPercent: real("battery_percent"),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.spaceId] })],
);

/** Raw observations as they came; pruned after `retention.observations_days`. */
export const observations = sqliteTable(
  "observations",
  {
    sourceId: text("source_id").notNull(),
    spaceId: text("space_id").notNull(),
    boot: text("boot").notNull(),
    sequence: integer("sequence").notNull(),
    occupied: flag("occupied").notNull(),
    confidence: real("confidence").notNull(),
    at: integer("at").notNull(),
    receivedAt: integer("received_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.spaceId, table.boot, table.sequence] }),
    index("observations_received").on(table.receivedAt),
  ],
);

/** How long one bay stood occupied, by all its sources together; measured, never billed. */
export const stays = sqliteTable(
  "space_stays",
  {
    stayId: text("stay_id").primaryKey(),
    trackId: text("track_id"),
    cameraId: text("camera_id"),
    spaceId: text("space_id").notNull(),
    spaceName: text("space_name").notNull(),
    vehicleClass: text("vehicle_class").notNull(),
    entryTime: integer("entry_time").notNull(),
    exitTime: integer("exit_time"),
    durationSeconds: integer("duration_seconds"),
    durationHours: real("duration_hours").generatedAlwaysAs(sql`duration_seconds / 3600.0`),
    fee: integer("fee"),
    status: text("status").$type<"active" | "completed">().notNull(),
    source: text("source").notNull(),
  },
  (table) => [
    index("space_stays_status").on(table.status, table.spaceId),
    index("space_stays_exit").on(table.exitTime),
  ],
);
