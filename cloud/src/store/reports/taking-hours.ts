import type { TakingHours } from "@gatehouse/shared/contracts/reports/analytics";
import { groupBy, isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import type { ReportDesk } from "./desk.ts";
import { readInsideHours } from "./inside.ts";

interface Row {
  /** When the civil hour begins. */
  readonly start: Date;
  readonly method: string;
  readonly purpose: string;
  readonly payments: number;
  readonly taken_minor: number;
}

/** What was taken in each hour of a day, up to the present one. */
export async function readTakingHours(desk: ReportDesk, date: string): Promise<TakingHours> {
  const [hours, rows] = await Promise.all([
    readInsideHours(desk, { from: date, to: date }),
    readTaken(desk, date),
  ]);
  const byStart = groupBy(rows.filter(isRevenue), ({ start }) => start.toISOString());
  return {
    about: desk.about,
    date,
    hours: hours.map(({ hour: start, hourOfDay }) => {
      const taken = byStart.get(start) ?? [];
      return {
        hour: hourOfDay,
        start,
        taken_minor: sumBy(taken, ({ taken_minor }) => taken_minor),
        payments: sumBy(taken, ({ payments }) => payments),
      };
    }),
  };
}

async function readTaken(desk: ReportDesk, date: string): Promise<Row[]> {
  const { rows } = await desk.database.pool.query<Row>({
    name: "report-taking-hours",
    text: `select date_trunc('hour', processed_at, $3) as start, coalesce(method, '') as method,
         coalesce(purpose, 'stay') as purpose, count(*)::integer as payments,
         coalesce(sum(amount_minor), 0)::bigint as taken_minor
       from payments where facility_id = $1 and captured_on = $2
       group by 1, 2, 3`,
    values: [desk.facilityId, date, desk.timezone],
  });
  return rows;
}
