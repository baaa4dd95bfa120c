import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { advise, sfparkChange } from "@gatehouse/shared/price-advice";
import { givenBack, groupBy, isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { daysIn, type ReportDesk, shareOf, shiftDay } from "./desk.ts";
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

async function readFees(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<{ band: string; stays: number; charged: number }[]> {
  const { rows } = await desk.database.pool.query<{ band: string; stays: number; charged: number }>(
    {
      name: "outcome-fees",
      text: `select band, stays, charged from (
           select case when duration_s <= 3600 then '0–1' when duration_s <= 7200 then '1–2'
             when duration_s <= 14400 then '2–4' when duration_s <= 28800 then '4–8'
             when duration_s <= 86400 then '8–24' else '24+' end as band,
             count(*) as stays, coalesce(sum(total_minor), 0)::bigint as charged,
             min(duration_s) as least
           from sessions where facility_id = $1 and state in ('closed', 'closed-unpaid')
             and duration_s is not null
             and exit_at >= ($2::date)::timestamp at time zone $4
             and exit_at < ($3::date + 1)::timestamp at time zone $4
           group by 1) as bands order by least`,
      values: [desk.facilityId, from, to, desk.timezone],
    },
  );
  return rows;
}

async function readPapers(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<{ kind: string; count: number }[]> {
  const { rows } = await desk.database.pool.query<{ kind: string; count: number }>({
    name: "outcome-papers",
    text: `select kind, count(*) as count from documents
       where facility_id = $1 and issued_at >= ($2::date)::timestamp at time zone $4
         and issued_at < ($3::date + 1)::timestamp at time zone $4
       group by kind
       union all
       select 'open debts', count(*) from debts where facility_id = $1 and state = 'open'
       order by 1`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
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
