import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { advise, sfparkChange } from "@gatehouse/shared/price-advice";
import { givenBack, groupBy, isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { beginOf, daysIn, endOf, type ReportDesk, shareOf, shiftDay } from "./desk.ts";
import type { OutcomeTables } from "./outcome-table.ts";
import { readRevenueReport } from "./revenue.ts";
import { readTakingRows, readZoneSeconds } from "./takings.ts";

const weeks = 4;
const ahead = 7;

/** The outcomes that are about money. */
export async function moneyTables(desk: ReportDesk, period: Period): Promise<OutcomeTables> {
  const [fees, papers, lately, zones, revenue, spaces] = await Promise.all([
    readFees(desk, period),
    readPapers(desk, period),
    readTakingRows(desk, { from: shiftDay(desk.today, -7 * weeks), to: shiftDay(desk.today, -1) }),
    readZoneSeconds(desk, period),
    readRevenueReport(desk, period),
    readSpacesByZone(desk),
  ]);
  const ofDay = groupBy(lately.filter(isRevenue), ({ day }) => day);
  const days = daysIn(period);
  return {
    "duration-fees": {
      columns: ["hours", "stays", "charged_minor", "average_minor"],
      rows: fees.map(({ band, stays, charged }) => [
        band,
        stays,
        charged,
        stays === 0 ? null : Math.round(charged / stays),
      ]),
    },
    invoices: { columns: ["paper", "count"], rows: papers.map(({ kind, count }) => [kind, count]) },
    "revenue-forecast": {
      columns: ["day", "revenue_minor", "from_weeks"],
      rows: Array.from({ length: ahead }, (_, index) => {
        const day = shiftDay(desk.today, index);
        const same = Array.from({ length: weeks }, (_each, week) => shiftDay(day, -7 * (week + 1)));
        const known = same.flatMap((each) => {
          const rows = ofDay.get(each);
          const taken = sumBy(rows ?? [], ({ taken_minor }) => taken_minor);
          return rows === undefined ? [] : [taken - givenBack(rows)];
        });
        const mean = sumBy(known, (minor) => minor) / known.length;
        return [day, known.length === 0 ? null : Math.round(mean), known.length];
      }),
    },
    "dynamic-pricing": {
      columns: ["zone", "utilization", "advice", "sfpark_cents"],
      rows: zones.map(({ zone_id, occupied_s, space_s }) => {
        const rate = space_s === 0 ? 0 : occupied_s / space_s;
        const name = desk.zoneName(zone_id);
        const [advice] = advise([{ spaceId: zone_id, spaceName: name, rate }]);
        return [name, shareOf(occupied_s, space_s), advice?.suggested ?? "0", sfparkChange(rate)];
      }),
    },
    "revenue-per-space": {
      columns: ["zone", "revenue_minor", "spaces", "minor_per_space_and_day"],
      rows: revenue.by_zone.map(({ zone_id, zone_name, revenue_minor }) => {
        const count = spaces.get(zone_id ?? "") ?? 0;
        const each = count === 0 ? null : Math.round(revenue_minor / count / days);
        return [zone_name, revenue_minor, count, each];
      }),
    },
  };
}

/** How long stays are that are told together, in hours, and how many seconds the longest of them has. */
const bands = [
  ["0–1", 3_600],
  ["1–2", 7_200],
  ["2–4", 14_400],
  ["4–8", 28_800],
  ["8–24", 86_400],
  ["24+", Number.MAX_SAFE_INTEGER],
] as const;

async function readFees(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<{ band: string; stays: number; charged: number }[]> {
  const places = bands.map(([, longest], place) => `when duration_s <= ${longest} then ${place}`);
  // Every stay of these days, in the index by exit alone. Planned anew each time, with its days.
  const { rows } = await desk.database.pool.query<{
    place: number;
    stays: number;
    charged: number;
  }>(
    `select case ${places.join(" ")} end as place, count(*) as stays,
       coalesce(sum(total_minor), 0)::bigint as charged
     from sessions where facility_id = $1 and state in ('closed', 'closed-unpaid')
       and duration_s is not null
       and exit_at >= ${beginOf("$2", "$4")} and exit_at < ${endOf("$3", "$4")}
     group by 1 order by 1`,
    [desk.facilityId, from, to, desk.timezone],
  );
  return rows.map(({ place, ...sums }) => ({ band: bands[place]?.[0] ?? "", ...sums }));
}

async function readPapers(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<{ kind: string; count: number }[]> {
  const { rows } = await desk.database.pool.query<{ kind: string; count: number }>(
    `select kind, count(*) as count from documents
     where facility_id = $1 and issued_at >= ${beginOf("$2", "$4")}
       and issued_at < ${endOf("$3", "$4")}
     group by kind
     union all
     select 'open debts', count(*) from debts where facility_id = $1 and state = 'open'
     order by 1`,
    [desk.facilityId, from, to, desk.timezone],
  );
  return rows;
}

async function readSpacesByZone(desk: ReportDesk): Promise<ReadonlyMap<string, number>> {
  const { rows } = await desk.database.pool.query<{ zone_id: string; count: number }>({
    name: "outcome-spaces-by-zone",
    text: "select zone_id, count(*) as count from spaces where facility_id = $1 group by zone_id",
    values: [desk.facilityId],
  });
  return new Map(rows.map(({ zone_id, count }) => [zone_id, count]));
}
