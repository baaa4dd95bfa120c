import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Tickets that drivers hold. `state`: issued, voided, used; `print`: pending, printed, unknown (it may be in the
 * driver's hand). Instants are whole milliseconds UTC.
 */
export const parkingTickets = sqliteTable(
  "parking_tickets",
  {
    number: integer("number").primaryKey(),
    sessionId: text("session_id").notNull(),
    laneId: text("lane_id").notNull(),
    issuedAt: integer("issued_at").notNull(),
    state: text("state").notNull(),
    print: text("print").notNull(),
  },
  (table) => [index("parking_tickets_session").on(table.sessionId)],
);
