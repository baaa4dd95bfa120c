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
    const merge =
      table === "payments"
        ? `${paymentsSql(statement, money, sessions)} ${paymentReturning.sql}`
        : mergeSql(statement, table, columnsOf[table], rows.values());
    statement.add(`${table}_told`, merge);
  }
  if (money.postings.length > 0)
    statement.add("postings_told", postingsSql(statement, money.postings));
  if (money.violationSteps.length > 0)
    statement.add("violation_steps_told", stepsSql(statement, money.violationSteps));
}

/**
 * A payment keeps what its session was when it was first told: where it came in, and the zone of the space in which its
 * vehicle stood. These lines may tell that, or earlier ones did.
 */
function paymentsSql(
  statement: Statement,
  { payments, paidIn }: MoneyProjection,
  sessions: Projection["sessions"],
): string {
  const rows = [...payments.values()].map((payment) => ({
    ...payment,
    told_lane_id: payment.session_id && sessions.get(payment.session_id)?.entry_lane_id,
    told_space_id: paidIn.get(payment.payment_id),
  }));
  const held = (column: string): string => `(select held.${column} from sessions as held
    where held.facility_id = turn.facility_id and held.session_id = told.session_id)`;
  return mergeSql(statement, "payments", columnsOf.payments, rows, {
    fixed: {
      entry_lane_id: `coalesce(told.told_lane_id, ${held("entry_lane_id")})`,
      zone_id: zoneOf(statement, `coalesce(told.told_space_id, ${held("space_id")})`),
    },
    beside: [
      ["told_lane_id", "text"],
      ["told_space_id", "text"],
    ],
  });
}

/** The zone of a space: this batch may tell what is there. */
function zoneOf(statement: Statement, space: string): string {
  const held = `(select held.zone_id from spaces as held
    where held.facility_id = turn.facility_id and held.space_id = ${space})`;
  const zone = statement.has("newer")
    ? `coalesce((select newer.zone_id from newer where newer.space_id = ${space}), ${held})`
    : held;
  // Most stand nowhere that is known: then no table is searched.
  return `case when ${space} <> '' then ${zone} end`;
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
