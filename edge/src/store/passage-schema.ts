import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/** One vehicle through one lane: five separate facts, each with its evidence; a missing one stays null. */
export const passages = sqliteTable(
  "passages",
  {
    passageId: text("passage_id").primaryKey(),
    laneId: text("lane_id").notNull(),
    direction: text("direction").$type<"entry" | "exit">().notNull(),
    sessionId: text("session_id"),
    decisionId: text("decision_id").notNull(),
    commandId: text("command_id").notNull(),
    commandedAt: integer("commanded_at").notNull(),
    commandedEvidence: text("commanded_evidence").notNull(),
    acknowledgedAt: integer("acknowledged_at"),
    acknowledgedEvidence: text("acknowledged_evidence"),
    movedAt: integer("moved_at"),
    movedEvidence: text("moved_evidence"),
    passedAt: integer("passed_at"),
    passedEvidence: text("passed_evidence"),
    closedAt: integer("closed_at"),
    closedEvidence: text("closed_evidence"),
    outcome: text("outcome"),
  },
  (table) => [
    index("passages_open").on(table.outcome),
    index("passages_session").on(table.sessionId),
  ],
);

export const decisions = sqliteTable(
  "decisions",
  {
    decisionId: text("decision_id").primaryKey(),
    laneId: text("lane_id").notNull(),
    kind: text("kind").$type<"open" | "deny" | "ask">().notNull(),
    reason: text("reason").notNull(),
    sessionId: text("session_id"),
    /** The page's or command line's own id of the press: the same one again is the same opening. */
    requestId: text("request_id"),
    at: integer("at").notNull(),
  },
  (table) => [
    uniqueIndex("decisions_request").on(table.requestId),
    index("decisions_at").on(table.at),
  ],
);

export const gateCommands = sqliteTable(
  "gate_commands",
  {
    commandId: text("command_id").primaryKey(),
    decisionId: text("decision_id").notNull(),
    laneId: text("lane_id").notNull(),
    askedAt: integer("asked_at").notNull(),
    result: text("result")
      .$type<"asked" | "accepted" | "rejected" | "unreachable" | "unknown">()
      .notNull(),
    evidence: text("evidence").notNull(),
    answeredAt: integer("answered_at"),
  },
  (table) => [
    uniqueIndex("gate_commands_decision").on(table.decisionId),
    index("gate_commands_result").on(table.result),
  ],
);

/** Every read ever answered, by the vendor's own id: one read counts once. */
export const plateReads = sqliteTable(
  "plate_reads",
  {
    readerId: text("reader_id").notNull(),
    readId: text("read_id").notNull(),
    laneId: text("lane_id").notNull(),
    rawPlate: text("raw_plate").notNull(),
    confidence: real("confidence").notNull(),
    at: integer("at").notNull(),
    receivedAt: integer("received_at").notNull(),
    outcome: text("outcome").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.readerId, table.readId] }),
    index("plate_reads_received").on(table.receivedAt),
  ],
);
