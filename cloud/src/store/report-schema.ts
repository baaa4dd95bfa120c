import { date, index, integer, jsonb, pgTable, primaryKey, real, text } from "drizzle-orm/pg-core";
import { facilityId, moment, whole } from "./columns.ts";

/*
 * Sums that ingest keeps up to date, so that a report never reads a facility's whole history. An `hour` is the moment
 * at which an hour of the facility's civil time begins (the end of summer time has two of one name), a `day` the day
 * there. An empty lane, class or method: no line told it.
 */

/**
 * Vehicles in and out in an hour, and the revenue taken in it; `net_by_minute` holds how many more vehicles were inside
 * after each of its 60 minutes.
 */
export const facilityHours = pgTable(
  "facility_hours",
  {
    facilityId: facilityId(),
    hour: moment().notNull(),
    entries: integer().notNull(),
    exits: integer().notNull(),
    netByMinute: integer().array().notNull(),
    /** Of payments that were taken: no stored value that was loaded, nothing that was given up. */
    takenMinor: whole().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.hour] })],
);

/** Sessions that began or ended on a day, by the lane where they did and by class; how long the ended ones were. */
export const flowDays = pgTable(
  "flow_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    laneId: text().notNull(),
    vehicleClass: text().notNull(),
    entries: integer().notNull(),
    exits: integer().notNull(),
    /** Of the entries, those with a permit. */
    permits: integer().notNull().default(0),
    /** Of the exits, those whose whole stay is known, and their seconds together. */
    measured: integer().notNull(),
    stayedS: whole().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.day, table.laneId, table.vehicleClass] }),
  ],
);

/** What was taken on a day and what went back whole on it, whenever it had been taken. */
export const takingDays = pgTable(
  "taking_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    method: text().notNull(),
    /** stay, violation, top-up, renewal */
    purpose: text().notNull(),
    /** Where the payment's session came in. */
    laneId: text().notNull(),
    /** The zone of the space in which its vehicle stood; empty where nothing told it. */
    zoneId: text().notNull().default(""),
    payments: integer().notNull(),
    takenMinor: whole().notNull(),
    reversals: integer().notNull(),
    reversedMinor: whole().notNull(),
    chargeBacks: integer().notNull(),
    chargedBackMinor: whole().notNull(),
    /** Attempts that took nothing. */
    declined: integer().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.facilityId,
        table.day,
        table.method,
        table.purpose,
        table.laneId,
        table.zoneId,
      ],
    }),
  ],
);

/** Seconds occupied in an hour of the clock, as the facility told it; the first epoch that tells an hour counts. */
export const zoneHours = pgTable(
  "zone_hours",
  {
    facilityId: facilityId(),
    hour: moment().notNull(),
    zoneId: text().notNull(),
    epoch: whole().notNull(),
    spaces: integer().notNull(),
    occupiedS: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.hour, table.zoneId] })],
);

/** Seconds that a space was occupied on a day. */
export const spaceDays = pgTable(
  "space_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    spaceId: text().notNull(),
    occupiedS: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.day, table.spaceId] })],
);

/** Stays in a space that ended on a day, and their seconds together. */
export const spaceStayDays = pgTable(
  "space_stay_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    spaceId: text().notNull(),
    stays: integer().notNull(),
    stayedS: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.day, table.spaceId] })],
);

/** What a lane did in an hour. */
export const laneHours = pgTable(
  "lane_hours",
  {
    facilityId: facilityId(),
    hour: moment().notNull(),
    laneId: text().notNull(),
    opened: integer().notNull(),
    denied: integer().notNull(),
    asked: integer().notNull(),
    /** Of the opened ones, those that a person decided. */
    byHand: integer().notNull(),
    /** Decisions whose time is told, and that time together. */
    timed: integer().notNull(),
    latencyMs: whole().notNull(),
    commands: integer().notNull(),
    accepted: integer().notNull(),
    /** Vehicles that passed; of those whose gate was commanded and seen to close or to be passed, the time it took. */
    passages: integer().notNull(),
    served: integer().notNull(),
    servedMs: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.hour, table.laneId] })],
);

/** What people did on a day. `act`: opened, denied, voided, refund-asked, refund-approved, acknowledged, reprinted. */
export const staffDays = pgTable(
  "staff_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    person: text().notNull(),
    act: text().notNull(),
    count: integer().notNull(),
    minor: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.day, table.person, table.act] })],
);

/** Alerts raised (`topic` alert, with their severity) and violations found on a day, by type. */
export const eventDays = pgTable(
  "event_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    topic: text().notNull(),
    name: text().notNull(),
    severity: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.facilityId, table.day, table.topic, table.name, table.severity],
    }),
  ],
);

/** What a camera followed in an hour; measured, never billed. */
export const cameraHours = pgTable(
  "camera_hours",
  {
    facilityId: facilityId(),
    hour: moment().notNull(),
    cameraId: text().notNull(),
    entries: integer().notNull(),
    exits: integer().notNull(),
    vehicles: integer().notNull(),
    /** Null where the facility does not tell it. */
    vehicleObservations: whole(),
    occupancyRate: real().notNull(),
    maxOccupied: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.hour, table.cameraId] })],
);

/** The names of a facility's zones and lanes as its ledger told them last (contracts/layout.ts). */
export const layouts = pgTable("layouts", {
  facilityId: text().primaryKey(),
  toldAt: moment().notNull(),
  layout: jsonb().notNull(),
});

/** Work on devices, as it stands. */
export const workOrders = pgTable(
  "work_orders",
  {
    facilityId: facilityId(),
    ticketId: text().notNull(),
    equipmentId: text().notNull(),
    maintenanceType: text().notNull(),
    description: text().notNull(),
    status: text().notNull(),
    technicianId: text(),
    scheduledAt: moment(),
    done: text(),
    openedAt: moment().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.ticketId] }),
    index("work_orders_by_change").on(table.facilityId, table.changedAt),
  ],
);

/** How requests of an hour of the clock went. `facilityId` is empty where an address names no facility. */
export const requestHours = pgTable(
  "request_hours",
  {
    facilityId: facilityId(),
    hour: moment().notNull(),
    /** The route's name in the API, or its method and address. */
    route: text().notNull(),
    requests: integer().notNull(),
    /** Refused with 4xx, and failed with 5xx. */
    refused: integer().notNull(),
    failed: integer().notNull(),
    totalMs: whole().notNull(),
    /** Requests that took at most so many milliseconds. */
    within50: integer().notNull(),
    within100: integer().notNull(),
    within300: integer().notNull(),
    within1000: integer().notNull(),
    within3000: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.hour, table.route] })],
);
