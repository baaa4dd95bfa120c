import type { DashboardSummary } from "@gatehouse/shared/contracts/reports/services";
import { givenBack, isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { percentOf, type ReportDesk, reportAddress } from "./desk.ts";
import { readInsideHours } from "./inside.ts";
import { readTakingRows } from "./takings.ts";

interface Row {
  readonly free: number;
  readonly occupied: number;
  readonly unknown: number;
  readonly out_of_service: number;
  readonly inside: number;
  readonly users: number;
  readonly violations: number;
  readonly alerts: number;
}

/** How a facility stands, and its present day. */
export async function readDashboard(desk: ReportDesk): Promise<DashboardSummary> {
  const day = desk.today;
  const today = { from: day, to: day };
  const [standing, hours, takings] = await Promise.all([
    readStanding(desk),
    readInsideHours(desk, today),
    readTakingRows(desk, today),
  ]);
  const revenue = takings.filter(isRevenue);
  const taken = sumBy(revenue, ({ taken_minor }) => taken_minor);
  const { free, occupied, unknown, out_of_service, inside } = standing;
  const sessions = (query: Record<string, string>): string =>
    reportAddress(desk, "sessions", { ...today, ...query });
  return {
    about: desk.about,
    day,
    total_slots: free + occupied + unknown + out_of_service,
    occupied_slots: occupied,
    available_slots: free,
    unknown_slots: unknown,
    out_of_service_slots: out_of_service,
    occupancy_rate: percentOf(occupied, free + occupied + unknown),
    active_sessions: inside,
    completed_sessions: sumBy(hours, ({ exits }) => exits),
    entries_today: sumBy(hours, ({ entries }) => entries),
    peak_inside_today: Math.max(0, ...hours.map(({ peakInside }) => peakInside)),
    revenue_today: desk.decimal(taken),
    revenue_today_minor: taken,
    given_back_today_minor: givenBack(revenue),
    users_today: standing.users,
    violations_today: standing.violations,
    alerts_today: standing.alerts,
    opens: {
      active_sessions: reportAddress(desk, "sessions/active", {}),
      completed_sessions: sessions({ by: "exit" }),
      entries_today: sessions({ by: "entry" }),
      revenue_today: reportAddress(desk, "payment-list", { ...today, by: "captured" }),
    },
  };
}

async function readStanding(desk: ReportDesk): Promise<Row> {
  const { rows } = await desk.database.pool.query<Row>({
    name: "report-standing",
    text: `select spaces_free as free, spaces_occupied as occupied, spaces_unknown as unknown,
         spaces_out_of_service as out_of_service,
         (select count(*) from sessions
           where facility_id = $1 and state in ('open', 'settled')) as inside,
         (select count(distinct plate) from sessions
           where facility_id = $1 and plate <> ''
             and state in ('open', 'settled', 'closed', 'closed-unpaid', 'closed-assumed')
             and entry_at >= ($2::date)::timestamp at time zone $3
             and entry_at < ($2::date + 1)::timestamp at time zone $3) as users,
         (select coalesce(sum(count), 0) from event_days
           where facility_id = $1 and day = $2 and topic = 'violation') as violations,
         (select coalesce(sum(count), 0) from event_days
           where facility_id = $1 and day = $2 and topic = 'alert') as alerts
       from facility_states where facility_id = $1`,
    values: [desk.facilityId, desk.today, desk.timezone],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("a facility's state stands beside it");
  return row;
}
