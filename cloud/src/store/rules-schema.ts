import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { facilityId, moment } from "./columns.ts";

/*
 * What head office decides for a facility, as it stands now and as it will: how far a directive has come is told by its
 * own row (`directives`), so that the two never differ.
 */

/** Permits, pools, list entries, visitors and reservations, also those that the facility itself keeps and tells of. */
export const accessRules = pgTable(
  "access_rules",
  {
    facilityId: facilityId(),
    /** permit, pool, list-entry, visitor, reservation */
    kind: text().notNull(),
    /** head-office or facility: both may have an entry for one plate. */
    owner: text().notNull(),
    ruleId: text().notNull(),
    /** What it says (contracts/directive.ts). */
    body: jsonb().notNull(),
    version: integer().notNull().default(1),
    /** The directive that carries it; null of the facility's own. */
    directiveNumber: integer(),
    validFrom: moment(),
    validUntil: moment(),
    isEnded: boolean().notNull(),
    /** All that it is searched by, in lower case. */
    search: text().notNull(),
    changedAt: moment().notNull(),
    changedBy: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.kind, table.owner, table.ruleId] }),
    index("access_rules_by_change").on(table.facilityId, table.kind, table.changedAt),
  ],
);

/** Versions of tariffs that were sent to a facility; a version never changes. */
export const tariffs = pgTable(
  "tariffs",
  {
    facilityId: facilityId(),
    tariffId: text().notNull(),
    version: integer().notNull(),
    /** As written (contracts/tariff.ts). */
    body: jsonb().notNull(),
    validFrom: moment().notNull(),
    validTo: moment(),
    directiveNumber: integer().notNull(),
    publishedAt: moment().notNull(),
    publishedBy: text(),
    /** Why it comes sooner than the notice period, or what was said otherwise. */
    why: text(),
    /** When a later version took its place before it was in force. */
    withdrawnAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.tariffId, table.version] })],
);

/** Tariffs that somebody is still writing; they may be wrong and unfinished. */
export const tariffDrafts = pgTable(
  "tariff_drafts",
  {
    facilityId: facilityId(),
    draftId: text().notNull(),
    body: jsonb().notNull(),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
    changedBy: text(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.draftId] })],
);
