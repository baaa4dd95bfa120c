import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, json } from "./columns.ts";

/*
 * What cameras see: measured, never billed. A vehicle is named by (camera, boot, track): track ids begin anew with
 * each run of a tracker. Instants are whole milliseconds UTC, amounts whole minor units; column names follow the
 * field appendix where it names them.
 */

/** What a camera saw at a moment: when its spaces changed, and once a minute. */
export const snapshots = sqliteTable(
  "occupancy_snapshots",
  {
    cameraId: text("camera_id").notNull(),
    timestamp: integer("timestamp").notNull(),
    vehicleCount: integer("vehicle_count").notNull(),
    occupiedSpaces: integer("occupied_spaces").notNull(),
    totalSpaces: integer("total_spaces").notNull(),
    /** 0 for a camera without spaces. */
    occupancyRate: real("occupancy_rate").notNull(),
    /** Class → number of vehicles. */
    vehicleTypes: json("vehicle_types").notNull(),
    trackIds: text("track_ids", { mode: "json" }).$type<readonly number[]>().notNull(),
    /** Space id → whether it is occupied. */
    spaceOccupancy: json("space_occupancy").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cameraId, table.timestamp] }),
    index("occupancy_snapshots_time").on(table.timestamp),
  ],
);

/** How long one followed vehicle stood in one space, as its camera saw it (the tracking guide's parking_sessions). */
export const cameraStays = sqliteTable(
  "camera_stays",
  {
    stayId: text("stay_id").primaryKey(),
    cameraId: text("camera_id").notNull(),
    boot: text("boot").notNull(),
    trackId: integer("track_id").notNull(),
    spaceId: text("space_id").notNull(),
    spaceName: text("space_name").notNull(),
    vehicleClass: text("vehicle_class").notNull(),
    confidence: real("confidence").notNull(),
    entryTime: integer("entry_time").notNull(),
    /** The last picture that had it there; of an active stay as it was saved last. */
    lastSeen: integer("last_seen").notNull(),
    exitTime: integer("exit_time"),
    durationSeconds: integer("duration_seconds").notNull(),
    durationHours: real("duration_hours").generatedAlwaysAs(sql`duration_seconds / 3600.0`),
    /** What it would have cost by the tariff of its beginning. */
    fee: integer("fee").notNull(),
    status: text("status").$type<"active" | "completed">().notNull(),
    /** It has lasted longer than is allowed: beside its status, not instead of it. */
    overstay: flag("overstay").notNull(),
  },
  (table) => [
    index("camera_stays_status").on(table.status),
    index("camera_stays_exit").on(table.cameraId, table.exitTime),
    index("camera_stays_end").on(table.exitTime),
  ],
);

/** Every vehicle that was followed, from its first picture to its last. */
export const cameraVehicles = sqliteTable(
  "camera_vehicles",
  {
    cameraId: text("camera_id").notNull(),
    boot: text("boot").notNull(),
    trackId: integer("track_id").notNull(),
    vehicleClass: text("vehicle_class").notNull(),
    firstSeen: integer("first_seen").notNull(),
    lastSeen: integer("last_seen").notNull(),
    status: text("status").$type<"active" | "parked" | "exited">().notNull(),
    entryTime: integer("entry_time"),
    exitTime: integer("exit_time"),
    /** From entry to exit, where both were seen. */
    dwellSeconds: integer("dwell_seconds"),
    /** Where it went, in pixels, thinned out. */
    path: text("path", { mode: "json" })
      .$type<readonly (readonly [x: number, y: number])[]>()
      .notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cameraId, table.boot, table.trackId] }),
    // Whole, so that a day's vehicles are counted in the index alone.
    index("camera_vehicles_seen").on(
      table.cameraId,
      table.lastSeen,
      table.firstSeen,
      table.vehicleClass,
    ),
    index("camera_vehicles_exit").on(table.cameraId, table.exitTime),
    index("camera_vehicles_end").on(table.lastSeen),
  ],
);

/** What followed vehicles did. `metadata`: confidence, position, and the zone, line or space that it concerns. */
export const flowEvents = sqliteTable(
  "vehicle_flow_events",
  {
    eventId: text("event_id").primaryKey(),
    cameraId: text("camera_id").notNull(),
    boot: text("boot").notNull(),
    trackId: integer("track_id").notNull(),
    eventType: text("event_type")
      .$type<"entry" | "exit" | "space_change" | "line_crossed">()
      .notNull(),
    timestamp: integer("timestamp").notNull(),
    vehicleClass: text("vehicle_class").notNull(),
    spaceId: text("space_id"),
    metadata: json("metadata").notNull(),
  },
  (table) => [
    index("vehicle_flow_events_camera").on(table.cameraId, table.timestamp),
    index("vehicle_flow_events_time").on(table.timestamp),
  ],
);

/**
 * One camera's hour of the facility's civil time. The `_ms` columns are weighted with time: milliseconds × spaces;
 * the `_seen` columns are sums over the pictures.
 */
export const cameraHours = sqliteTable(
  "camera_hours",
  {
    cameraId: text("camera_id").notNull(),
    hourStart: integer("hour_start").notNull(),
    hourEnd: integer("hour_end").notNull(),
    /** ISO date and hour (0–23) as the facility's wall clock shows them. */
    day: text("day").notNull(),
    hour: integer("hour").notNull(),
    frames: integer("frames").notNull(),
    occupiedMs: integer("occupied_ms").notNull(),
    spaceMs: integer("space_ms").notNull(),
    occupiedSeen: integer("occupied_seen").notNull(),
    spacesSeen: integer("spaces_seen").notNull(),
    maxOccupied: integer("max_occupied").notNull(),
    vehicleObservations: integer("vehicle_observations").notNull(),
    entries: integer("entries").notNull(),
    exits: integer("exits").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cameraId, table.hourStart] }),
    index("camera_hours_end").on(table.hourEnd),
  ],
);

/** One space in one camera's eyes on one civil day. */
export const cameraSpaceDays = sqliteTable(
  "camera_space_days",
  {
    cameraId: text("camera_id").notNull(),
    day: text("day").notNull(),
    spaceId: text("space_id").notNull(),
    spaceName: text("space_name").notNull(),
    observedMs: integer("observed_ms").notNull(),
    occupiedMs: integer("occupied_ms").notNull(),
    frames: integer("frames").notNull(),
    occupiedFrames: integer("occupied_frames").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cameraId, table.day, table.spaceId] }),
    index("camera_space_days_day").on(table.day),
  ],
);
