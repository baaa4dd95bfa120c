import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { PeakHours, PeakOccupancy } from "@gatehouse/shared/contracts/reports/services";
import { topFive } from "../../domain/reports/peaks.ts";
import { groupBy, sumBy } from "../../domain/reports/revenue.ts";
import { daysIn, daysOver, type ReportDesk, shareOf } from "./desk.ts";
import { readInsideHours } from "./inside.ts";

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
const round = (value: number): number => Math.round(value * 100) / 100;

/** When vehicles come in, over the last days that are over. */
export const readPeakHours = (desk: ReportDesk, days: number): Promise<PeakHours> =>
  readPeakHoursOf(desk, daysOver(desk, days));

/** When vehicles came in on some days. */
export async function readPeakHoursOf(desk: ReportDesk, period: Period): Promise<PeakHours> {
  const byHour = groupBy(await readInsideHours(desk, period), ({ hourOfDay }) => `${hourOfDay}`);
  const breakdown = hoursOfDay.map((hour) => {
    const some = byHour.get(`${hour}`) ?? [];
    const entries = sumBy(some, (each) => each.entries);
    return { hour, entries, average_entries: some.length === 0 ? 0 : round(entries / some.length) };
  });
  return {
    about: desk.about,
    basis: "entries",
    period,
    period_days: daysIn(period),
    hourly_breakdown: breakdown,
    peak_hours: topFive(breakdown, ({ entries }) => entries),
  };
}

/** When spaces are full, over the last days that are over. */
export async function readPeakOccupancy(desk: ReportDesk, days: number): Promise<PeakOccupancy> {
  const period = daysOver(desk, days);
  const [inside, occupied] = await Promise.all([
    readInsideHours(desk, period),
    readOccupiedByHour(desk, period),
  ]);
  const byHour = groupBy(inside, ({ hourOfDay }) => `${hourOfDay}`);
  const breakdown = hoursOfDay.map((hour) => {
    const sums = occupied.get(hour);
    return {
      hour,
      avg_occupancy: shareOf(sums?.occupied_s ?? 0, sums?.space_s ?? 0),
      max_inside: Math.max(0, ...(byHour.get(`${hour}`) ?? []).map(({ peakInside }) => peakInside)),
      hours_observed: sums?.hours ?? 0,
    };
  });
  return {
    about: desk.about,
    basis: "occupancy",
    period,
    period_days: days,
    hourly_breakdown: breakdown,
    peak_hours: topFive(breakdown, ({ avg_occupancy }) => avg_occupancy),
  };
}

interface OccupiedHour {
  readonly hour: number;
  readonly occupied_s: number;
  readonly space_s: number;
  readonly hours: number;
}

async function readOccupiedByHour(
  desk: ReportDesk,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<number, OccupiedHour>> {
  const { rows } = await desk.database.pool.query<OccupiedHour>({
    name: "report-occupied-by-hour",
    text: `select extract(hour from hour at time zone $4)::integer as hour,
         sum(occupied_s)::bigint as occupied_s, (sum(spaces) * 3600)::bigint as space_s,
         count(distinct zone_hours.hour) as hours
       from zone_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $4
         and hour < ($3::date + 1)::timestamp at time zone $4
       group by 1`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return new Map(rows.map((row) => [row.hour, row]));
}
