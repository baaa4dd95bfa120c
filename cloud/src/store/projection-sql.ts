import type { Projection } from "../domain/projection.ts";
import type { Statement } from "./statement.ts";

/** What the lines tell goes into the tables that reports read, in the same transaction as the lines. */
export function addProjection(statement: Statement, projection: Projection): void {
  const { sessions, payments, stays, alerts, days, directives } = projection;
  if (sessions.size > 0)
    statement.add("sessions_told", mergeSql(statement, "sessions", sessionColumns, sessions));
  if (payments.size > 0)
    statement.add("payments_told", mergeSql(statement, "payments", paymentColumns, payments));
  if (alerts.size > 0)
    statement.add(
      "alerts_told",
      // An edge never changes an alert that head office has raised about it.
      `${mergeSql(statement, "alerts", alertColumns, alerts, { source: "'edge'" })}
       where alerts.source = 'edge'`,
    );
  if (stays.size > 0)
    statement.add("stays_told", mergeSql(statement, "space_stays", stayColumns, stays));
  if (days.size > 0) statement.add("days_told", daysSql(statement, [...days.values()]));
  if (directives.size > 0)
    statement.add("directives_told", directivesSql(statement, [...directives.values()]));
}

/** Columns of what a projection tells, with their types; the first is the row's own key. */
type Columns = readonly (readonly [name: string, type: string])[];

/** A new row is inserted; of a known one only what is told changes, and lists grow together. */
function mergeSql(
  statement: Statement,
  table: string,
  columns: Columns,
  rows: ReadonlyMap<string, object>,
  fixed: Readonly<Record<string, string>> = {},
): string {
  const names = columns.map(([name]) => name);
  const fixedNames = Object.keys(fixed);
  const json = statement.bind(JSON.stringify([...rows.values()]), "json");
  const merged = columns.slice(1).map(([name, type]) => `${name} = ${merge(table, name, type)}`);
  return `insert into ${table} (facility_id, ${[...names, ...fixedNames].join(", ")})
     select turn.facility_id, ${columns.map(inserted).join(", ")}
       ${fixedNames.map((name) => `, ${fixed[name]}`).join("")}
     from turn, json_to_recordset(${json}) as told(${columns.map((column) => column.join(" ")).join(", ")})
     on conflict (facility_id, ${names[0]}) do update set ${merged.join(", ")}`;
}

const emptyOf: Readonly<Record<string, string>> = { "text[]": "'{}'", jsonb: "'{}'" };

const inserted = ([name, type]: Columns[number]): string =>
  emptyOf[type] === undefined ? `told.${name}` : `coalesce(told.${name}, ${emptyOf[type]})`;

function merge(table: string, name: string, type: string): string {
  if (type === "text[]")
    return `array(select distinct flag from unnest(${table}.${name} || excluded.${name}) as flag order by flag)`;
  if (type === "jsonb")
    return `case when excluded.${name} = '{}' then ${table}.${name} else excluded.${name} end`;
  return `coalesce(excluded.${name}, ${table}.${name})`;
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
  ["flags", "text[]"],
  ["changed_at", "timestamptz"],
];

const paymentColumns: Columns = [
  ["payment_id", "text"],
  ["session_id", "text"],
  ["state", "text"],
  ["method", "text"],
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
  return `update directives set result = told.result, detail = told.detail, result_at = told.result_at
     from turn, json_to_recordset(${statement.bind(JSON.stringify(rows), "json")}) as told(
       number bigint, result text, detail text, result_at timestamptz)
     where directives.facility_id = turn.facility_id and directives.number = told.number`;
}
