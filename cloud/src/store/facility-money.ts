import type { FacilityBooks, FacilityMoney } from "@gatehouse/shared/contracts/office-money";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { dayOf } from "../domain/day.ts";
import type { Database } from "./database.ts";
import { isoOfDate } from "./moments.ts";
import { readSummaries } from "./overview.ts";
import { type Days, readBalances, readRevenue, readTakings } from "./takings.ts";

/** @param day today at the facility */
export async function readMoney(
  database: Database,
  facilityId: string,
  day: string,
): Promise<FacilityMoney> {
  const today = { from: day, to: day };
  const [methods, revenue, debts, shifts] = await Promise.all([
    readTakings(database, facilityId, today),
    readRevenue(database, facilityId, today),
    readDebts(database, facilityId),
    readLastShifts(database, facilityId),
  ]);
  return { day, methods, rates: revenue.map(({ day: _, ...rate }) => rate), debts, shifts };
}

/**
 * A facility's books over some days; undefined when there is no such facility.
 *
 * @param days the facility's; undefined: today there
 */
export async function readBooks(
  database: Database,
  facilityId: string,
  days: Days | undefined,
  now: Instant,
): Promise<FacilityBooks | undefined> {
  const [summary] = await readSummaries(database, now, { facilityId });
  if (summary === undefined) return undefined;
  const today = dayOf(now, summary.timezone);
  const { from, to } = days ?? { from: today, to: today };
  const [balances, revenue, methods] = await Promise.all([
    readBalances(database, facilityId, to),
    readRevenue(database, facilityId, { from, to }),
    readTakings(database, facilityId, { from, to }),
  ]);
  const { written, acked, set_aside } = summary.ledger;
  return {
    as_of: isoOf(now),
    from,
    to,
    facts_until: summary.facts_until,
    to_come: written === null ? null : written - acked,
    set_aside,
    balances,
    is_balanced: isBalanced(balances),
    revenue,
    methods,
  };
}

function isBalanced(balances: FacilityBooks["balances"]): boolean {
  const sums = new Map<string, number>();
  for (const { currency, minor } of balances) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums.values()].every((sum) => sum === 0);
}

async function readDebts({ pool }: Database, facilityId: string): Promise<FacilityMoney["debts"]> {
  const { rows } = await pool.query<FacilityMoney["debts"]>({
    name: "open-debts",
    text: `select count(*) as open, coalesce(sum(amount_minor), 0)::bigint as owed_minor
       from debts where facility_id = $1 and state = 'open'`,
    values: [facilityId],
  });
  return rows[0] ?? { open: 0, owed_minor: 0 };
}

async function readLastShifts(
  { pool }: Database,
  facilityId: string,
): Promise<FacilityMoney["shifts"]> {
  const { rows } = await pool.query<
    Omit<FacilityMoney["shifts"][number], "closed_at"> & { readonly closed_at: Date }
  >({
    name: "last-shifts",
    text: `select distinct on (drawer_id) drawer_id, operator, z_number, closed_at, counted_minor,
         counted_minor - expected_minor as difference_minor
       from shifts where facility_id = $1 and state = 'closed'
       order by drawer_id, z_number desc`,
    values: [facilityId],
  });
  return rows.map((row) => ({ ...row, closed_at: isoOfDate(row.closed_at) }));
}
