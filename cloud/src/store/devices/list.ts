import type {
  DevicesView,
  DeviceView,
  OfficeDevice,
} from "@gatehouse/shared/contracts/devices-at-office";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Database } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { readWorkOn } from "./work.ts";

/** A facility may have 10,000 sensors: those that need somebody come first, and the rest is found by searching. */
const devicesShown = 500;
const statesShown = 50;
const alertsShown = 50;
/** Uptime and failures are of so many days. */
const days = 30;

type Row = Omit<OfficeDevice, "state_since" | "last_seen" | "told_at" | "uptime"> & {
  readonly state_since: Date;
  readonly last_seen: Date | null;
  readonly told_at: Date;
  readonly up_s: number | null;
  readonly known_s: number | null;
};

/**
 * Devices with their last 30 days; `$1` the facility, `$2` now, `$3` the search, `$4` one of them. Time counts from when
 * a device was known: each state lasts until the next.
 */
const text = `with window_of as (select $2::timestamptz - interval '${days} days' as begin, $2::timestamptz as now),
  spell as (
    select device_id, state, greatest(since, begin) as since,
      lead(since, 1, now) over (partition by device_id order by since) as until, begin
    from device_states, window_of where facility_id = $1 and since <= now),
  up as (
    select device_id, sum(extract(epoch from until - since)) as known_s,
      sum(extract(epoch from until - since)) filter (where state = 'online') as up_s
    from spell where until > begin group by device_id),
  trouble as (
    select subject as device_id, count(*) filter (where raised_at > begin) as failures,
      count(*) filter (where resolved_at is null) as open_alerts
    from alerts, window_of
    where facility_id = $1 and (raised_at > begin or resolved_at is null) group by subject),
  work as (
    select equipment_id as device_id, count(*) as open_work from work_orders
    where facility_id = $1 and status not in ('completed', 'cancelled') group by equipment_id)
  select device.device_id, kind, make, lane_id, state, state_since, standing, configured, firmware,
    battery_pct, last_seen, told_at, up.up_s::float8 as up_s, up.known_s::float8 as known_s,
    coalesce(failures, 0) as failures, coalesce(open_alerts, 0) as open_alerts,
    coalesce(open_work, 0) as open_work
  from devices as device left join up using (device_id) left join trouble using (device_id)
    left join work using (device_id)
  where device.facility_id = $1 and ($4::text is null or device.device_id = $4)
    and (position(lower($3) in lower(device.device_id || ' ' || kind || ' ' || make || ' ' || coalesce(lane_id, ''))) > 0)
  order by (coalesce(open_alerts, 0) > 0) desc,
    array_position(array['quarantined', 'new', 'offline', 'stale', 'approved', 'online', 'retired'], state),
    device_id
  limit ${devicesShown + 1}`;

async function query(
  { pool }: Database,
  facilityId: string,
  now: Instant,
  { search = "", deviceId }: { readonly search?: string; readonly deviceId?: string },
): Promise<OfficeDevice[]> {
  const values = [facilityId, isoOf(now), search, deviceId ?? null];
  const { rows } = await pool.query<Row>({ name: "devices-of", text, values });
  return rows.map(({ up_s, known_s, ...row }) => ({
    ...row,
    state_since: isoOfDate(row.state_since),
    last_seen: isoOrNull(row.last_seen),
    told_at: isoOfDate(row.told_at),
    uptime:
      // One that nobody has let in has no time to be online in.
      known_s === null || known_s <= 0 || row.standing !== "approved"
        ? null
        : Math.min(1, Math.round(((up_s ?? 0) / known_s) * 10_000) / 10_000),
  }));
}

/** The devices of a facility whose id, kind, make or lane holds `search`. */
export async function readDevices(
  database: Database,
  facilityId: string,
  search: string,
  now: Instant,
): Promise<DevicesView> {
  const [found, counts] = await Promise.all([
    query(database, facilityId, now, { search }),
    database.pool.query<DevicesView["counts"]>(
      `select count(*) filter (where state = 'online') as online,
         count(*) filter (where state in ('offline', 'stale')) as away,
         count(*) filter (where state not in ('online', 'offline', 'stale')) as other
       from devices where facility_id = $1`,
      [facilityId],
    ),
  ]);
  return {
    as_of: isoOf(now),
    devices: found.slice(0, devicesShown),
    counts: counts.rows[0] ?? { online: 0, away: 0, other: 0 },
    has_more: found.length > devicesShown,
  };
}

/** One device closely. @returns undefined where the facility has told of none with this id */
export async function readDevice(
  database: Database,
  facilityId: string,
  deviceId: string,
  now: Instant,
): Promise<DeviceView | undefined> {
  const [device] = await query(database, facilityId, now, { deviceId });
  if (device === undefined) return undefined;
  const { pool } = database;
  const values = [facilityId, deviceId];
  const [states, alerts, work] = await Promise.all([
    pool.query<{ since: Date; state: string }>(
      `select since, state from device_states where facility_id = $1 and device_id = $2
       order by since desc limit ${statesShown}`,
      values,
    ),
    pool.query<{
      alert_id: string;
      alert_type: string;
      severity: string;
      raised_at: Date | null;
      resolved_at: Date | null;
    }>(
      `select alert_id, coalesce(alert_type, 'unknown') as alert_type,
         coalesce(severity, 'info') as severity, raised_at, resolved_at
       from alerts where facility_id = $1 and subject = $2
       order by raised_at desc limit ${alertsShown}`,
      values,
    ),
    readWorkOn(database, facilityId, deviceId, now),
  ]);
  return {
    device,
    states: states.rows.map(({ since, state }) => ({ since: isoOfDate(since), state })),
    alerts: alerts.rows.map((alert) => ({
      ...alert,
      raised_at: isoOrNull(alert.raised_at),
      resolved_at: isoOrNull(alert.resolved_at),
    })),
    work,
  };
}
