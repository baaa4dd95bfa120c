import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, json } from "./columns.ts";

/** Every device that was ever known, over all restarts. Instants are whole milliseconds UTC. */
export const devices = sqliteTable("devices", {
  deviceId: text("device_id").primaryKey(),
  kind: text("kind").notNull(),
  make: text("make").notNull(),
  laneId: text("lane_id"),
  standing: text("standing").$type<"new" | "approved" | "quarantined" | "retired">().notNull(),
  standingSince: integer("standing_since").notNull(),
  standingBy: text("standing_by").notNull(),
  standingReason: text("standing_reason").notNull(),
  configured: flag("configured").notNull(),
  health: text("health").$type<"online" | "stale" | "offline" | "unknown">().notNull(),
  healthSince: integer("health_since").notNull(),
  firstSeen: integer("first_seen").notNull(),
  lastSeen: integer("last_seen"),
  batteryPercent: real("battery_percent"),
  firmware: text("firmware"),
  clockSkewMs: integer("clock_skew_ms"),
  usualIntervalMs: real("usual_interval_ms"),
  /** Of a sensor: when its word last changed. */
  lastChange: integer("last_change"),
  detail: text("detail"),
  counters: json("counters").notNull(),
});

/** Work on equipment: what `requirements` calls maintenance logs. */
export const maintenanceLogs = sqliteTable(
  "maintenance_logs",
  {
    logId: text("log_id").primaryKey(),
    equipmentId: text("equipment_id").notNull(),
    maintenanceType: text("maintenance_type").notNull(),
    description: text("description").notNull(),
    technicianId: text("technician_id"),
    scheduledAt: integer("scheduled_at"),
    completedAt: integer("completed_at"),
    status: text("status")
      .$type<"open" | "assigned" | "scheduled" | "completed" | "cancelled">()
      .notNull(),
    openedAt: integer("opened_at").notNull(),
    /** The alert that opened it; one alert opens one ticket. */
    alertId: text("alert_id").unique(),
    /** Who opened it, what was done. */
    details: json("maintenance_details").notNull(),
  },
  (table) => [index("maintenance_logs_status").on(table.status, table.openedAt)],
);
