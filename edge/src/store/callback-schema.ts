import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { OnlineFacts } from "../domain/online-facts.ts";
import { flag, json } from "./columns.ts";

/** What gateways have sent us, kept whole before it is acknowledged. Instants are whole milliseconds UTC. */
export const callbacks = sqliteTable(
  "callbacks",
  {
    callbackId: text("callback_id").primaryKey(),
    gateway: text("gateway").notNull(),
    /** The gateway's own id of the event; null where it was not believed, so that a forgery blocks nothing. */
    eventId: text("event_id"),
    receivedAt: integer("received_at").notNull(),
    via: text("via").$type<"door" | "office">().notNull(),
    /** As it came, without card numbers; with one taken out its signature no longer fits. */
    body: text("body").notNull(),
    signature: text("signature").notNull(),
    redacted: flag("redacted").notNull(),
    /** What it says to us (`OnlineCallback`); null where it was not believed. */
    reading: json("reading"),
    paymentId: text("payment_id"),
    state: text("state").$type<"received" | "handled" | "refused">().notNull(),
    /** Why it was refused, or what it was good for. */
    reason: text("reason"),
    /** How often handling it was begun; the process may have died over it. */
    attempts: integer("attempts").notNull(),
    /** How often the same event came again. */
    repeats: integer("repeats").notNull(),
    handledAt: integer("handled_at"),
  },
  (table) => [
    uniqueIndex("callbacks_event").on(table.gateway, table.eventId),
    index("callbacks_state").on(table.state, table.receivedAt),
  ],
);

/** What we asked a gateway to collect, and all that it has told about it. Amounts are whole minor units. */
export const onlinePayments = sqliteTable(
  "online_payments",
  {
    paymentId: text("payment_id").primaryKey(),
    gateway: text("gateway").notNull(),
    amount: integer("amount").notNull(),
    currency: text("currency").notNull(),
    description: text("description").notNull(),
    offeredAt: integer("offered_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    /** Null until the gateway has answered, and for means on file, which need no page. */
    offerRef: text("offer_ref"),
    url: text("url"),
    facts: text("facts", { mode: "json" }).$type<OnlineFacts>().notNull(),
    /** What the facts mean, for finding those that are still open. */
    state: text("state").notNull(),
  },
  (table) => [index("online_payments_state").on(table.state, table.offeredAt)],
);

/** The gateway's names of our payments: offers and charges. Refunds and disputes come with nothing else. */
export const onlineRefs = sqliteTable(
  "online_refs",
  {
    gateway: text("gateway").notNull(),
    ref: text("ref").notNull(),
    paymentId: text("payment_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.gateway, table.ref] }),
    index("online_refs_payment").on(table.paymentId),
  ],
);
