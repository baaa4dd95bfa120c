import type { WeekPattern } from "@gatehouse/shared/contracts/reports/analytics";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { civilHours, daysOver, type ReportDesk, shareOf } from "./desk.ts";

interface Row {
  readonly weekday: number;
  readonly hour: number;
  readonly hours: number;
  readonly entries: number;
  readonly occupied_s: number;
  readonly space_s: number;
}

/** An average week over the last days that are over. */
export async function readWeek(desk: ReportDesk, days: number): Promise<WeekPattern> {
  const period = daysOver(desk, days);
  const rows = new Map(
    (await readHours(desk, period)).map((row) => [`${row.weekday} ${row.hour}`, row]),
  );
  const fields = Array.from({ length: 168 }, (_, index) => {
    const [weekday, hour] = [Math.floor(index / 24) + 1, index % 24];
    const row = rows.get(`${weekday} ${hour}`);
    return {
      weekday,
      hour,
      hours_counted: row?.hours ?? 0,
      average_entries: row === undefined ? null : Math.round((100 * row.entries) / row.hours) / 100,
      avg_occupancy:
        row === undefined || row.space_s === 0 ? null : shareOf(row.occupied_s, row.space_s),
    };
  });
  return { about: desk.about, period, period_days: days, hours: fields };
}

/** Every weekday and hour of the period, as clocks there show them; an hour in which nobody moved counts too. */
async function readHours(desk: ReportDesk, { from, to }: Period): Promise<Row[]> {
  const { rows } = await desk.database.pool.query<Row>({
    name: "report-week",
    text: `with hours as (${civilHours(
      "($2::date)::timestamp at time zone $4",
      "($3::date + 1)::timestamp at time zone $4",
      "$4",
    )}),
       occupied as (
         select date_trunc('hour', hour, $4) as at, sum(occupied_s) as occupied_s,
           sum(spaces) * 3600 as space_s
         from zone_hours where facility_id = $1
           and hour >= ($2::date)::timestamp at time zone $4
           and hour < ($3::date + 1)::timestamp at time zone $4
         group by 1)
       select extract(isodow from civil)::integer as weekday,
         extract(hour from civil)::integer as hour, count(*)::integer as hours,
         coalesce(sum(held.entries), 0)::integer as entries,
         coalesce(sum(occupied.occupied_s), 0)::bigint as occupied_s,
         coalesce(sum(occupied.space_s), 0)::bigint as space_s
       from hours
       left join facility_hours as held on held.facility_id = $1 and held.hour = hours.at
       left join occupied on occupied.at = hours.at
       group by 1, 2`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return rows;
}
