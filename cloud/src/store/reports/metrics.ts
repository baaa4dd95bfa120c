import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { SystemMetricsPage } from "@gatehouse/shared/contracts/reports/stored";
import { and, eq, isNull } from "drizzle-orm";
import { isRevenue, groupBy, sumBy } from "../../domain/reports/revenue.ts";
import type { Queries } from "../database.ts";
import { isoOfDate } from "../moments.ts";
import { systemMetrics } from "../stored-schema.ts";
import { readDashboard } from "./dashboard.ts";
import { beginOf, civilHours, endOf, type ReportDesk, shiftDay } from "./desk.ts";
import { readInsideHours } from "./inside.ts";
import { readZoneHours } from "./observed.ts";

interface MetricsRow {
  readonly at: string;
  readonly total_slots: number;
  readonly occupied_slots: number;
  readonly available_slots: number;
  readonly daily_revenue_minor: number;
  readonly active_sessions: number;
}

/** Writes down how the facility stands now; once a moment, and never changed afterwards. */
export async function recordMetrics(desk: ReportDesk): Promise<void> {
  const board = await readDashboard(desk);
  await insert(desk, [
    {
      at: board.about.as_of,
      total_slots: board.total_slots,
      occupied_slots: board.occupied_slots,
      available_slots: board.available_slots,
      daily_revenue_minor: board.revenue_today_minor,
      active_sessions: board.active_sessions,
    },
  ]);
}

/**
 * Writes down how it stood at the end of every hour of the last days, as far as the facility told them. What stands
 * there already stays.
 *
 * @returns how many were written
 */
export async function recordPastMetrics(desk: ReportDesk, days: number): Promise<number> {
  if (days === 0) return 0;
  const period = { from: shiftDay(desk.today, 1 - days), to: desk.today };
  const [hours, zones, payments] = await Promise.all([
    readInsideHours(desk, period),
    readZoneHours(desk, period),
    readPaymentsByHour(desk, period),
  ]);
  const hourMs = 3_600_000;
  const clockHour = (at: string): string =>
    new Date(Math.floor(Date.parse(at) / hourMs) * hourMs).toISOString();
  const told = groupBy(zones, ({ hour }) => hour);
  const rows = hours.flatMap(({ hour, insideAtEnd }): MetricsRow[] => {
    const occupied = told.get(clockHour(hour));
    if (occupied === undefined) return [];
    const end = Date.parse(hour) + hourMs;
    const day = payments.find(({ at }) => at.getTime() === Date.parse(hour))?.day;
    const sameDay = payments.filter((row) => row.day === day && row.at.getTime() < end);
    const total = sumBy(occupied, ({ spaces }) => spaces);
    const taken = Math.min(
      total,
      Math.round(sumBy(occupied, ({ occupied_s }) => occupied_s) / 3600),
    );
    return [
      {
        at: new Date(end).toISOString(),
        total_slots: total,
        occupied_slots: taken,
        available_slots: total - taken,
        daily_revenue_minor: sumBy(sameDay, ({ minor }) => minor),
        active_sessions: insideAtEnd,
      },
    ];
  });
  return insert(desk, rows);
}

/** What was taken in each hour of civil time, and the day it belongs to; every hour of the days is there. */
async function readPaymentsByHour(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<{ at: Date; day: string; minor: number }[]> {
  const { rows } = await desk.database.pool.query<{
    at: Date;
    day: string;
    method: string | null;
    purpose: string | null;
    minor: number;
  }>({
    name: "report-payments-by-hour",
    text: `select hours.at, to_char(hours.civil, 'YYYY-MM-DD') as day, method, purpose,
         coalesce(sum(amount_minor), 0)::bigint as minor
       from (${civilHours(beginOf("$2", "$4"), endOf("$3", "$4"), "$4")}) as hours
       left join payments on payments.facility_id = $1 and captured_on between $2 and $3
         and date_trunc('hour', processed_at, $4) = hours.at
       group by 1, 2, 3, 4 order by 1`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return rows.map(({ at, day, method, purpose, minor }) => ({
    at,
    day,
    minor: isRevenue({ method: method ?? "", purpose: purpose ?? "stay" }) ? minor : 0,
  }));
}

async function insert(desk: ReportDesk, rows: readonly MetricsRow[]): Promise<number> {
  const { rowCount } = await desk.database.pool.query({
    name: "report-metrics-insert",
    text: `insert into system_metrics (facility_id, at, total_slots, occupied_slots, available_slots,
         daily_revenue_minor, active_sessions)
       select $1, told.* from json_to_recordset($2::json) as told(at timestamptz, total_slots integer,
         occupied_slots integer, available_slots integer, daily_revenue_minor bigint,
         active_sessions integer)
       on conflict (facility_id, at) do nothing`,
    values: [desk.facilityId, JSON.stringify(rows)],
  });
  return rowCount ?? 0;
}

/** The metrics of some days, without those that were deleted. */
export async function readMetrics(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<SystemMetricsPage> {
  const { rows } = await desk.database.pool.query<Omit<MetricsRow, "at"> & { at: Date }>({
    name: "report-metrics",
    text: `select at, total_slots, occupied_slots, available_slots, daily_revenue_minor,
         active_sessions
       from system_metrics where facility_id = $1 and deleted_at is null
         and at >= ${beginOf("$2", "$4")} and at < ${endOf("$3", "$4")}
       order by at`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return {
    about: desk.about,
    metrics: rows.map(({ at, daily_revenue_minor, ...row }) => ({
      timestamp: isoOfDate(at),
      ...row,
      daily_revenue: desk.decimal(daily_revenue_minor),
      daily_revenue_minor,
    })),
  };
}

/** Takes one out of sight; its row stays with who did it. @returns whether there was one */
export async function deleteMetrics(
  { drizzle }: Queries,
  desk: ReportDesk,
  at: string,
  by: string,
): Promise<boolean> {
  const gone = await drizzle
    .update(systemMetrics)
    .set({ deletedAt: new Date(desk.now), deletedBy: by })
    .where(
      and(
        eq(systemMetrics.facilityId, desk.facilityId),
        eq(systemMetrics.at, new Date(at)),
        isNull(systemMetrics.deletedAt),
      ),
    )
    .returning({ at: systemMetrics.at });
  return gone.length === 1;
}
