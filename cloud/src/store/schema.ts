import {
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { facilityId, moment, whole } from "./columns.ts";

/*
 * Every table's key begins with the facility, so that the same schema can be spread over machines by facility.
 * Columns are the snake_case of the properties. Moments are timestamptz, amounts whole minor units.
 */

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Who they are. `directivesLatest` is the number given last; it grows without a hole. */
export const facilities = pgTable("facilities", {
  facilityId: text().primaryKey(),
  /** To whom it belongs; all of them to `main` at first. */
  organisationId: text().notNull().default("main"),
  name: text().notNull(),
  timezone: text().notNull().default("UTC"),
  currency: text(),
  locale: text().notNull().default("en"),
  isActive: boolean().notNull().default(true),
  directivesLatest: integer().notNull().default(0),
  createdAt: moment().notNull(),
});

/** Only the SHA-256 (hex) of a facility's token is kept. */
export const facilityTokens = pgTable(
  "facility_tokens",
  {
    facilityId: facilityId(),
    tokenSha256: text().notNull(),
    createdAt: moment().notNull(),
    /** The first use of a token ends the older ones. */
    firstUsedAt: moment(),
    /** To the hour: it is not written at each use. */
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.tokenSha256] })],
);

/**
 * What ingest keeps up to date of each facility. `revision` grows with every accepted batch: a batch is written
 * only if it still stands where it was read, so two processes never both write.
 */
export const facilityStates = pgTable("facility_states", {
  facilityId: text().primaryKey(),
  revision: whole().notNull().default(0),
  epoch: whole().notNull().default(0),
  version: text(),
  lastBatchAt: moment(),
  lastLineAt: moment(),
  /** The edge's wall clock against ours when the last batch came, positive when the edge runs ahead. */
  skewMs: whole(),
  writtenSeq: whole(),
  directivesThrough: whole().notNull().default(0),
  spacesFree: integer().notNull().default(0),
  spacesOccupied: integer().notNull().default(0),
  spacesUnknown: integer().notNull().default(0),
  spacesOutOfService: integer().notNull().default(0),
  batchesAccepted: whole().notNull().default(0),
  linesStored: whole().notNull().default(0),
  linesRepeated: whole().notNull().default(0),
  linesSetAside: whole().notNull().default(0),
  batchesWithHole: whole().notNull().default(0),
  batchesRefused: whole().notNull().default(0),
  lastRefusal: text(),
  lastRefusalAt: moment(),
  /** How the sums that reports read were made: the way's number and the zone in which days and hours are cut. */
  rolledUpAs: text().notNull().default(""),
});

/** How far each epoch of a ledger is held. */
export const watermarks = pgTable(
  "watermarks",
  {
    facilityId: facilityId(),
    epoch: whole().notNull(),
    ackedSeq: whole().notNull(),
    lastHash: text().notNull(),
    spacesThrough: whole().notNull(),
    updatedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.epoch] })],
);

/** Every line as it came. `text` is null only where PostgreSQL cannot hold it: it is then whole in `set_aside_lines`. */
export const ledgerLines = pgTable(
  "ledger_lines",
  {
    facilityId: facilityId(),
    epoch: whole().notNull(),
    seq: whole().notNull(),
    type: text(),
    at: moment(),
    text: text(),
    hash: text().notNull(),
    receivedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.epoch, table.seq] })],
);

/** Lines that this program could not understand: their exact bytes, and why. They never hold up the others. */
export const setAsideLines = pgTable(
  "set_aside_lines",
  {
    facilityId: facilityId(),
    epoch: whole().notNull(),
    seq: whole().notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    raw: bytes().notNull(),
    setAsideAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.epoch, table.seq] })],
);

/** The present state of each space. */
export const spaces = pgTable(
  "spaces",
  {
    facilityId: facilityId(),
    spaceId: text().notNull(),
    zoneId: text().notNull(),
    level: text().notNull(),
    spaceType: text().notNull(),
    status: text().notNull(),
    changedAt: moment().notNull(),
    epoch: whole().notNull(),
    change: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.spaceId] })],
);

export const sessions = pgTable(
  "sessions",
  {
    facilityId: facilityId(),
    sessionId: text().notNull(),
    /** pending, open, settled, cancelled, closed, closed-unpaid, closed-assumed, superseded; null until a line tells it */
    state: text(),
    entryLaneId: text(),
    exitLaneId: text(),
    plate: text(),
    rawPlate: text(),
    vehicleClass: text(),
    tariffId: text(),
    tariffVersion: whole(),
    permitId: text(),
    reservationId: text(),
    entryAt: moment(),
    exitAt: moment(),
    isEntryAssumed: boolean(),
    durationS: whole(),
    dueMinor: whole(),
    totalMinor: whole(),
    paidMinor: whole(),
    owedMinor: whole(),
    graceUntil: moment(),
    cancelReason: text(),
    /** Where its vehicle stands, or stood last; empty once that was taken back. */
    spaceId: text(),
    flags: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    changedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.sessionId] }),
    index("sessions_inside")
      .on(table.facilityId, table.state)
      .where(sql`state in ('open', 'settled')`),
    index("sessions_by_entry").on(table.facilityId, table.entryAt),
    // How long vehicles stayed and what they were charged, and who came again, stands in the index alone: these are
    // asked of every session of their days (reports/use.ts, outcomes-money.ts, people.ts).
    index("sessions_by_exit").on(
      table.facilityId,
      table.exitAt,
      table.state,
      table.durationS,
      table.totalMinor,
      table.entryAt,
    ),
    index("sessions_of_plate").on(table.facilityId, table.plate, table.entryAt, table.state),
  ],
);

