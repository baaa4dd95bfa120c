import type { AlertPage, OfficeAlert } from "@gatehouse/shared/contracts/alerts/at-office";
import { alertKinds, tierOf } from "@gatehouse/shared/contracts/alerts/tiers";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Database } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { Conditions, readPage } from "../reports/keyset.ts";

const pageSize = 50;

export interface AlertRow {
  readonly facility_id: string;
  readonly facility_name: string;
  readonly timezone: string;
  readonly alert_id: string;
  readonly source: string;
  readonly alert_type: string | null;
  readonly subject: string | null;
  readonly severity: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly raised_at: Date | null;
  readonly seen_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly acknowledged_at: Date | null;
  readonly acknowledged_by: string | null;
  readonly office_ack_at: Date | null;
  readonly office_ack_by: string | null;
  readonly office_ack_note: string | null;
}

export const alertColumns = `alert.facility_id, facility.name as facility_name, facility.timezone,
  alert.alert_id, alert.source, alert.alert_type, alert.subject, alert.severity, alert.details,
  alert.raised_at, alert.seen_at, alert.resolved_at, alert.resolved_by, alert.acknowledged_at,
  alert.acknowledged_by, alert.office_ack_at, alert.office_ack_by, alert.office_ack_note`;
export const alertTable = "alerts as alert join facilities as facility using (facility_id)";

/** How loud each type is, for SQL: what is not in it is as loud as its finder said. */
const tierByType = JSON.stringify(
  Object.fromEntries([...alertKinds].map(([type, { tier }]) => [type, tier])),
);
const tierSql = (types: string): string =>
  `coalesce(${types}::jsonb ->> alert.alert_type, alert.severity, 'info')`;
const isHandled = "(alert.acknowledged_at is not null or alert.office_ack_at is not null)";

export interface AlertsAsked {
  readonly state: "now" | "open" | "acknowledged" | "resolved" | "all";
  readonly tier?: string | undefined;
  readonly type?: string | undefined;
  readonly topic?: string | undefined;
  readonly facility?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
}

const conditionOf: Readonly<Record<AlertsAsked["state"], string>> = {
  now: "alert.resolved_at is null",
  open: `alert.resolved_at is null and not ${isHandled}`,
  acknowledged: `alert.resolved_at is null and ${isHandled}`,
  resolved: "alert.resolved_at is not null",
  all: "true",
};

/** What waits for somebody is listed by how bad it is. */
const isWaiting: Readonly<Record<AlertsAsked["state"], boolean>> = {
  now: true,
  open: true,
  acknowledged: true,
  resolved: false,
  all: false,
};

const raisedAt = "coalesce(alert.raised_at, alert.seen_at)";

/** Each tier a thousand years later than the one below, so that the newest of a moment alone is the worst of all. */
const worstFirst = `case ${tierSql("$1")} when 'critical' then interval '2000 years'
  when 'warning' then interval '1000 years' else interval '0' end`;

/**
 * Alerts of the facilities that one may see: what is not over, the worst first; the newest first of one tier, and of
 * what is over.
 *
 * @param visible undefined: all of them
 * @returns undefined where the cursor is none of ours
 */
export async function readAlerts(
  database: Database,
  visible: ReadonlySet<string> | undefined,
  asked: AlertsAsked,
  now: Instant,
): Promise<AlertPage | undefined> {
  const ids = visible === undefined ? undefined : [...visible];
  const types =
    asked.topic === undefined
      ? undefined
      : [...alertKinds].filter(([, { topic }]) => topic === asked.topic).map(([type]) => type);
  const where = new Conditions(tierByType)
    .fix("$1::text is not null and facility.is_active")
    .fix(conditionOf[asked.state])
    .add("alert.facility_id = any(?)", ids)
    .add("alert.facility_id = ?", asked.facility)
    .add("alert.alert_type = ?", asked.type)
    .add("alert.alert_type = any(?)", types)
    .add(`${tierSql("$1")} = ?`, asked.tier)
    .add("alert.raised_at >= ?", asked.from)
    .add("alert.raised_at < ?", asked.until);
  const [page, open] = await Promise.all([
    readPage<AlertRow>(
      database,
      {
        columns: alertColumns,
        table: alertTable,
        where,
        at: isWaiting[asked.state] ? `${raisedAt} + ${worstFirst}` : raisedAt,
        // Two facilities may have alerts of one id.
        id: "alert.facility_id || ' ' || alert.alert_id",
        order: "desc",
      },
      { cursor: asked.cursor, limit: pageSize },
    ),
    countOpen(database, ids),
  ]);
  if (page === undefined) return undefined;
  return {
    as_of: isoOf(now),
    alerts: page.rows.map(alertOf),
    next_cursor: page.nextCursor,
    open,
  };
}

async function countOpen(
  { pool }: Database,
  ids: readonly string[] | undefined,
): Promise<AlertPage["open"]> {
  const { rows } = await pool.query<AlertPage["open"]>({
    name: ids === undefined ? "alerts-open-all" : "alerts-open-of",
    text: `select count(*) filter (where tier = 'critical') as critical,
         count(*) filter (where tier = 'warning') as warning,
         count(*) filter (where tier = 'info') as info,
         count(*) filter (where not is_handled) as unattended
       from (select ${tierSql("$1")} as tier, ${isHandled} as is_handled
         from ${alertTable} where alert.resolved_at is null and facility.is_active
           ${ids === undefined ? "" : "and alert.facility_id = any($2)"}) as open`,
    values: ids === undefined ? [tierByType] : [tierByType, ids],
  });
  return rows[0] ?? { critical: 0, warning: 0, info: 0, unattended: 0 };
}

/** A row as it leaves the store. */
export function alertOf(row: AlertRow): OfficeAlert {
  const type = row.alert_type ?? "unknown";
  const severity = row.severity ?? "info";
  const acknowledged = acknowledgedOf(row);
  return {
    facility_id: row.facility_id,
    facility_name: row.facility_name,
    timezone: row.timezone,
    alert_id: row.alert_id,
    source: row.source === "head-office" ? "head-office" : "edge",
    alert_type: type,
    tier: tierOf(type, severity),
    topic: alertKinds.get(type)?.topic ?? null,
    severity,
    subject: row.subject ?? "",
    state: row.resolved_at !== null ? "resolved" : acknowledged === null ? "open" : "acknowledged",
    raised_at: isoOrNull(row.raised_at),
    seen_at: isoOfDate(row.seen_at),
    acknowledged,
    resolved_at: isoOrNull(row.resolved_at),
    resolved_by: row.resolved_by,
  };
}

/** Head office's own word stands before the facility's. */
function acknowledgedOf(row: AlertRow): OfficeAlert["acknowledged"] {
  if (row.office_ack_at !== null)
    return {
      at: isoOfDate(row.office_ack_at),
      by: row.office_ack_by ?? "",
      where: "head-office",
      note: row.office_ack_note,
    };
  if (row.acknowledged_at === null) return null;
  return {
    at: isoOfDate(row.acknowledged_at),
    by: row.acknowledged_by ?? "",
    where: "facility",
    note: null,
  };
}
