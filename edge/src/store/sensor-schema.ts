import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What a counter saw since its message before: one row for each message. Instants are whole milliseconds UTC. */
export const vehicleCounts = sqliteTable(
  "vehicle_counts",
  {
    sensorId: text("sensor_id").notNull(),
    /** When the network heard it; with the sequence it names the message. */
    at: integer("at").notNull(),
    sequence: integer("sequence").notNull(),
    zoneId: text("zone_id").notNull(),
    into: integer("counted_in").notNull(),
    out: integer("counted_out").notNull(),
    receivedAt: integer("received_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sensorId, table.at, table.sequence] }),
    index("vehicle_counts_zone").on(table.zoneId, table.at),
    index("vehicle_counts_received").on(table.receivedAt),
  ],
);

/** An hour of a counted zone against what its spaces say. */
export const counterHours = sqliteTable(
  "counter_hours",
  {
    zoneId: text("zone_id").notNull(),
    /** Its beginning. */
    hour: integer("hour").notNull(),
    into: integer("counted_in").notNull(),
    out: integer("counted_out").notNull(),
    /** How many more spaces were occupied at its end; null where nobody watched all of it. */
    occupiedChange: integer("occupied_change"),
  },
  (table) => [
    primaryKey({ columns: [table.zoneId, table.hour] }),
    index("counter_hours_hour").on(table.hour),
  ],
);
