import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { HeadOfficeAlert } from "../../domain/ledger-alerts.ts";
import { changesChannel } from "../changes.ts";
import type { Database } from "../database.ts";
import { headOfficeAlertsInsert } from "../ingest-statement.ts";
import { Statement } from "../statement.ts";

/** Raises alerts of head office about a facility; one that is open already is seen again. */
export async function raiseOfficeAlerts(
  { pool }: Database,
  facilityId: string,
  alerts: readonly HeadOfficeAlert[],
): Promise<void> {
  if (alerts.length === 0) return;
  const statement = new Statement();
  statement.add("turn", `select ${statement.bind(facilityId, "text")} as facility_id`);
  statement.add("raised", headOfficeAlertsInsert(statement, alerts));
  const told = `select pg_notify('${changesChannel}', turn.facility_id)::text from turn`;
  await pool.query(statement.query("office-alerts", told));
}

/** Ends alerts of head office whose trouble is over. */
export async function endOfficeAlerts(
  { pool }: Database,
  facilityId: string,
  alertIds: readonly string[],
  now: Instant,
): Promise<void> {
  if (alertIds.length === 0) return;
  await pool.query(
    `with ended as (
       update alerts set resolved_at = $3, resolved_by = 'head-office'
       where facility_id = $1 and alert_id = any($2) and source = 'head-office'
         and resolved_at is null returning 1)
     select pg_notify('${changesChannel}', $1) from ended limit 1`,
    [facilityId, alertIds, isoOf(now)],
  );
}

/** Ends alerts of one type wherever the trouble is over: at all facilities but those named. */
export async function endOfficeAlertsExcept(
  { pool }: Database,
  type: string,
  facilityIds: readonly string[],
  now: Instant,
): Promise<void> {
  await pool.query(
    `with ended as (
       update alerts set resolved_at = $3, resolved_by = 'head-office'
       where alert_type = $1 and source = 'head-office' and resolved_at is null
         and facility_id <> all($2) returning facility_id)
     select pg_notify('${changesChannel}', facility_id) from ended`,
    [type, facilityIds, isoOf(now)],
  );
}
