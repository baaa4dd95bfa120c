import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { facilityId, moment, whole } from "./columns.ts";

/*
 * Devices and their upkeep, the steps of violations, and how far what a ledger says was told to others.
 */

/** How far the lines of a facility were turned into messages. */
export const outboxMarks = pgTable("outbox_marks", {
  facilityId: text().primaryKey(),
  epoch: whole().notNull(),
  seq: whole().notNull(),
});

/** A facility's devices as it told them last (contracts/registry.ts). */
export const devices = pgTable(
  "devices",
  {
    facilityId: facilityId(),
    deviceId: text().notNull(),
    kind: text().notNull(),
    make: text().notNull(),
    laneId: text(),
    state: text().notNull(),
    standing: text().notNull(),
    configured: boolean().notNull(),
    firmware: text(),
    batteryPct: integer(),
    lastSeen: moment(),
    stateSince: moment().notNull(),
    toldAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.deviceId] })],
);

/** When a device came into a state: its uptime is counted from them. */
export const deviceStates = pgTable(
  "device_states",
  {
    facilityId: facilityId(),
    deviceId: text().notNull(),
    since: moment().notNull(),
    state: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.deviceId, table.since] })],
);

/** Work that comes again: each time it is due the facility gets a work order. */
export const maintenancePlans = pgTable(
  "maintenance_plans",
  {
    facilityId: facilityId(),
    planId: text().notNull(),
    equipmentId: text().notNull(),
    maintenanceType: text().notNull(),
    description: text().notNull(),
    technicianId: text(),
    everyDays: integer().notNull(),
    /** The day at the facility on which it is due next. */
    nextOn: date({ mode: "string" }).notNull(),
    isActive: boolean().notNull().default(true),
    changedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.planId] })],
);

/** What became of a violation, step by step, at its line of the ledger. */
export const violationSteps = pgTable(
  "violation_steps",
  {
    facilityId: facilityId(),
    violationId: text().notNull(),
    epoch: whole().notNull(),
    seq: whole().notNull(),
    at: moment().notNull(),
    status: text().notNull(),
    penaltyMinor: whole().notNull(),
    reason: text().notNull(),
    /** Who did it (contracts/actor.ts). */
    by: jsonb().notNull(),
    /** Of what shows it, which never changes; null where the line does not tell it. */
    evidenceSha256: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.violationId, table.epoch, table.seq] }),
    index("violation_steps_by_time").on(table.facilityId, table.at),
  ],
);
