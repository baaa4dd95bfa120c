import { dueReports } from "../../domain/reports/calendar.ts";
import { reportTitle } from "../../domain/reports/report-words.ts";
import type { HeadOfficeAlert } from "../../domain/ledger-alerts.ts";
import { endOfficeAlertsExcept, raiseOfficeAlerts } from "../alerts/office-alerts.ts";
import { type Database, isUnavailable, reasonOf } from "../database.ts";
import { ifMine } from "../locked.ts";
import { beginOf, endOf, openDesk, type ReportDesk } from "./desk.ts";
import { draftReport, keepReport } from "./stored.ts";
import { recordMetrics } from "./metrics.ts";
import { type Instant, isoOf } from "@gatehouse/shared/time";

/**
 * Makes what the calendar asks for and is not kept yet, and writes down how each facility stands. One process at a
 * time does it; another one that comes meanwhile does nothing.
 *
 * @returns how many reports were made; undefined where another process is at it
 */
export const makeDueReports = (
  database: Database,
  now: Instant,
  newId: () => string,
): Promise<number | undefined> => ifMine(database, "calendar", () => makeAll(database, now, newId));

async function makeAll(database: Database, now: Instant, newId: () => string): Promise<number> {
  const { rows } = await database.pool.query<{ facility_id: string }>(
    `select facility_id from facilities where is_active order by facility_id`,
  );
  let made = 0;
  const broken: string[] = [];
  for (const { facility_id: facilityId } of rows) {
    try {
      const desk = await openDesk(database, facilityId, now);
      if (desk === undefined) continue;
      await recordMetrics(desk);
      made += await makeFor(desk, newId);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      // One facility's report that breaks holds up no other's.
      broken.push(facilityId);
      await raiseOfficeAlerts(database, facilityId, [notMade(reasonOf(error), now)]);
    }
  }
  await endOfficeAlertsExcept(database, notMadeType, broken, now);
  return made;
}

const notMadeType = "reports-not-made";

const notMade = (reason: string, now: Instant): HeadOfficeAlert => ({
  alert_id: notMadeType,
  alert_type: notMadeType,
  subject: "",
  severity: "warning",
  details: { reason },
  at: isoOf(now),
});

async function makeFor(desk: ReportDesk, newId: () => string): Promise<number> {
  let made = 0;
  for (const { type, period } of dueReports(desk.today)) {
    if (!(await isDue(desk, type, period))) continue;
    const title = reportTitle(type, desk.about.facility_name, period);
    const order = { type, title, period, by: "calendar", isScheduled: true };
    const data = await draftReport(desk, period);
    if (await keepReport(desk.database, desk, { ...order, reportId: newId() }, data)) made += 1;
  }
  return made;
}

/**
 * Whether it is not kept (nor deleted), the facility was there in those days, and everything of them is here: one that
 * is offline gets its report once it has caught up.
 */
async function isDue(
  desk: ReportDesk,
  type: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { rows } = await desk.database.pool.query<{ is_due: boolean }>({
    name: "report-is-due",
    text: `select not exists (select from analytics_reports
           where facility_id = $1 and report_type = $5 and from_day = $2 and is_scheduled)
         and coalesce((select last_line_at >= ${endOf("$3", "$4")} from facility_states
           where facility_id = $1), false)
         and coalesce((select first_at < ${endOf("$3", "$4")} from archive_files
             where facility_id = $1 and epoch = 1 and first_seq = 1),
           exists (select from ledger_lines
             where facility_id = $1 and epoch = 1 and seq = 1 and at < ${endOf("$3", "$4")}))
         and ${beginOf("$2", "$4")} is not null as is_due`,
    values: [desk.facilityId, from, to, desk.timezone, type],
  });
  return rows[0]?.is_due === true;
}
