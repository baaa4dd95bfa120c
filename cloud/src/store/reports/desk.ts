import { Layout } from "@gatehouse/shared/contracts/layout";
import type { Period, ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { decimalsOf, minorUnits } from "@gatehouse/shared/money";
import { elapsed, type Instant, isoOf } from "@gatehouse/shared/time";
import { dayOf } from "../../domain/day.ts";
import { zonesOfLanes } from "../../domain/reports/zone-of-lane.ts";
import type { Database } from "../database.ts";
import { isoOrNull } from "../moments.ts";

/** One facility as its reports see it: who it is, how fresh its facts are, and what its zones and lanes are called. */
export interface ReportDesk {
  readonly database: Database;
  readonly facilityId: string;
  readonly timezone: string;
  readonly now: Instant;
  /** The present day there. */
  readonly today: string;
  readonly about: ReportAbout;
  readonly layout: Layout;
  /** The zone to which a lane alone leads. */
  readonly zoneOfLane: ReadonlyMap<string, string>;
  readonly zoneName: (zoneId: string) => string;
  readonly laneName: (laneId: string) => string;
  /** Whole minor units as the decimal number that the analytics backend had. */
  readonly decimal: (minor: number) => number;
}

interface Row {
  readonly name: string;
  readonly timezone: string;
  readonly currency: string | null;
  readonly last_batch_at: Date | null;
  readonly last_line_at: Date | null;
  readonly written_seq: number | null;
  readonly acked_seq: number | null;
  readonly lines_set_aside: number;
  readonly layout: unknown;
}

const noLayout: Layout = { zones: [], lanes: [], devices: {} };

/** @returns undefined when there is no such facility */
export async function openDesk(
  database: Database,
  facilityId: string,
  now: Instant,
): Promise<ReportDesk | undefined> {
  const { rows } = await database.pool.query<Row>({
    name: "report-desk",
    text: `select facility.name, facility.timezone, facility.currency, state.last_batch_at,
         state.last_line_at, state.written_seq, mark.acked_seq, state.lines_set_aside, layouts.layout
       from facilities as facility
       join facility_states as state on state.facility_id = facility.facility_id
       left join watermarks as mark
         on mark.facility_id = facility.facility_id and mark.epoch = state.epoch
       left join layouts on layouts.facility_id = facility.facility_id
       where facility.facility_id = $1 and facility.is_active`,
    values: [facilityId],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const layout = Layout.safeParse(row.layout).data ?? noLayout;
  const decimals = decimalsOf(row.currency ?? "");
  const zoneNames = new Map(layout.zones.map(({ zone_id, name }) => [zone_id, name]));
  const laneNames = new Map(layout.lanes.map(({ lane_id, name }) => [lane_id, name]));
  return {
    database,
    facilityId,
    timezone: row.timezone,
    now,
    today: dayOf(now, row.timezone),
    about: aboutOf(facilityId, row, now),
    layout,
    zoneOfLane: zonesOfLanes(layout),
    zoneName: (zoneId) => zoneNames.get(zoneId) ?? zoneId,
    laneName: (laneId) => laneNames.get(laneId) ?? laneId,
    decimal: (minor) => decimals(minorUnits(minor)),
  };
}

function aboutOf(facilityId: string, row: Row, now: Instant): ReportAbout {
  const acked = row.acked_seq ?? 0;
  const toCome = row.written_seq === null ? null : Math.max(0, row.written_seq - acked);
  // With lines still to come the facts end with the newest that is held; otherwise they are as of the last word.
  const freshAt = toCome === 0 ? row.last_batch_at : row.last_line_at;
  return {
    facility_id: facilityId,
    facility_name: row.name,
    timezone: row.timezone,
    currency: row.currency ?? "",
    as_of: isoOf(now),
    facts_until: isoOrNull(row.last_line_at),
    heard_at: isoOrNull(row.last_batch_at),
    lines_to_come: toCome,
    set_aside: row.lines_set_aside,
    lag_s: freshAt === null ? null : Math.floor(elapsed(freshAt.getTime() as Instant, now) / 1000),
  };
}

/** The days that are over, so many of them, up to yesterday. */
export function daysOver(desk: ReportDesk, days: number): Period {
  return { from: shiftDay(desk.today, -days), to: shiftDay(desk.today, -1) };
}

const dayMs = 86_400_000;

/** The calendar day so many days later. */
export const shiftDay = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * dayMs).toISOString().slice(0, 10);

/** How many days there are, both ends included. */
export const daysIn = ({ from, to }: Period): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

/** SQL: the moment at which a day begins at the facility; both are parameters such as `$2`. */
export const beginOf = (day: string, timezone: string): string =>
  `((${day}::date)::timestamp at time zone ${timezone})`;

/** SQL: the moment at which a day has ended. */
export const endOf = (day: string, timezone: string): string =>
  `((${day}::date + 1)::timestamp at time zone ${timezone})`;

/**
 * SQL: the hours of civil time from one moment to another, each as the moment `at` at which it begins (as ingest cuts
 * it) and the local time `civil` that clocks show then. It goes in steps of half an hour, because on Lord Howe clocks
 * are set by half an hour: the hour of that change begins, reckoned back, within the one before.
 */
export const civilHours = (first: string, past: string, timezone: string): string =>
  `select date_trunc('hour', each.at, ${timezone}) as at,
     min(date_trunc('hour', each.at at time zone ${timezone})) as civil
   from generate_series(${first}, ${past} - interval '1 millisecond', interval '30 minutes')
     as each(at)
   group by 1`;

/** An address below the facility's reports. */
export function reportAddress(
  desk: ReportDesk,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const text = new URLSearchParams(given).toString();
  return `/v1/facilities/${desk.facilityId}/reports/${path}${text === "" ? "" : `?${text}`}`;
}

/** A share as per cent with two digits. */
export const percentOf = (part: number, whole: number): number =>
  whole <= 0 ? 0 : Math.min(100, Math.round((10_000 * part) / whole) / 100);

/** A share from 0 to 1 with four digits. */
export const shareOf = (part: number, whole: number): number =>
  whole <= 0 ? 0 : Math.min(1, Math.round((10_000 * part) / whole) / 10_000);
