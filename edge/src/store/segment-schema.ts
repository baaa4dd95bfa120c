import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { PlaceEnd, PlaceWitness } from "@gatehouse/shared/contracts/space-vehicles";
import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/** Where the vehicles of sessions stood, and who or what said so; one without an end goes on. */
export const segments = sqliteTable(
  "session_segments",
  {
    sessionId: text("session_id").notNull(),
    /** From 1 in each session. */
    number: integer("number").notNull(),
    spaceId: text("space_id").notNull(),
    /** The stay in the space that it is; null where nothing watched the space. */
    stayId: text("stay_id"),
    fromTime: integer("from_time").notNull(),
    /** Steady milliseconds. */
    fromSteady: integer("from_steady").notNull(),
    untilTime: integer("until_time"),
    saidAt: integer("said_at").notNull(),
    witness: text("witness").$type<PlaceWitness>().notNull(),
    saidBy: text("said_by", { mode: "json" }).$type<Actor>().notNull(),
    endedAs: text("ended_as").$type<PlaceEnd>(),
    /** The page's own id of the press that said it, and of the one that ended it. */
    requestId: text("request_id"),
    endRequestId: text("end_request_id"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.number] }),
    uniqueIndex("session_segments_space")
      .on(table.spaceId)
      .where(sql`until_time is null`),
    uniqueIndex("session_segments_open")
      .on(table.sessionId)
      .where(sql`until_time is null`),
    index("session_segments_until").on(table.untilTime),
    index("session_segments_request").on(table.requestId),
    index("session_segments_end_request").on(table.endRequestId),
  ],
);
