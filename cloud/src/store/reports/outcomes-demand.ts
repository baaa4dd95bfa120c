import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { dayOf } from "../../domain/day.ts";
import { groupBy, sumBy } from "../../domain/reports/revenue.ts";
import type { Instant } from "@gatehouse/shared/time";
import { daysIn, percentOf, type ReportDesk, shiftDay } from "./desk.ts";
import { type InsideHour, readInsideHours } from "./inside.ts";
import { readFlowDays } from "./observed.ts";
import type { OutcomeTables } from "./outcome-table.ts";

const weeks = 4;
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
const round = (value: number): number => Math.round(100 * value) / 100;

/** The outcomes that are about who comes when, and how long they stay. */
export async function demandTables(desk: ReportDesk, period: Period): Promise<OutcomeTables> {
  const tomorrow = shiftDay(desk.today, 1);
  const sameDays = Array.from({ length: weeks }, (_, week) => shiftDay(tomorrow, -7 * (week + 1)));
  const [hours, flow, spaces, lately] = await Promise.all([
    readInsideHours(desk, period),
    readFlowDays(desk, period),
    readSpaceCount(desk),
    readInsideHours(desk, { from: sameDays.at(-1) ?? tomorrow, to: sameDays[0] ?? tomorrow }),
  ]);
  const days = daysIn(period);
  const dayOfHour = ({ hour }: InsideHour): string =>
    dayOf(Date.parse(hour) as Instant, desk.timezone);
  const byHour = groupBy(hours, ({ hourOfDay }) => `${hourOfDay}`);
  const ofDay = groupBy(lately, dayOfHour);
  const known = sameDays
    .map((day) => ofDay.get(day) ?? [])
    .filter((rows) => rows.some(({ entries, exits }) => entries + exits > 0));
  return {
    "average-time": {
      columns: ["vehicle_class", "stays", "average_seconds"],
      rows: [...groupBy(flow, ({ vehicle_class }) => vehicle_class)].map(([vehicle, rows]) => {
        const measured = sumBy(rows, (row) => row.measured);
        const seconds = sumBy(rows, (row) => row.stayed_s);
        return [vehicle, measured, measured === 0 ? null : Math.round(seconds / measured)];
      }),
    },
    "capacity-planning": {
      columns: ["day", "peak_inside", "spaces", "percent"],
      rows: [...groupBy(hours, dayOfHour)].map(([day, rows]) => {
        const peak = Math.max(...rows.map(({ peakInside }) => peakInside));
        return [day, peak, spaces, spaces === 0 ? null : percentOf(peak, spaces)];
      }),
    },
    "entry-exit-pattern": {
      columns: ["hour", "entries_a_day", "exits_a_day"],
      rows: hoursOfDay.map((hour) => {
        const rows = byHour.get(`${hour}`) ?? [];
        return [
          hour,
          round(sumBy(rows, ({ entries }) => entries) / days),
          round(sumBy(rows, ({ exits }) => exits) / days),
        ];
      }),
    },
    "demand-prediction": {
      columns: ["hour", "entries", "from_weeks"],
      rows: hoursOfDay.map((hour) => {
        const rows = known.flat().filter(({ hourOfDay }) => hourOfDay === hour);
        const entries = sumBy(rows, (row) => row.entries);
        return [hour, known.length === 0 ? null : round(entries / known.length), known.length];
      }),
    },
  };
}

async function readSpaceCount(desk: ReportDesk): Promise<number> {
  const { rows } = await desk.database.pool.query<{ count: number }>({
    name: "outcome-space-count",
    text: "select count(*) as count from spaces where facility_id = $1",
    values: [desk.facilityId],
  });
  return rows[0]?.count ?? 0;
}
