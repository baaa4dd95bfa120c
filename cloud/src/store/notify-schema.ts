import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { moment, whole } from "./columns.ts";

/*
 * Whom an organisation tells what, and the messages on their way. Every key begins with the organisation. Secrets are
 * sealed with head office's key.
 */

const organisationId = () => text().notNull();

/** Where messages go: a webhook, mail addresses, a gateway of short messages. */
export const targets = pgTable(
  "targets",
  {
    organisationId: organisationId(),
    targetId: text().notNull(),
    /** webhook, email, sms */
    kind: text().notNull(),
    name: text().notNull(),
    /** Address and recipients (contracts/notify.ts); nothing secret. */
    settings: jsonb().notNull(),
    /** What a webhook is told besides what a rule sends it. */
    events: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Of one facility alone; null: of all of the organisation and below. */
    facilityId: text(),
    withPlates: boolean().notNull().default(false),
    /** Sealed: what signs a webhook, what a gateway asks for. */
    secretSealed: text(),
    /** The secret before, which signs too until `previousUntil`. */
    previousSealed: text(),
    previousUntil: moment(),
    isActive: boolean().notNull().default(true),
    /** Why head office itself no longer sends there. */
    stoppedWhy: text(),
    /** Since when nothing was taken there. */
    failingSince: moment(),
    createdAt: moment().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.targetId] })],
);

/** Who is told of which alerts, and who next if nobody looks after them. */
export const noticeRules = pgTable(
  "notice_rules",
  {
    organisationId: organisationId(),
    ruleId: text().notNull(),
    name: text().notNull(),
    facilityId: text(),
    tiers: text().array().notNull(),
    /** Types of alerts besides those of the tiers. */
    types: text().array().notNull(),
    targetIds: text().array().notNull(),
    /** `HH:MM` at the facility; null: at any time. */
    quietFrom: text(),
    quietUntil: text(),
    /** Critical ones are told in quiet hours too. */
    criticalBreaksQuiet: boolean().notNull(),
    escalateAfterMin: integer(),
    escalateTo: text().array().notNull(),
    isActive: boolean().notNull().default(true),
    /** Alerts from then on are told. */
    since: moment().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.ruleId] })],
);

/** Messages: each is kept before it is sent, and sent until it is taken or given up. */
export const deliveries = pgTable(
  "deliveries",
  {
    organisationId: organisationId(),
    /** The same event for the same target has the same id, however often it is found. */
    deliveryId: text().notNull(),
    targetId: text().notNull(),
    facilityId: text().notNull(),
    event: text().notNull(),
    /** What it is about, as a list shows it: an alert, a session. */
    subject: text().notNull(),
    /** The rule that sends it; null for what a webhook is told by itself. */
    ruleId: text(),
    /** event, first, escalation, test */
    stage: text().notNull(),
    /** The line it comes from; 0 where it is none. They are sent in this order. */
    epoch: whole().notNull(),
    seq: whole().notNull(),
    body: jsonb().notNull(),
    /** waiting, delivered, failed (given up), dropped (nobody need know any more) */
    state: text().notNull(),
    attempts: integer().notNull().default(0),
    queuedAt: moment().notNull(),
    nextAt: moment().notNull(),
    triedAt: moment(),
    /** Of HTTP or SMTP; null where there was no answer. */
    answerCode: integer(),
    answer: text(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.deliveryId] }),
    index("deliveries_of_target").on(table.organisationId, table.targetId, table.queuedAt),
    index("deliveries_waiting")
      .on(table.organisationId, table.targetId, table.facilityId)
      .where(sql`state = 'waiting'`),
  ],
);
