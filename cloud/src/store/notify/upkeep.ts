import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { HeadOfficeAlert } from "../../domain/ledger-alerts.ts";
import { waitingMax } from "../../domain/notify/retry.ts";
import { raiseOfficeAlerts } from "../alerts/office-alerts.ts";
import type { Database } from "../database.ts";

/** What was taken is looked up no longer than this. */
const deliveredDays = 30;
/** What was given up can be sent again for so long. */
const failedDays = 90;

/** Stops targets for which too much waits, with an alert where they were to be told of. */
export async function stopOverfull(database: Database, now: Instant): Promise<number> {
  const { rows } = await database.pool.query<{
    organisation_id: string;
    target_id: string;
    name: string;
    facility_id: string;
    waiting: number;
  }>(
    `with crowd as (
       select organisation_id, target_id, count(*) as waiting, min(facility_id) as facility_id
       from deliveries where state = 'waiting' group by 1, 2 having count(*) > $1)
     update targets set is_active = false, stopped_why = 'too-far-behind' from crowd
     where targets.organisation_id = crowd.organisation_id and targets.target_id = crowd.target_id
       and targets.is_active
     returning targets.organisation_id, targets.target_id, name, crowd.facility_id, waiting`,
    [waitingMax],
  );
  for (const { facility_id, target_id, name, waiting } of rows) {
    const alert: HeadOfficeAlert = {
      alert_id: `webhook-stopped-${target_id}`,
      alert_type: "webhook-stopped",
      subject: name,
      severity: "warning",
      details: { target: name, waiting },
      at: isoOf(now),
    };
    await raiseOfficeAlerts(database, facility_id, [alert]);
  }
  return rows.length;
}

/** Forgets old messages. */
export async function forgetDeliveries({ pool }: Database, now: Instant): Promise<void> {
  const daysBefore = (days: number): string => isoOf((now - days * 86_400_000) as Instant);
  await pool.query(
    `delete from deliveries where (state in ('delivered', 'dropped') and queued_at < $1)
       or (state = 'failed' and queued_at < $2)`,
    [daysBefore(deliveredDays), daysBefore(failedDays)],
  );
}
