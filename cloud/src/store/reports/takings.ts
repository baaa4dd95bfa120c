import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { ReportDesk } from "./desk.ts";

/** Money of one day, way to pay, purpose and lane; of what went back too, on the day when it did. */
export interface TakingRow {
  readonly day: string;
  readonly method: string;
  readonly purpose: string;
  readonly lane_id: string;
  /** Where its vehicles stood; empty where nothing told it. */
  readonly zone_id: string;
  readonly payments: number;
  readonly taken_minor: number;
  readonly refunds: number;
  readonly refunded_minor: number;
  readonly reversals: number;
  readonly reversed_minor: number;
  readonly charge_backs: number;
  readonly charged_back_minor: number;
  readonly declined: number;
}

/** Everything that was taken and given back on some days. */
export async function readTakingRows(desk: ReportDesk, period: Period): Promise<TakingRow[]> {
  const { rows } = await desk.database.pool.query<TakingRow>({
    name: "report-takings",
    text: `select to_char(day, 'YYYY-MM-DD') as day, method, purpose, lane_id, zone_id, payments, taken_minor,
         0 as refunds, 0::bigint as refunded_minor, reversals, reversed_minor, charge_backs,
         charged_back_minor, declined
       from taking_days where facility_id = $1 and day between $2 and $3
       union all
       select to_char(refunds.changed_on, 'YYYY-MM-DD'), coalesce(payments.method, ''),
         coalesce(payments.purpose, 'stay'), coalesce(payments.entry_lane_id, ''),
         coalesce(payments.zone_id, ''), 0, 0,
         count(*)::integer, sum(refunds.amount_minor)::bigint, 0, 0, 0, 0, 0
       from refunds left join payments on payments.facility_id = refunds.facility_id
         and payments.payment_id = refunds.payment_id
       where refunds.facility_id = $1 and refunds.changed_on between $2 and $3
         and refunds.status = 'done'
       group by 1, 2, 3, 4, 5`,
    values: [desk.facilityId, period.from, period.to],
  });
  return rows;
}

/** Seconds for which each zone's spaces were occupied on some days, and how many there were of them all. */
export async function readZoneSeconds(
  desk: ReportDesk,
  period: Period,
): Promise<{ zone_id: string; occupied_s: number; space_s: number }[]> {
  const { rows } = await desk.database.pool.query<{
    zone_id: string;
    occupied_s: number;
    space_s: number;
  }>({
    name: "report-zone-seconds",
    text: `select zone_id, sum(occupied_s)::bigint as occupied_s,
         (sum(spaces) * 3600)::bigint as space_s
       from zone_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $4
         and hour < ($3::date + 1)::timestamp at time zone $4
       group by zone_id order by zone_id`,
    values: [desk.facilityId, period.from, period.to, desk.timezone],
  });
  return rows;
}
