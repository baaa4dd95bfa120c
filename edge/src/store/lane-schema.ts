import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { LaneMode } from "@gatehouse/shared/contracts/lanes";
import { flag } from "./columns.ts";

/** Every change of a lane's phase, in order. Instants are whole milliseconds UTC. */
export const laneTransitions = sqliteTable(
  "lane_transitions",
  {
    transitionId: integer("transition_id").primaryKey({ autoIncrement: true }),
    laneId: text("lane_id").notNull(),
    at: integer("at").notNull(),
    from: text("from_phase").notNull(),
    to: text("to_phase").notNull(),
    cause: text("cause").notNull(),
    passageId: text("passage_id"),
  },
  (table) => [
    index("lane_transitions_lane").on(table.laneId, table.at),
    index("lane_transitions_at").on(table.at),
  ],
);

/** What people have made of a lane until they take it back; the row of the whole facility has no lane (`""`). */
export const laneSettings = sqliteTable("lane_settings", {
  laneId: text("lane_id").primaryKey(),
  mode: text("mode").$type<LaneMode>().notNull(),
  locked: flag("locked").notNull(),
  /** Of a reversible lane. */
  direction: text("direction").$type<"entry" | "exit">(),
});
