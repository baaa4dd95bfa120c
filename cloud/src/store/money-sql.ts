import type { MoneyProjection, PostingLine } from "../domain/money-projection.ts";
import type { Projection } from "../domain/projection.ts";
import { type Columns, mergeSql } from "./merge-sql.ts";
import { paymentReturning } from "./rollup-sql.ts";
import type { Statement } from "./statement.ts";

/**
 * What the lines tell of money, in the same transaction as the lines.
 *
 * @param sessions what they tell of sessions
 */
export function addMoney(
  statement: Statement,
  money: MoneyProjection,
  sessions: Projection["sessions"],
): void {
  for (const table of tables) {
    const rows = money[table];
    if (rows.size === 0) continue;
    const fixed = table === "payments" ? fixedOfPayments(statement, money, sessions) : {};
    const merge = mergeSql(statement, table, columnsOf[table], rows, fixed);
    const returning = table === "payments" ? paymentReturning.sql : "";
    statement.add(`${table}_told`, `${merge} ${returning}`);
  }
  if (money.postings.length > 0)
    statement.add("postings_told", postingsSql(statement, money.postings));
  if (money.violationSteps.length > 0)
    statement.add("violation_steps_told", stepsSql(statement, money.violationSteps));
}

/** What is kept of a payment's session as it was when the payment was first told. */
const fixedOfPayments = (
  statement: Statement,
  money: MoneyProjection,
  sessions: Projection["sessions"],
): Readonly<Record<string, string>> => ({
  entry_lane_id: entryLane(statement, sessions),
  zone_id: zoneOfSpace(statement, money),
});

/** The zone of the space in which its vehicle stood: these lines may tell the space, and this batch what is there. */
function zoneOfSpace(statement: Statement, { paidIn }: MoneyProjection): string {
  const told = statement.bind(JSON.stringify(Object.fromEntries(paidIn)), "jsonb");
  const space = `coalesce(${told} ->> told.payment_id, (select held.space_id from sessions as held
    where held.facility_id = turn.facility_id and held.session_id = told.session_id))`;
  const held = `(select held.zone_id from spaces as held
    where held.facility_id = turn.facility_id and held.space_id = ${space})`;
  const zone = statement.has("newer")
    ? `coalesce((select newer.zone_id from newer where newer.space_id = ${space}), ${held})`
    : held;
  // Most stand nowhere that is known: then no table is searched.
  return `case when ${space} <> '' then ${zone} end`;
}

/** Where the session of a payment came in, told by these lines or before. */
function entryLane(statement: Statement, sessions: Projection["sessions"]): string {
  const told = Object.fromEntries(
    [...sessions.values()].flatMap(({ session_id, entry_lane_id }) =>
      entry_lane_id === undefined ? [] : [[session_id, entry_lane_id]],
    ),
  );
  return `coalesce(${statement.bind(JSON.stringify(told), "jsonb")} ->> told.session_id,
    (select held.entry_lane_id from sessions as held
     where held.facility_id = turn.facility_id and held.session_id = told.session_id))`;
}

const columnsOf = {
  payments: [
    ["payment_id", "text"],
    ["session_id", "text"],
    ["state", "text"],
    ["method", "text"],
    ["purpose", "text"],
    ["subject_id", "text"],
    ["amount_minor", "bigint"],
    ["currency", "text"],
    ["terminal_id", "text"],
    ["receipt_number", "text"],
    ["trace_number", "text"],
    ["card_last_four", "text"],
    ["known_by", "text"],
    ["reason", "text"],
    ["started_at", "timestamptz"],
    ["processed_at", "timestamptz"],
    ["captured_on", "date"],
    ["reversed_on", "date"],
    ["charged_back_on", "date"],
  ],
  refunds: [
    ["refund_id", "text"],
    ["payment_id", "text"],
    ["session_id", "text"],
    ["amount_minor", "bigint"],
    ["status", "text"],
    ["reason", "text"],
    ["requested_by", "text"],
    ["approved_by", "text"],
    ["provider_ref", "text"],
    ["changed_at", "timestamptz"],
    ["changed_on", "date"],
  ],
  documents: [
    ["document_id", "text"],
    ["device_id", "text"],
    ["kind", "text"],
    ["number", "bigint"],
    ["session_id", "text"],
    ["payment_id", "text"],
    ["token", "text"],
    ["body", "jsonb"],
    ["issued_at", "timestamptz"],
  ],
  shifts: [
    ["shift_id", "text"],
    ["drawer_id", "text"],
    ["operator", "text"],
    ["state", "text"],
    ["opened_at", "timestamptz"],
    ["closed_at", "timestamptz"],
    ["float_minor", "bigint"],
    ["expected_minor", "bigint"],
    ["counted_minor", "bigint"],
    ["z_number", "bigint"],
    ["report", "jsonb"],
    ["signature", "text"],
  ],
  violations: [
    ["violation_id", "text"],
    ["session_id", "text"],
    ["violation_type", "text"],
    ["status", "text"],
    ["penalty_minor", "bigint"],
    ["plate", "text"],
    ["reason", "text"],
    ["changed_at", "timestamptz"],
  ],
  debts: [
    ["note_id", "text"],
    ["session_id", "text"],
    ["plate", "text"],
    ["amount_minor", "bigint"],
    ["currency", "text"],
    ["state", "text"],
    ["reason", "text"],
    ["changed_at", "timestamptz"],
  ],
} satisfies Record<string, Columns>;

const tables = ["payments", "refunds", "documents", "shifts", "violations", "debts"] as const;

const postingColumns: Columns = [
  ["seq", "bigint"],
  ["line", "integer"],
  ["at", "timestamptz"],
  ["day", "date"],
  ["entry_id", "text"],
  ["kind", "text"],
  ["account", "text"],
  ["subject", "text"],
  ["minor", "bigint"],
  ["currency", "text"],
  ["rate_ppm", "integer"],
  ["payment_id", "text"],
  ["session_id", "text"],
  ["shift_id", "text"],
];

/** A line of the ledger is stored once, so its lines of the books are too: a place that is taken would be a bug. */
function postingsSql(statement: Statement, postings: readonly PostingLine[]): string {
  const names = postingColumns.map(([name]) => name).join(", ");
  const told = postingColumns.map((column) => column.join(" ")).join(", ");
  return `insert into postings (facility_id, epoch, ${names})
     select turn.facility_id, turn.epoch, ${names}
     from turn, json_to_recordset(${statement.bind(JSON.stringify(postings), "json")}) as told(${told})`;
}

/** Every step stands at its line, so one that is told again is the same. */
function stepsSql(statement: Statement, steps: readonly object[]): string {
  const names = "violation_id, seq, at, status, penalty_minor, reason, by, evidence_sha256";
  return `insert into violation_steps (facility_id, epoch, ${names})
     select turn.facility_id, turn.epoch, ${names}
     from turn, json_to_recordset(${statement.bind(JSON.stringify(steps), "json")}) as told(
       violation_id text, seq bigint, at timestamptz, status text, penalty_minor bigint,
       reason text, by jsonb, evidence_sha256 text)
     on conflict do nothing`;
}
