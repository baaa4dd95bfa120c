import { currencyDigits } from "@gatehouse/shared/currency";
import type { Instant } from "@gatehouse/shared/time";
import { type FacilityFacts, ownAlerts, ownTypes } from "../../domain/alerts/own-alerts.ts";
import { dayOf } from "../../domain/day.ts";
import type { HeadOfficeAlert } from "../../domain/ledger-alerts.ts";
import type { Database } from "../database.ts";
import { instantOrNone } from "../moments.ts";
import { endOfficeAlerts, raiseOfficeAlerts } from "./office-alerts.ts";

interface Row {
  readonly facility_id: string;
  readonly timezone: string;
  readonly currency: string | null;
  readonly last_batch_at: Date | null;
  readonly skew_ms: number | null;
  readonly backlog: number;
  readonly spaces_occupied: number;
  readonly spaces_free: number;
  readonly trouble: string | null;
}

interface Sums {
  readonly facility_id: string;
  readonly day: string;
  readonly captured_minor: number;
  readonly entries: number;
}

interface Open {
  readonly facility_id: string;
  readonly alert_id: string;
  readonly alert_type: string;
  readonly details: unknown;
}

interface Overdue {
  readonly facility_id: string;
  readonly equipment_id: string;
  readonly since: Date;
}

const dayMs = 86_400_000;
/** The month so far, and the five weeks that a trend is seen in. */
const daysRead = 36;

/**
 * Looks at every facility and raises, keeps or ends head office's own alerts about it.
 *
 * @returns how many were raised or ended
 */
export async function watchFacilities(database: Database, now: Instant): Promise<number> {
  const [facilities, sums, open, overdue] = await read(database, now);
  const sumsOf = Map.groupBy(sums, ({ facility_id }) => facility_id);
  const openOf = Map.groupBy(open, ({ facility_id }) => facility_id);
  const overdueOf = Map.groupBy(overdue, ({ facility_id }) => facility_id);
  let changed = 0;
  for (const row of facilities) {
    const id = row.facility_id;
    const known = openOf.get(id) ?? [];
    const facts = factsOf(row, sumsOf.get(id) ?? [], known, overdueOf.get(id) ?? [], now);
    changed += await settleAlerts(database, id, ownAlerts(facts), known, now);
  }
  return changed;
}

/** Only what is new, differs or is over is written. */
async function settleAlerts(
  database: Database,
  facilityId: string,
  wanted: readonly HeadOfficeAlert[],
  known: readonly Open[],
  now: Instant,
): Promise<number> {
  const fresh = wanted.filter(({ alert_id }) => known.every((each) => each.alert_id !== alert_id));
  const over = known.filter(({ alert_id }) => wanted.every((each) => each.alert_id !== alert_id));
  await raiseOfficeAlerts(database, facilityId, fresh);
  await endOfficeAlerts(
    database,
    facilityId,
    over.map(({ alert_id }) => alert_id),
    now,
  );
  return fresh.length + over.length;
}

async function read({ pool }: Database, now: Instant): Promise<[Row[], Sums[], Open[], Overdue[]]> {
  const since = new Date(now - daysRead * dayMs).toISOString().slice(0, 10);
  const [facilities, sums, open, overdue] = await Promise.all([
    pool.query<Row>({
      name: "watch-facilities",
      text: `select facility.facility_id, facility.timezone, facility.currency, state.last_batch_at,
           state.skew_ms, greatest(0, coalesce(state.written_seq - held.acked_seq, 0)) as backlog,
           state.spaces_occupied, state.spaces_free, round.trouble
         from facilities as facility
         join facility_states as state using (facility_id)
         left join watermarks as held
           on held.facility_id = facility.facility_id and held.epoch = state.epoch
         left join retention_rounds as round on round.facility_id = facility.facility_id
         where facility.is_active`,
    }),
    pool.query<Sums>({
      name: "watch-sums",
      text: `select facility_id, to_char(day, 'YYYY-MM-DD') as day, captured_minor, entries
         from facility_days where day >= $1`,
      values: [since],
    }),
    pool.query<Open>({
      name: "watch-open",
      text: `select facility_id, alert_id, alert_type, details from alerts
         where resolved_at is null and source = 'head-office' and alert_type = any($1)`,
      values: [ownTypes],
    }),
    pool.query<Overdue>({
      name: "watch-overdue",
      text: `select facility_id, equipment_id, min(scheduled_at) as since from work_orders
         where status not in ('completed', 'cancelled') and scheduled_at < $1 group by 1, 2`,
      values: [new Date(now)],
    }),
  ]);
  return [facilities.rows, sums.rows, open.rows, overdue.rows];
}

function factsOf(
  row: Row,
  sums: readonly Sums[],
  known: readonly Open[],
  overdue: readonly Overdue[],
  now: Instant,
): FacilityFacts {
  const today = dayOf(now, row.timezone);
  const month = today.slice(0, 7);
  const ageOf = ({ day }: Sums): number =>
    Math.round((Date.parse(today) - Date.parse(day)) / dayMs);
  const entriesBetween = (from: number, to: number): number =>
    sums
      .filter((each) => ageOf(each) >= from && ageOf(each) <= to)
      .reduce((sum, { entries }) => sum + entries, 0);
  const oldest = Math.max(0, ...sums.map(ageOf));
  return {
    now,
    heardAt: instantOrNone(row.last_batch_at),
    skewMs: row.skew_ms ?? undefined,
    backlog: row.backlog,
    occupied: row.spaces_occupied,
    free: row.spaces_free,
    archiveTrouble: row.trouble ?? undefined,
    isToldFull: known.some(({ alert_type }) => alert_type === "high-occupancy"),
    takenMinor: sums
      .filter(({ day }) => day.startsWith(month))
      .reduce((sum, { captured_minor }) => sum + captured_minor, 0),
    unitMinor: 10 ** currencyDigits(row.currency ?? ""),
    month,
    entriesWeek: entriesBetween(1, 7),
    entriesBefore: entriesBetween(8, 35),
    daysBefore: Math.max(0, Math.min(oldest, 35) - 7),
    overdue: overdue.map(({ equipment_id, since }) => ({
      equipmentId: equipment_id,
      since: since.getTime() as Instant,
    })),
  };
}
