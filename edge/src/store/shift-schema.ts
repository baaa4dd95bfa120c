import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json } from "./columns.ts";

/** What people did with a drawer in a shift. The id is the page's own of the press: the same again is the same move. */
export const shiftMoves = sqliteTable(
  "shift_moves",
  {
    requestId: text("request_id").primaryKey(),
    shiftId: text("shift_id").notNull(),
    move: text("move")
      .$type<"open" | "drop" | "pay-in" | "pay-out" | "relief" | "count" | "close">()
      .notNull(),
    /** Minor units: the float, what was moved, what was counted, what was left in the drawer. */
    amount: integer("amount").notNull(),
    reason: text("reason").notNull(),
    at: integer("at").notNull(),
    by: text("by").notNull(),
    /** Coins and notes as counted: face value in minor units → pieces; empty where only a sum was given. */
    pieces: json("pieces").notNull(),
  },
  (table) => [index("shift_moves_shift").on(table.shiftId, table.at)],
);

/** Every paper that was made of a document. The id is the page's own of the press. */
export const documentPrints = sqliteTable(
  "document_prints",
  {
    requestId: text("request_id").primaryKey(),
    documentId: text("document_id").notNull(),
    /** 0: the first paper. */
    copy: integer("copy").notNull(),
    printerId: text("printer_id").notNull(),
    at: integer("at").notNull(),
    by: text("by").notNull(),
    /** `unknown`: a paper may have come out, so the next one is a copy; `failed`: surely none did. */
    outcome: text("outcome").$type<"asked" | "printed" | "failed" | "unknown">().notNull(),
  },
  (table) => [index("document_prints_document").on(table.documentId)],
);
