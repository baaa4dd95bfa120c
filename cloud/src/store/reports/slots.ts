import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { SlotUsage } from "@gatehouse/shared/contracts/reports/services";
import { isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { shareOut } from "../../domain/reports/share-out.ts";
import { type ReportDesk, shareOf } from "./desk.ts";
import { readTakingRows } from "./takings.ts";

/** One space on some days. */
export interface SpaceUse {
  readonly space_id: string;
  readonly zone_id: string | null;
  readonly space_type: string | null;
  readonly status: string | null;
  readonly occupied_s: number;
  readonly stays: number;
  readonly stayed_s: number;
}

/** Every space that there is, or of which these days tell. */
export async function readSpaceUse(desk: ReportDesk, { from, to }: Period): Promise<SpaceUse[]> {
  const { rows } = await desk.database.pool.query<SpaceUse>({
    name: "report-space-use",
    text: `select space_id, spaces.zone_id, spaces.space_type, spaces.status,
         coalesce(occupied_s, 0)::bigint as occupied_s, coalesce(stays, 0)::integer as stays,
         coalesce(stayed_s, 0)::bigint as stayed_s
       from (select space_id, sum(occupied_s) as occupied_s from space_days
           where facility_id = $1 and day between $2 and $3 group by space_id) as occupied
       full join (select space_id, sum(stays) as stays, sum(stayed_s) as stayed_s
           from space_stay_days where facility_id = $1 and day between $2 and $3
           group by space_id) as ended using (space_id)
       full join (select space_id, zone_id, space_type, status from spaces where facility_id = $1)
           as spaces using (space_id)
       order by space_id`,
    values: [desk.facilityId, from, to],
  });
  return rows;
}

/** How many seconds of these days the facility has told of, for every space alike. */
export async function readObservedSeconds(desk: ReportDesk, { from, to }: Period): Promise<number> {
  const { rows } = await desk.database.pool.query<{ seconds: number }>({
    name: "report-observed",
    text: `select (count(distinct hour) * 3600)::bigint as seconds from zone_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $4
         and hour < ($3::date + 1)::timestamp at time zone $4`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return rows[0]?.seconds ?? 0;
}

/** How each space was used, with its share of the revenue. */
export async function readSlotUsage(desk: ReportDesk, period: Period): Promise<SlotUsage> {
  const [spaces, takings, observed] = await Promise.all([
    readSpaceUse(desk, period),
    readTakingRows(desk, period),
    readObservedSeconds(desk, period),
  ]);
  const total = sumBy(takings.filter(isRevenue), ({ taken_minor }) => taken_minor);
  const isKnown = spaces.some(({ occupied_s }) => occupied_s > 0);
  const shares = shareOut(
    isKnown ? total : 0,
    spaces.map(({ occupied_s }) => occupied_s),
  );
  const ranked = spaces
    .map((space, place) => ({ ...space, minor: shares[place] ?? 0 }))
    .toSorted((a, b) => b.stays - a.stays || b.occupied_s - a.occupied_s);
  return {
    about: desk.about,
    period,
    revenue_basis: "share of occupied time",
    slots: ranked.map((space, place) => {
      const name = space.zone_id === null ? "" : desk.zoneName(space.zone_id);
      return {
        rank: place + 1,
        slot_id: space.space_id,
        slot_number: space.space_id,
        zone_id: space.zone_id,
        zone_name: name,
        slot__zone__name: name,
        slot_type: space.space_type ?? "unknown",
        total_sessions: space.stays,
        average_duration_seconds:
          space.stays === 0 ? null : Math.round(space.stayed_s / space.stays),
        occupied_seconds: space.occupied_s,
        utilization_rate: shareOf(space.occupied_s, observed),
        revenue: desk.decimal(space.minor),
        revenue_minor: space.minor,
        current_status: space.status ?? "unknown",
      };
    }),
  };
}
