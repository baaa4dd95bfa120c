import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { facilityId, moment, whole } from "./columns.ts";

/** Reports that somebody had made, or that were made by the calendar; a deleted one stays as a tombstone. */
export const analyticsReports = pgTable(
  "analytics_reports",
  {
    facilityId: facilityId(),
    reportId: text().notNull(),
    /** daily, weekly, monthly, custom */
    reportType: text().notNull(),
    title: text().notNull(),
    /** Days at the facility, both inclusive. */
    fromDay: date({ mode: "string" }).notNull(),
    toDay: date({ mode: "string" }).notNull(),
    /** What it says (contracts/reports/stored.ts); null once it is deleted. */
    data: jsonb(),
    generatedBy: text().notNull(),
    isScheduled: boolean().notNull().default(false),
    createdAt: moment().notNull(),
    deletedAt: moment(),
    deletedBy: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.reportId] }),
    index("analytics_reports_by_age").on(table.facilityId, table.createdAt),
    uniqueIndex("analytics_reports_scheduled")
      .on(table.facilityId, table.reportType, table.fromDay)
      .where(sql`is_scheduled`),
  ],
);

/** How a facility stood at a moment; rows are only ever added, and a deleted one stays as a tombstone. */
export const systemMetrics = pgTable(
  "system_metrics",
  {
    facilityId: facilityId(),
    at: moment().notNull(),
    totalSlots: integer().notNull(),
    occupiedSlots: integer().notNull(),
    availableSlots: integer().notNull(),
    dailyRevenueMinor: whole().notNull(),
    activeSessions: integer().notNull(),
    deletedAt: moment(),
    deletedBy: text(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.at] })],
);