export const payments = pgTable(
  "payments",
  {
    facilityId: facilityId(),
    paymentId: text().notNull(),
    /** Null where no stay is paid. */
    sessionId: text(),
    /** started, captured, declined, unknown, accepted-offline, reversed, disputed, charged-back */
    state: text().notNull(),
    method: text(),
    /** stay, violation, top-up, renewal; null in lines that are older than the word: a stay. */
    purpose: text(),
    /** What is paid where that is no stay. */
    subjectId: text(),
    amountMinor: whole(),
    currency: text(),
    terminalId: text(),
    receiptNumber: text(),
    traceNumber: text(),
    cardLastFour: text(),
    knownBy: text(),
    reason: text(),
    startedAt: moment(),
    processedAt: moment(),
    /** Days at the facility on which it was taken, and taken back whole. */
    capturedOn: date({ mode: "string" }),
    reversedOn: date({ mode: "string" }),
    /** The day on which a dispute was lost. */
    chargedBackOn: date({ mode: "string" }),
    /** Where the session that it pays came in, as far as it was known when the payment began. */
    entryLaneId: text(),
    /** The zone of the space in which its vehicle stood, as far as that was known when the payment began. */
    zoneId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.paymentId] }),
    index("payments_of_session").on(table.facilityId, table.sessionId),
    index("payments_captured").on(table.facilityId, table.capturedOn),
    // Few are: the others have no entry there.
    index("payments_reversed")
      .on(table.facilityId, table.reversedOn)
      .where(sql`reversed_on is not null`),
    // As the list of payments is ordered; and how they went is counted in the index alone (reports/payments.ts).
    index("payments_by_time").on(
      table.facilityId,
      sql`coalesce(started_at, processed_at, '-infinity'::timestamptz)`,
      table.paymentId,
      table.startedAt,
      table.processedAt,
      table.state,
      table.amountMinor,
    ),
    index("payments_of_subject")
      .on(table.facilityId, table.subjectId)
      .where(sql`subject_id is not null`),
  ],
);

export const spaceStays = pgTable(
  "space_stays",
  {
    facilityId: facilityId(),
    stayId: text().notNull(),
    spaceId: text().notNull(),
    zoneId: text().notNull(),
    source: text().notNull(),
    entryTime: moment().notNull(),
    exitTime: moment().notNull(),
    durationSeconds: whole().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.stayId] }),
    index("space_stays_by_exit").on(table.facilityId, table.exitTime),
  ],
);

/** The edge's own alerts as its ledger tells them, and those that head office raises about its ledger. */
export const alerts = pgTable(
  "alerts",
  {
    facilityId: facilityId(),
    alertId: text().notNull(),
    /** edge or head-office */
    source: text().notNull(),
    alertType: text(),
    subject: text(),
    severity: text(),
    details: jsonb().notNull().default({}),
    raisedAt: moment(),
    seenAt: moment().notNull(),
    resolvedAt: moment(),
    resolvedBy: text(),
    /** Somebody at the facility looks after it. */
    acknowledgedAt: moment(),
    acknowledgedBy: text(),
    /** Somebody at head office does; the facility's own word stays beside it. */
    officeAckAt: moment(),
    officeAckBy: text(),
    officeAckNote: text(),
  },
  (table) => [
    primaryKey({ columns: [table.facilityId, table.alertId] }),
    index("alerts_by_time").on(table.facilityId, table.raisedAt),
    index("alerts_open")
      .on(table.facilityId, table.severity)
      .where(sql`resolved_at is null`),
  ],
);

/** What head office decides for a facility, numbered from 1 without a hole. */
export const directives = pgTable(
  "directives",
  {
    facilityId: facilityId(),
    number: integer().notNull(),
    kind: text().notNull(),
    body: jsonb().notNull(),
    expiresAt: moment(),
    issuedAt: moment().notNull(),
    /** applied, expired, not-understood: what the edge's ledger says became of it */
    result: text(),
    detail: text(),
    resultAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.number] })],
);

/** Sums of one day in the facility's own time zone, added up line by line as they are stored. */
export const facilityDays = pgTable(
  "facility_days",
  {
    facilityId: facilityId(),
    day: date({ mode: "string" }).notNull(),
    capturedMinor: whole().notNull(),
    paymentsCaptured: integer().notNull(),
    entries: integer().notNull(),
    exits: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.day] })],
);
