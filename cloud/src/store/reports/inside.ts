import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { type HourCourse, insideByHour } from "../../domain/reports/peaks.ts";
import { sumBy } from "../../domain/reports/revenue.ts";
import { civilHours, type ReportDesk } from "./desk.ts";

/** Vehicles in and out of one hour of civil time. */
export interface InsideHour {
  /** When it begins, ISO 8601. */
  readonly hour: string;
  /** As clocks show it there, 0–23. */
  readonly hourOfDay: number;
  readonly entries: number;
  readonly exits: number;
  /** The most vehicles inside at the end of a minute. */
  readonly peakInside: number;
  /** Vehicles inside when it ended. */
  readonly insideAtEnd: number;
}

/** Every hour of some days, also the ones in which nothing moved; hours that are still to come are left out. */
export async function readInsideHours(desk: ReportDesk, period: Period): Promise<InsideHour[]> {
  const { rows } = await desk.database.pool.query<{
    at: Date;
    hour_of_day: number;
    entries: number;
    exits: number;
    net_by_minute: number[];
    inside_after: number;
  }>({
    name: "report-inside-hours",
    text: `with bounds as (
         select ($2::date)::timestamp at time zone $4 as first,
           least(($3::date + 1)::timestamp at time zone $4, $5::timestamptz) as past),
       later as (
         select coalesce(sum(moved.net), 0) as net from facility_hours as held, bounds,
           lateral (select sum(net) as net from unnest(held.net_by_minute) as each(net)) as moved
         where held.facility_id = $1 and held.hour >= bounds.past),
       standing as (
         select count(*) as inside from sessions
         where facility_id = $1 and state in ('open', 'settled') and entry_at is not null)
       select hours.at, extract(hour from hours.civil)::integer as hour_of_day,
         coalesce(held.entries, 0) as entries, coalesce(held.exits, 0) as exits,
         coalesce(held.net_by_minute, '{}') as net_by_minute,
         (standing.inside - later.net)::integer as inside_after
       from bounds, later, standing,
         lateral (${civilHours("bounds.first", "bounds.past", "$4")}) as hours
       left join facility_hours as held on held.facility_id = $1 and held.hour = hours.at
       order by hours.at`,
    values: [desk.facilityId, period.from, period.to, desk.timezone, new Date(desk.now)],
  });
  const course: HourCourse[] = rows.map(({ at, net_by_minute }) => ({
    hour: at.toISOString(),
    netByMinute: net_by_minute,
  }));
  const moved = sumBy(course, ({ netByMinute }) => sumBy(netByMinute, (net) => net));
  const inside = insideByHour((rows[0]?.inside_after ?? 0) - moved, course);
  return rows.map(({ at, hour_of_day, entries, exits }) => ({
    hour: at.toISOString(),
    hourOfDay: hour_of_day,
    entries,
    exits,
    peakInside: inside.get(at.toISOString())?.peak ?? 0,
    insideAtEnd: inside.get(at.toISOString())?.atEnd ?? 0,
  }));
}
