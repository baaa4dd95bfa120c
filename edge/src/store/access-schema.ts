import type {
  AntiPassback,
  Overrun,
  Owner,
  permitKinds,
  ReservationStatus,
  TimeWindow,
  visitorKinds,
} from "@gatehouse/shared/contracts/access-terms";
import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, json } from "./columns.ts";

/** When, where and how often a permit or pool may be used; what is left out limits nothing. */
export interface AccessTerms {
  readonly windows?: readonly TimeWindow[] | undefined;
  readonly outside_windows?: Overrun | undefined;
  readonly anti_passback?: AntiPassback | undefined;
  readonly lanes?: readonly string[] | undefined;
  readonly zones?: readonly string[] | undefined;
}

const terms = () => text("terms", { mode: "json" }).$type<AccessTerms>().notNull().default({});

/* Who may come in. Instants are whole milliseconds UTC; plates are normalised. */

export const permits = sqliteTable(
  "permits",
  {
    permitId: text("permit_id").primaryKey(),
    validFrom: integer("valid_from").notNull(),
    validUntil: integer("valid_until").notNull(),
    revoked: flag("revoked").notNull(),
    holder: text("holder"),
    kind: text("kind").$type<(typeof permitKinds)[number]>().notNull().default("season"),
    poolId: text("pool_id"),
    terms: terms(),
  },
  (table) => [index("permits_pool").on(table.poolId)],
);

export const permitPlates = sqliteTable(
  "permit_plates",
  { plate: text("plate").notNull(), permitId: text("permit_id").notNull() },
  (table) => [primaryKey({ columns: [table.plate, table.permitId] })],
);

/** Places that several permits share. */
export const pools = sqliteTable("permit_pools", {
  poolId: text("pool_id").primaryKey(),
  name: text("name").notNull(),
  capacity: integer("capacity").notNull(),
  whenFull: text("when_full").$type<Overrun>().notNull(),
  terms: terms(),
});

/** Where each vehicle of a permit was last seen: the fold of the sessions' ledger lines and of the resets. */
export const presences = sqliteTable(
  "permit_presences",
  {
    permitId: text("permit_id").notNull(),
    plate: text("plate").notNull(),
    state: text("state").$type<"in" | "out" | "neutral">().notNull(),
    since: integer("since").notNull(),
    laneId: text("lane_id").notNull(),
    /** The session that brought it there. */
    sessionId: text("session_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.permitId, table.plate] })],
);

export const listEntries = sqliteTable(
  "list_entries",
  {
    list: text("list").$type<"allow" | "deny">().notNull(),
    plate: text("plate").notNull(),
    owner: text("owner").$type<Owner>().notNull(),
    reason: text("reason").notNull(),
    validUntil: integer("valid_until"),
    changedAt: integer("changed_at").notNull(),
    /** The person of the facility; null: head office. */
    changedBy: text("changed_by"),
  },
  (table) => [
    primaryKey({ columns: [table.list, table.plate, table.owner] }),
    index("list_entries_plate").on(table.plate),
  ],
);

export const visitors = sqliteTable(
  "visitors",
  {
    visitorId: text("visitor_id").primaryKey(),
    kind: text("kind").$type<(typeof visitorKinds)[number]>().notNull(),
    plate: text("plate").notNull(),
    name: text("name").notNull(),
    host: text("host"),
    validFrom: integer("valid_from").notNull(),
    validUntil: integer("valid_until").notNull(),
    windows: text("windows", { mode: "json" }).$type<readonly TimeWindow[]>().notNull(),
    /** Null: as often as they like. */
    entriesMax: integer("entries_max"),
    ended: flag("ended").notNull(),
    owner: text("owner").$type<Owner>().notNull(),
    changedAt: integer("changed_at").notNull(),
    changedBy: text("changed_by"),
  },
  (table) => [
    index("visitors_plate").on(table.plate),
    index("visitors_until").on(table.validUntil),
  ],
);

export const reservations = sqliteTable(
  "reservations",
  {
    reservationId: text("reservation_id").primaryKey(),
    userId: text("user_id"),
    vehicleLicense: text("vehicle_license").notNull(),
    spaceId: text("space_id"),
    spaceType: text("space_type").$type<SpaceType>(),
    reservedFrom: integer("reserved_from").notNull(),
    reservedUntil: integer("reserved_until").notNull(),
    reservationAmount: integer("reservation_amount").notNull(),
    status: text("status").$type<ReservationStatus>().notNull(),
    createdAt: integer("created_at").notNull(),
    reservationDetails: json("reservation_details").notNull(),
  },
  (table) => [
    index("reservations_vehicle")
      .on(table.vehicleLicense)
      .where(sql`status in ('confirmed', 'allocated')`),
    index("reservations_space")
      .on(table.spaceId)
      .where(sql`status = 'checked-in'`),
  ],
);
