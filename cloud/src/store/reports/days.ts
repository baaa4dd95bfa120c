import type {
  DailyReport,
  HourlyOccupancy,
  HourOfDate,
} from "@gatehouse/shared/contracts/reports/analytics";
import { topFive } from "../../domain/reports/peaks.ts";
import { givenBack, groupBy, isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { type ReportDesk, shareOf } from "./desk.ts";
import { readInsideHours } from "./inside.ts";
import { readCameraHours, readFlowDays, readZoneHours } from "./observed.ts";
import { readTakingRows } from "./takings.ts";

/** The hours of one day, 23 to 25 of them. */
export async function readHourlyOccupancy(
  desk: ReportDesk,
  date: string,
): Promise<HourlyOccupancy> {
  return { about: desk.about, date, hourly_data: await readHours(desk, date) };
}

async function readHours(desk: ReportDesk, date: string): Promise<HourOfDate[]> {
  const day = { from: date, to: date };
  const [inside, zones, cameras] = await Promise.all([
    readInsideHours(desk, day),
    readZoneHours(desk, day),
    readCameraHours(desk, day),
  ]);
  // The facility tells whole hours of the clock; where civil hours begin at half past they lie in between.
  const clockHour = (start: string): string =>
    new Date(Math.floor(Date.parse(start) / 3_600_000) * 3_600_000).toISOString();
  const occupied = groupBy(zones, ({ hour }) => hour);
  const seen = groupBy(cameras, ({ hour }) => clockHour(hour));
  return inside.map(({ hour, hourOfDay, entries, exits, peakInside }) => {
    const told = occupied.get(clockHour(hour));
    const pictures = seen.get(clockHour(hour))?.filter((row) => row.vehicle_observations !== null);
    return {
      hour: hourOfDay,
      start: hour,
      avg_occupancy_rate:
        told === undefined
          ? null
          : shareOf(
              sumBy(told, ({ occupied_s }) => occupied_s),
              sumBy(told, ({ spaces }) => spaces * 3600),
            ),
      max_occupancy: peakInside,
      total_vehicles: entries,
      vehicle_observations:
        pictures === undefined || pictures.length === 0
          ? null
          : sumBy(pictures, ({ vehicle_observations }) => vehicle_observations ?? 0),
      entries,
      exits,
    };
  });
}

/** One day as a whole. */
export async function readDailyReport(desk: ReportDesk, date: string): Promise<DailyReport> {
  const day = { from: date, to: date };
  const [hours, zones, flow, takings] = await Promise.all([
    readHours(desk, date),
    readZoneHours(desk, day),
    readFlowDays(desk, day),
    readTakingRows(desk, day),
  ]);
  const revenue = takings.filter(isRevenue);
  const taken = sumBy(revenue, ({ taken_minor }) => taken_minor);
  const entries = sumBy(hours, (each) => each.entries);
  const measured = sumBy(flow, (row) => row.measured);
  const observed = hours.filter(({ vehicle_observations }) => vehicle_observations !== null);
  const types = [...groupBy(flow, ({ vehicle_class }) => vehicle_class)].map(
    ([vehicle, rows]) => [vehicle, sumBy(rows, (row) => row.entries)] as const,
  );
  return {
    about: desk.about,
    date,
    summary: {
      total_vehicles: entries,
      vehicle_observations:
        observed.length === 0 ? null : sumBy(observed, (each) => each.vehicle_observations ?? 0),
      avg_occupancy_rate:
        zones.length === 0
          ? null
          : shareOf(
              sumBy(zones, ({ occupied_s }) => occupied_s),
              sumBy(zones, ({ spaces }) => spaces * 3600),
            ),
      max_occupancy: Math.max(0, ...hours.map(({ max_occupancy }) => max_occupancy)),
      vehicle_types: Object.fromEntries(types.filter(([, count]) => count > 0)),
      entries,
      exits: sumBy(hours, (each) => each.exits),
      average_stay_seconds:
        measured === 0 ? null : Math.round(sumBy(flow, (row) => row.stayed_s) / measured),
    },
    hourly_data: hours,
    peak_hour: topFive(hours, (each) => each.avg_occupancy_rate ?? 0)[0] ?? null,
    revenue: desk.decimal(taken),
    revenue_minor: taken,
    given_back_minor: givenBack(revenue),
  };
}
