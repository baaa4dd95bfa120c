import type {
  DwellReport,
  FlowReport,
  SpaceUtilization,
} from "@gatehouse/shared/contracts/reports/analytics";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { advise, sfparkChange } from "@gatehouse/shared/price-advice";
import { groupBy, sumBy } from "../../domain/reports/revenue.ts";
import { beginOf, daysOver, endOf, type ReportDesk, shareOf } from "./desk.ts";
import { readCameraHours, readFlowDays } from "./observed.ts";
import { readObservedSeconds, readSpaceUse } from "./slots.ts";
import { readZoneSeconds } from "./takings.ts";

/** How much of the time each space was occupied, and what its price might do about it. */
export async function readSpaceUtilization(
  desk: ReportDesk,
  days: number,
): Promise<SpaceUtilization> {
  const period = daysOver(desk, days);
  const [spaces, observed, zones] = await Promise.all([
    readSpaceUse(desk, period),
    readObservedSeconds(desk, period),
    readZoneSeconds(desk, period),
  ]);
  const used = spaces
    .map(({ space_id, zone_id, occupied_s }) => ({
      spaceId: space_id,
      spaceName: space_id,
      zoneId: zone_id,
      occupied: occupied_s,
      rate: observed === 0 ? 0 : Math.min(1, occupied_s / observed),
    }))
    .toSorted((a, b) => b.rate - a.rate || (a.spaceId < b.spaceId ? -1 : 1));
  return {
    about: desk.about,
    period,
    period_days: days,
    observed_seconds: observed,
    utilization: used.map(({ spaceId, spaceName, zoneId, occupied }) => ({
      space_id: spaceId,
      space_name: spaceName,
      ...named(desk, zoneId),
      utilization_rate: shareOf(occupied, observed),
      occupied_seconds: occupied,
    })),
    // Nothing is advised about what nobody has observed.
    recommendations: (observed === 0 ? [] : advise(used)).map((advice) => ({
      space_id: advice.spaceId,
      space_name: advice.spaceName,
      current_utilization: Math.round(advice.rate * 10_000) / 10_000,
      recommendation: advice.change,
      suggested_change: advice.suggested,
      reason: advice.reason,
    })),
    zones: zones.map(({ zone_id, occupied_s, space_s }) => ({
      ...named(desk, zone_id),
      utilization_rate: shareOf(occupied_s, space_s),
      occupied_seconds: occupied_s,
      sfpark_change_cents: sfparkChange(space_s === 0 ? 0 : occupied_s / space_s),
    })),
  };
}

function named(desk: ReportDesk, zoneId: string | null) {
  const name = zoneId === null ? "" : desk.zoneName(zoneId);
  return { zone_id: zoneId, zone_name: name, slot__zone__name: name };
}

const average = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round(sum / count);

/** How long vehicles stay. */
export async function readDwell(desk: ReportDesk, period: Period): Promise<DwellReport> {
  const [flow, spread, spaces] = await Promise.all([
    readFlowDays(desk, period),
    readSpread(desk, period),
    readSpaceUse(desk, period),
  ]);
  const vehicles = sumBy(flow, ({ measured }) => measured);
  const stays = sumBy(spaces, (space) => space.stays);
  return {
    about: desk.about,
    period,
    vehicles,
    average_dwell_seconds: average(
      sumBy(flow, ({ stayed_s }) => stayed_s),
      vehicles,
    ),
    median_dwell_seconds: spread.median,
    p90_dwell_seconds: spread.p90,
    by_class: [...groupBy(flow, ({ vehicle_class }) => vehicle_class)].flatMap(
      ([vehicle_class, rows]) => {
        const measured = sumBy(rows, (row) => row.measured);
        const seconds = average(
          sumBy(rows, (row) => row.stayed_s),
          measured,
        );
        return seconds === null
          ? []
          : [{ vehicle_class, vehicles: measured, average_dwell_seconds: seconds }];
      },
    ),
    space_stays: stays,
    average_space_stay_seconds: average(
      sumBy(spaces, ({ stayed_s }) => stayed_s),
      stays,
    ),
  };
}

async function readSpread(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<{ median: number | null; p90: number | null }> {
  // Many stays are of one length: they are counted, in the index by exit alone, and only lengths are put in order.
  // Planned anew each time, with its days.
  const { rows } = await desk.database.pool.query<{ median: number | null; p90: number | null }>(
    `with lengths as (
       select duration_s, count(*) as stays from sessions
       where facility_id = $1 and state in ('closed', 'closed-unpaid') and entry_at is not null
         and duration_s is not null
         and exit_at >= ${beginOf("$2", "$4")} and exit_at < ${endOf("$3", "$4")}
       group by duration_s),
     course as (
       select duration_s, sum(stays) over (order by duration_s) as through,
         sum(stays) over () as total
       from lengths)
     select min(duration_s) filter (where through >= 0.5 * total) as median,
       min(duration_s) filter (where through >= 0.9 * total) as p90
     from course`,
    [desk.facilityId, from, to, desk.timezone],
  );
  return rows[0] ?? { median: null, p90: null };
}

/** Who came and went, by lane, class, day and camera. */
export async function readFlow(desk: ReportDesk, period: Period): Promise<FlowReport> {
  const [flow, cameras, now] = await Promise.all([
    readFlowDays(desk, period),
    readCameraHours(desk, period),
    desk.database.pool.query<{ inside: number; parked: number }>({
      name: "report-inside-parked",
      text: `select spaces_occupied as parked, (select count(*) from sessions
           where facility_id = $1 and state in ('open', 'settled')) as inside
         from facility_states where facility_id = $1`,
      values: [desk.facilityId],
    }),
  ]);
  const { inside = 0, parked = 0 } = now.rows[0] ?? {};
  const entries = sumBy(flow, (row) => row.entries);
  const exits = sumBy(flow, (row) => row.exits);
  return {
    about: desk.about,
    period,
    entries,
    exits,
    by_lane: [...groupBy(flow, (row) => `${row.lane_id} ${row.vehicle_class}`).values()].flatMap(
      (rows) => {
        const [{ lane_id, vehicle_class } = { lane_id: "", vehicle_class: "" }] = rows;
        const sums = { entries: sumBy(rows, (r) => r.entries), exits: sumBy(rows, (r) => r.exits) };
        const isNothing = sums.entries === 0 && sums.exits === 0;
        return isNothing
          ? []
          : [{ lane_id, lane_name: desk.laneName(lane_id), vehicle_class, ...sums }];
      },
    ),
    by_day: [...groupBy(flow, ({ day }) => day)].map(([day, rows]) => ({
      day,
      entries: sumBy(rows, (row) => row.entries),
      exits: sumBy(rows, (row) => row.exits),
    })),
    by_camera: [...groupBy(cameras, ({ camera_id }) => camera_id)].map(([camera_id, rows]) => ({
      camera_id,
      entries: sumBy(rows, (row) => row.entries),
      exits: sumBy(rows, (row) => row.exits),
      vehicles: sumBy(rows, (row) => row.vehicles),
    })),
    now: { active: Math.max(0, inside - parked), parked, exited: exits },
  };
}
