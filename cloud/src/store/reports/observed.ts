import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { ReportDesk } from "./desk.ts";

/** SQL: moments of the days `$2` to `$3` in the zone `$4`. */
const inDays = (column: string): string =>
  `${column} >= ($2::date)::timestamp at time zone $4
     and ${column} < ($3::date + 1)::timestamp at time zone $4`;

const ask = async <T extends object>(
  desk: ReportDesk,
  { from, to }: Period,
  name: string,
  text: string,
): Promise<T[]> => {
  const values = [desk.facilityId, from, to, desk.timezone];
  // PostgreSQL wants to know of every parameter.
  const whole = `with asked as (select $2::date, $3::date, $4::text) ${text}`;
  return (await desk.database.pool.query<T>({ name, text: whole, values })).rows;
};

export interface ZoneHour {
  /** ISO 8601 */
  readonly hour: string;
  readonly zone_id: string;
  readonly spaces: number;
  readonly occupied_s: number;
}

/** Each hour of each zone that the facility told. */
export async function readZoneHours(desk: ReportDesk, period: Period): Promise<ZoneHour[]> {
  const rows = await ask<Omit<ZoneHour, "hour"> & { hour: Date }>(
    desk,
    period,
    "report-zone-hours",
    `select hour, zone_id, spaces, occupied_s from zone_hours
     where facility_id = $1 and ${inDays("hour")} order by hour, zone_id`,
  );
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
}

export interface CameraHour {
  readonly hour: string;
  readonly camera_id: string;
  readonly entries: number;
  readonly exits: number;
  readonly vehicles: number;
  readonly vehicle_observations: number | null;
}

export async function readCameraHours(desk: ReportDesk, period: Period): Promise<CameraHour[]> {
  const rows = await ask<Omit<CameraHour, "hour"> & { hour: Date }>(
    desk,
    period,
    "report-camera-hours",
    `select hour, camera_id, entries, exits, vehicles, vehicle_observations from camera_hours
     where facility_id = $1 and ${inDays("hour")} order by hour, camera_id`,
  );
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
}

export interface FlowDay {
  readonly day: string;
  readonly lane_id: string;
  readonly vehicle_class: string;
  readonly entries: number;
  readonly exits: number;
  readonly measured: number;
  readonly stayed_s: number;
}

export const readFlowDays = (desk: ReportDesk, period: Period): Promise<FlowDay[]> =>
  ask(
    desk,
    period,
    "report-flow-days",
    `select to_char(day, 'YYYY-MM-DD') as day, lane_id, vehicle_class, entries, exits, measured,
       stayed_s
     from flow_days where facility_id = $1 and day between $2 and $3
     order by flow_days.day, lane_id, vehicle_class`,
  );

export interface LaneHour {
  readonly hour: string;
  readonly hour_of_day: number;
  readonly lane_id: string;
  readonly opened: number;
  readonly denied: number;
  readonly asked: number;
  readonly by_hand: number;
  readonly timed: number;
  readonly latency_ms: number;
  readonly commands: number;
  readonly accepted: number;
  readonly passages: number;
  readonly served: number;
  readonly served_ms: number;
}

export async function readLaneHours(desk: ReportDesk, period: Period): Promise<LaneHour[]> {
  const rows = await ask<Omit<LaneHour, "hour"> & { hour: Date }>(
    desk,
    period,
    "report-lane-hours",
    `select lane_hours.*, extract(hour from hour at time zone $4)::integer as hour_of_day
     from lane_hours where facility_id = $1 and ${inDays("hour")} order by hour, lane_id`,
  );
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
}

export interface EventDay {
  readonly day: string;
  readonly topic: string;
  readonly name: string;
  readonly severity: string;
  readonly count: number;
}

/** Alerts raised and violations found. */
export const readEventDays = (desk: ReportDesk, period: Period): Promise<EventDay[]> =>
  ask(
    desk,
    period,
    "report-event-days",
    `select to_char(day, 'YYYY-MM-DD') as day, topic, name, severity, count from event_days
     where facility_id = $1 and day between $2 and $3 order by event_days.day, topic, name, severity`,
  );
