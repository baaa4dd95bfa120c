import type { VehicleAnalytics } from "@gatehouse/shared/contracts/reports/services";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { isoOrNull } from "../moments.ts";
import { type ReportDesk, reportAddress } from "./desk.ts";

interface Visits {
  readonly entry_lane_id: string | null;
  readonly visits: number;
  readonly stayed_s: number;
  readonly measured: number;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** What is known of one vehicle's visits here. */
export async function readVehicle(desk: ReportDesk, asked: string): Promise<VehicleAnalytics> {
  const plate = normalisePlate(asked);
  const [{ rows: visits }, { rows: paid }] = await Promise.all([
    desk.database.pool.query<Visits>({
      name: "report-vehicle-visits",
      text: `select entry_lane_id, count(*) as visits,
           coalesce(sum(duration_s) filter (where state like 'closed%'), 0)::bigint as stayed_s,
           count(duration_s) filter (where state like 'closed%') as measured,
           min(coalesce(entry_at, exit_at)) as first, max(coalesce(entry_at, exit_at)) as last
         from sessions where facility_id = $1 and plate = $2
           and state in ('open', 'settled', 'closed', 'closed-unpaid', 'closed-assumed')
         group by entry_lane_id`,
      values: [desk.facilityId, plate],
    }),
    desk.database.pool.query<{ method: string | null; count: number; minor: number }>({
      name: "report-vehicle-payments",
      text: `select payments.method, count(*) as count, sum(payments.amount_minor - (
             select coalesce(sum(amount_minor), 0) from refunds
             where refunds.facility_id = payments.facility_id and refunds.status = 'done'
               and refunds.payment_id = payments.payment_id))::bigint as minor
         from sessions join payments on payments.facility_id = sessions.facility_id
           and payments.session_id = sessions.session_id
         where sessions.facility_id = $1 and sessions.plate = $2
           and payments.captured_on is not null and payments.reversed_on is null
           and payments.charged_back_on is null and payments.method is distinct from 'nil'
         group by payments.method order by 3 desc`,
      values: [desk.facilityId, plate],
    }),
  ]);
  const sum = (value: (row: Visits) => number): number =>
    visits.reduce((total, row) => total + value(row), 0);
  const total = paid.reduce((all, { minor }) => all + minor, 0);
  const count = sum((row) => row.visits);
  const measured = sum((row) => row.measured);
  return {
    about: desk.about,
    vehicle_number: plate,
    total_visits: count,
    total_expense: desk.decimal(total),
    total_expense_minor: total,
    average_cost: count === 0 ? 0 : desk.decimal(Math.round(total / count)),
    average_duration_seconds:
      measured === 0 ? null : Math.round(sum((row) => row.stayed_s) / measured),
    first_visit: isoOrNull(endOfAll(visits, "first", -1)),
    last_visit: isoOrNull(endOfAll(visits, "last", 1)),
    preferred_zone: preferredZone(desk, visits),
    payment_methods: paid.map((row) => ({
      payment_method: row.method ?? "unknown",
      amount: desk.decimal(row.minor),
      amount_minor: row.minor,
      count: row.count,
    })),
    opens: { total_visits: reportAddress(desk, "sessions", { plate }) },
  };
}

function endOfAll(visits: readonly Visits[], name: "first" | "last", sign: 1 | -1): Date | null {
  const moments = visits.map((row) => row[name]).filter((at) => at !== null);
  return moments.toSorted((a, b) => sign * (b.getTime() - a.getTime()))[0] ?? null;
}

function preferredZone(desk: ReportDesk, visits: readonly Visits[]): string | null {
  const byZone = new Map<string, number>();
  for (const { entry_lane_id, visits: n } of visits) {
    const zone = desk.zoneOfLane.get(entry_lane_id ?? "");
    if (zone !== undefined) byZone.set(zone, (byZone.get(zone) ?? 0) + n);
  }
  const [most] = [...byZone].toSorted((a, b) => b[1] - a[1]);
  return most === undefined ? null : desk.zoneName(most[0]);
}
