import type { Projection } from "../domain/projection.ts";
import { type Columns, mergeSql } from "./merge-sql.ts";
import { addMoney } from "./money-sql.ts";
import { addReports } from "./report-sql.ts";
import { addRowRollups, sessionReturning, stayReturning } from "./rollup-sql.ts";
import { toldRulesSql } from "./rules/told-rules-sql.ts";
import type { Statement } from "./statement.ts";

/**
 * What the lines tell goes into the tables that reports read, in the same transaction as the lines.
 *
 * @param timezone the facility's
 */
export function addProjection(
  statement: Statement,
  projection: Projection,
  timezone: string,
): void {
  const { sessions, stays, alerts, days, directives, rules } = projection;
  if (sessions.size > 0)
    statement.add(
      "sessions_told",
      `${mergeSql(statement, "sessions", sessionColumns, sessions.values())} ${sessionReturning.sql}`,
    );
  if (alerts.size > 0)
    statement.add(
      "alerts_told",
      // An edge never changes an alert that head office has raised about it.
      `${mergeSql(statement, "alerts", alertColumns, alerts.values(), { fixed: { source: "'edge'" } })}
       where alerts.source = 'edge'`,
    );
  if (stays.size > 0)
    statement.add(
      "stays_told",
      `${mergeSql(statement, "space_stays", stayColumns, stays.values())} ${stayReturning.sql}`,
    );
  if (days.size > 0) statement.add("days_told", daysSql(statement, [...days.values()]));
  if (directives.size > 0)
    statement.add("directives_told", directivesSql(statement, [...directives.values()]));
  if (rules.size > 0) statement.add("rules_told", toldRulesSql(statement, rules));
  addMoney(statement, projection.money, sessions);
  const told = {
    sessions: sessions.size > 0,
    payments: projection.money.payments.size > 0,
    stays: stays.size > 0,
  };
  addRowRollups(statement, told, timezone);
  addReports(statement, projection.reports);
}

const sessionColumns: Columns = [
  ["session_id", "text"],
  ["state", "text"],
  ["entry_lane_id", "text"],
  ["exit_lane_id", "text"],
  ["plate", "text"],
  ["raw_plate", "text"],
  ["vehicle_class", "text"],
  ["tariff_id", "text"],
  ["tariff_version", "bigint"],
  ["permit_id", "text"],
  ["reservation_id", "text"],
  ["entry_at", "timestamptz"],
  ["exit_at", "timestamptz"],
  ["is_entry_assumed", "boolean"],
  ["duration_s", "bigint"],
  ["due_minor", "bigint"],
  ["total_minor", "bigint"],
  ["paid_minor", "bigint"],
  ["owed_minor", "bigint"],
  ["grace_until", "timestamptz"],
  ["cancel_reason", "text"],
  ["space_id", "text"],
  ["flags", "text[]"],
  ["changed_at", "timestamptz"],
];

const alertColumns: Columns = [
  ["alert_id", "text"],
  ["alert_type", "text"],
  ["subject", "text"],
  ["severity", "text"],
  ["details", "jsonb"],
  ["raised_at", "timestamptz"],
  ["seen_at", "timestamptz"],
  ["resolved_at", "timestamptz"],
  ["resolved_by", "text"],
  ["acknowledged_at", "timestamptz"],
  ["acknowledged_by", "text"],
];

const stayColumns: Columns = [
  ["stay_id", "text"],
  ["space_id", "text"],
  ["zone_id", "text"],
  ["source", "text"],
  ["entry_time", "timestamptz"],
  ["exit_time", "timestamptz"],
  ["duration_seconds", "bigint"],
];

function daysSql(statement: Statement, rows: readonly object[]): string {
  const sums = ["captured_minor", "payments_captured", "entries", "exits"];
  return `insert into facility_days (facility_id, day, ${sums.join(", ")})
     select turn.facility_id, told.day, ${sums.map((name) => `told.${name}`).join(", ")}
     from turn, json_to_recordset(${statement.bind(JSON.stringify(rows), "json")}) as told(
       day date, captured_minor bigint, payments_captured integer, entries integer, exits integer)
     on conflict (facility_id, day) do update set
       ${sums.map((name) => `${name} = facility_days.${name} + excluded.${name}`).join(", ")}`;
}

function directivesSql(statement: Statement, rows: readonly object[]): string {
  // A callback is the gateway's own text: once the facility has it, head office keeps it no longer.
  return `update directives set result = told.result, detail = told.detail, result_at = told.result_at,
       body = case when directives.kind = 'payment-callback' then '{}' else directives.body end
     from turn, json_to_recordset(${statement.bind(JSON.stringify(rows), "json")}) as told(
       number bigint, result text, detail text, result_at timestamptz)
     where directives.facility_id = turn.facility_id and directives.number = told.number`;
}
