import { date, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { facilityId, moment } from "./columns.ts";

/* What head office keeps of its own beside the facilities' ledgers: what is coming, and what drivers said. */

/** Public holidays at the facility, beside those that its tariffs name. */
export const holidays = pgTable(
  "holidays",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    name: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.day] })],
);

/** What brings more vehicles than usual, or fewer; events of one name teach what the next one does. */
export const events = pgTable(
  "events",
  {
    facilityId: facilityId(),
    eventId: text().notNull(),
    name: text().notNull(),
    beginsAt: moment().notNull(),
    endsAt: moment().notNull(),
    /** What somebody expects, per cent more (below zero: fewer); null: what earlier ones of its name did. */
    expectedPercent: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.eventId] }),
    index("events_by_begin").on(table.facilityId, table.beginsAt),
  ],
);

/** What a facility has set otherwise than usual, by topic: search-time, retention. */
export const facilitySettings = pgTable(
  "facility_settings",
  {
    facilityId: facilityId(),
    topic: text().notNull(),
    settings: jsonb().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.topic] })],
);

/** What a driver tapped on a receipt, 1 to 5; the first tap counts. */
export const receiptRatings = pgTable(
  "receipt_ratings",
  {
    facilityId: facilityId(),
    documentId: text().notNull(),
    score: integer().notNull(),
    ratedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.documentId] }),
    index("receipt_ratings_by_time").on(table.facilityId, table.ratedAt),
  ],
);
