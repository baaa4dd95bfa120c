import type { ReportProjection } from "../domain/report-projection.ts";
import { addDevices } from "./device-sql.ts";
import type { Columns } from "./merge-sql.ts";
import { mergeSql } from "./merge-sql.ts";
import { growing } from "./rollup-sql.ts";
import type { Statement } from "./statement.ts";

/** What lines say that is counted once, in the same transaction as the lines. */
export function addReports(statement: Statement, told: ReportProjection): void {
  for (const { table, rows, keys, sums } of addedUp(told))
    if (rows.size > 0)
      statement.add(`${table}_added`, addingSql(statement, table, rows, { keys, sums }));
  if (told.zoneHours.size > 0) statement.add("zone_hours_told", zoneHoursSql(statement, told));
  if (told.spaceHours.length > 0) statement.add("space_days_told", spaceDaysSql(statement, told));
  if (told.cameraHours.size > 0)
    statement.add("camera_hours_told", cameraHoursSql(statement, told.cameraHours));
  if (told.workOrders.size > 0) statement.add("work_told", workSql(statement, told.workOrders));
  if (told.devices.size > 0) addDevices(statement, told);
  if (told.layout !== undefined) statement.add("layout_told", layoutSql(statement, told.layout));
}

interface Adding {
  readonly keys: Columns;
  readonly sums: Columns;
}

const integers = (...names: readonly string[]): Columns =>
  names.map((name) => [name, "integer"] as const);

const addedUp = (told: ReportProjection) => [
  {
    table: "lane_hours",
    rows: told.laneHours,
    keys: [
      ["hour", "timestamptz"],
      ["lane_id", "text"],
    ] satisfies Columns,
    sums: [
      ...integers("opened", "denied", "asked", "by_hand", "timed", "commands", "accepted"),
      ...integers("passages", "served"),
      ["latency_ms", "bigint"],
      ["served_ms", "bigint"],
    ] satisfies Columns,
  },
  {
    table: "staff_days",
    rows: told.staffDays,
    keys: [
      ["day", "date"],
      ["person", "text"],
      ["act", "text"],
    ] satisfies Columns,
    sums: [...integers("count"), ["minor", "bigint"]] satisfies Columns,
  },
  {
    table: "event_days",
    rows: told.eventDays,
    keys: [
      ["day", "date"],
      ["topic", "text"],
      ["name", "text"],
      ["severity", "text"],
    ] satisfies Columns,
    sums: integers("count"),
  },
];

function addingSql(
  statement: Statement,
  table: string,
  rows: ReadonlyMap<string, object>,
  { keys, sums }: Adding,
): string {
  const names = [...keys, ...sums].map(([name]) => name);
  const key = keys.map(([name]) => name).join(", ");
  const told = [...keys, ...sums].map((column) => column.join(" ")).join(", ");
  return `insert into ${table} (facility_id, ${names.join(", ")})
     select turn.facility_id, ${names.map((name) => `told.${name}`).join(", ")}
     from turn, json_to_recordset(${statement.bind(JSON.stringify([...rows.values()]), "json")}) as told(${told})
     on conflict (facility_id, ${key}) do update set
       ${growing(
         table,
         sums.map(([name]) => name),
       )}`;
}

function zoneHoursSql(statement: Statement, { zoneHours }: ReportProjection): string {
  return `insert into zone_hours (facility_id, hour, zone_id, epoch, spaces, occupied_s)
     select turn.facility_id, told.hour, told.zone_id, turn.epoch, told.spaces, told.occupied_s
     from turn, json_to_recordset(${statement.bind(JSON.stringify([...zoneHours.values()]), "json")}) as told(
       hour timestamptz, zone_id text, spaces integer, occupied_s bigint)
     on conflict (facility_id, hour, zone_id) do nothing`;
}

/** An hour that was told before (by an epoch that a restore has ended, by a clock that was set back) counts once. */
function spaceDaysSql(statement: Statement, { spaceHours }: ReportProjection): string {
  return `insert into space_days (facility_id, day, space_id, occupied_s)
     select turn.facility_id, told.day, told.space_id, sum(told.occupied_s)
     from turn, json_to_recordset(${statement.bind(JSON.stringify(spaceHours), "json")}) as told(
       hour timestamptz, day date, space_id text, occupied_s bigint, is_first boolean)
     where not exists (select from zone_hours as held
       where held.facility_id = turn.facility_id and held.hour = told.hour
         and (told.is_first or held.epoch < turn.epoch))
     group by 1, 2, 3
     on conflict (facility_id, day, space_id) do update set ${growing("space_days", ["occupied_s"])}`;
}

function cameraHoursSql(statement: Statement, rows: ReadonlyMap<string, object>): string {
  const columns: Columns = [
    ["hour", "timestamptz"],
    ["camera_id", "text"],
    ...integers("entries", "exits", "vehicles"),
    ["vehicle_observations", "bigint"],
    ["occupancy_rate", "real"],
    ["max_occupied", "integer"],
  ];
  const names = columns.map(([name]) => name).join(", ");
  return `insert into camera_hours (facility_id, ${names})
     select turn.facility_id, ${names}
     from turn, json_to_recordset(${statement.bind(JSON.stringify([...rows.values()]), "json")}) as told(${columns.map((column) => column.join(" ")).join(", ")})
     on conflict (facility_id, hour, camera_id) do nothing`;
}

const workColumns: Columns = [
  ["ticket_id", "text"],
  ["equipment_id", "text"],
  ["maintenance_type", "text"],
  ["description", "text"],
  ["status", "text"],
  ["technician_id", "text"],
  ["scheduled_at", "timestamptz"],
  ["done", "text"],
  ["opened_at", "timestamptz"],
  ["changed_at", "timestamptz"],
];

/** Each batch tells since when it knows of a ticket; the first of them has seen it opened. */
const workSql = (statement: Statement, rows: ReportProjection["workOrders"]): string =>
  mergeSql(statement, "work_orders", workColumns, rows.values(), { earliest: ["opened_at"] });

function layoutSql(
  statement: Statement,
  { told_at, layout }: NonNullable<ReportProjection["layout"]>,
): string {
  return `insert into layouts (facility_id, told_at, layout)
     select turn.facility_id, ${statement.bind(told_at, "timestamptz")}, ${statement.bind(JSON.stringify(layout), "jsonb")}
     from turn
     on conflict (facility_id) do update set told_at = excluded.told_at, layout = excluded.layout
       where layouts.told_at <= excluded.told_at`;
}
