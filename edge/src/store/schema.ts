import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import { flag, json } from "./columns.ts";

/*
 * The book of one facility. Instants are whole milliseconds UTC, amounts whole minor units.
 * Column names follow the field appendix of the product's source documents where it names them.
 */

export const facilities = sqliteTable("parking_facilities", {
  facilityId: text("facility_id").primaryKey(),
  facilityName: text("facility_name").notNull(),
  location: json("location"),
  totalSpaces: integer("total_spaces").notNull(),
  operatingHours: json("operating_hours").notNull(),
  pricingRules: json("pricing_rules").notNull(),
  facilityLayout: json("facility_layout").notNull(),
  isActive: flag("is_active").notNull(),
});

/** `change` grows with every saved change: the backlog for head office is every row above its cursor. */
export const spaces = sqliteTable(
  "parking_spaces",
  {
    spaceId: text("space_id").primaryKey(),
    facilityId: text("facility_id").notNull(),
    level: text("level").notNull(),
    zone: text("zone").notNull(),
    spaceNumber: text("space_number").notNull(),
    spaceType: text("space_type").notNull(),
    isAccessible: flag("is_accessible").notNull(),
    status: text("status").$type<"free" | "occupied" | "unknown" | "out-of-service">().notNull(),
    lastUpdated: integer("last_updated").notNull(),
    sensorData: json("sensor_data").notNull(),
    change: integer("change").notNull(),
  },
  (table) => [index("parking_spaces_change").on(table.change)],
);

export const sessions = sqliteTable(
  "parking_sessions",
  {
    sessionId: text("session_id").primaryKey(),
    spaceId: text("space_id"),
    /** Normalised plate; null when nobody could read one. */
    vehicleLicense: text("vehicle_license"),
    rawPlate: text("raw_plate").notNull(),
    vehicleClass: text("vehicle_class").notNull(),
    entryTime: integer("entry_time").notNull(),
    exitTime: integer("exit_time"),
    status: text("status").notNull(),
    totalAmount: integer("total_amount").notNull(),
    paidAmount: integer("paid_amount").notNull(),
    paymentStatus: text("payment_status").$type<"none" | "due" | "paid" | "unpaid">().notNull(),
    sessionMetadata: json("session_metadata").notNull(),
    entryLane: text("entry_lane").notNull(),
    exitLane: text("exit_lane"),
    /** Steady milliseconds, see flows/steady-time: stays are measured with these, never with wall time. */
    entrySteady: integer("entry_steady").notNull(),
    tariffId: text("tariff_id").notNull(),
    tariffVersion: integer("tariff_version").notNull(),
    permitId: text("permit_id"),
    /** A quote given is honoured until then (steady ms). */
    quotedDue: integer("quoted_due"),
    quotedTotal: integer("quoted_total"),
    quoteUntilSteady: integer("quote_until_steady"),
    /** Paid: free to leave until then (steady ms). */
    graceUntilSteady: integer("grace_until_steady"),
    /** What the books have charged so far, by tax rate: a list of `{ratePpm, net, tax}` under `shares`. */
    billing: json("billing"),
  },
  (table) => [
    index("parking_sessions_inside").on(table.status, table.vehicleLicense),
    index("parking_sessions_entry").on(table.entryTime),
    /** What a plate did before: debts, and whether it is back so soon that its tariff says something of it. */
    index("parking_sessions_plate").on(table.vehicleLicense, table.exitTime),
    /** How often a right was used, and who is on the way in under it. */
    index("parking_sessions_permit")
      .on(table.permitId)
      .where(sql`permit_id is not null`),
  ],
);

export const payments = sqliteTable(
  "payments",
  {
    paymentId: text("payment_id").primaryKey(),
    /** The stay that is paid; null for a renewal, a top-up. */
    sessionId: text("session_id"),
    userId: text("user_id"),
    amount: integer("amount").notNull(),
    currency: text("currency").notNull(),
    paymentMethod: text("payment_method").notNull(),
    /** The terminal's receipt number, the gateway's own id of the charge. */
    transactionId: text("transaction_id"),
    /** The terminal, gateway or drawer that took it. */
    terminalId: text("terminal_id"),
    status: text("status").notNull(),
    startedAt: integer("started_at").notNull(),
    processedAt: integer("processed_at"),
    paymentDetails: json("payment_details").notNull(),
    purpose: text("purpose").$type<PaymentPurpose>().notNull().default("stay"),
    /** What is paid where that is no stay: the violation, the account, the subscription. */
    subjectId: text("subject_id"),
    /** Given back so far. */
    refunded: integer("refunded").notNull().default(0),
    /** The shift in whose report it stands; null where no person took it. */
    shiftId: text("shift_id"),
    /** The page's own id of the press: the same one again is the same payment. */
    requestId: text("request_id"),
  },
  (table) => [
    uniqueIndex("payments_request").on(table.requestId),
    index("payments_subject").on(table.subjectId),
    index("payments_shift").on(table.shiftId),
    index("payments_session").on(table.sessionId),
    index("payments_status").on(table.status),
    index("payments_processed").on(table.processedAt),
    index("payments_receipt").on(table.terminalId, table.transactionId),
  ],
);

export const alerts = sqliteTable(
  "anomaly_alerts",
  {
    alertId: text("alert_id").primaryKey(),
    cameraId: text("camera_id"),
    trackId: text("track_id"),
    alertType: text("alert_type").notNull(),
    /** What it is about; one open alert for each type and subject. */
    subject: text("subject").notNull(),
    severity: text("severity").$type<"info" | "warning" | "critical">().notNull(),
    timestamp: integer("timestamp").notNull(),
    details: json("details").notNull(),
    /** Somebody has seen it and looks after it; it stays open. */
    acknowledgedAt: integer("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
    resolved: flag("resolved").notNull(),
    resolvedAt: integer("resolved_at"),
  },
  (table) => [
    uniqueIndex("anomaly_alerts_open")
      .on(table.alertType, table.subject)
      .where(sql`resolved = 0`),
    index("anomaly_alerts_camera")
      .on(table.cameraId)
      .where(sql`resolved = 0`),
  ],
);

export const tariffs = sqliteTable(
  "tariffs",
  {
    tariffId: text("tariff_id").notNull(),
    version: integer("version").notNull(),
    validFrom: integer("valid_from").notNull(),
    body: json("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tariffId, table.version] })],
);

export const notices = sqliteTable("notices", {
  noticeId: text("notice_id").primaryKey(),
  text: text("text").notNull(),
  receivedAt: integer("received_at").notNull(),
});

/** Small durable numbers and notes: cursors, the epoch, the anchor of steady time. */
export const notes = sqliteTable("notes", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
});
