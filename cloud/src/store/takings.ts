import type { FacilityMoney } from "@gatehouse/shared/contracts/office-money";
import { paymentMethods } from "@gatehouse/shared/contracts/money-terms";
import type { Database } from "./database.ts";

/** Days at a facility, both inclusive, as `2026-11-20`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

interface MethodRow {
  readonly method: string | null;
  readonly count: number;
  readonly taken_minor: number;
  readonly given_back_minor: number;
}

/** What was taken on these days by each way to pay, and what went back on them, whenever it had been paid. */
export async function readTakings(
  { pool }: Database,
  facilityId: string,
  { from, to }: Days,
): Promise<FacilityMoney["methods"]> {
  const { rows } = await pool.query<MethodRow>({
    name: "takings",
    text: `select method, sum(count)::bigint as count, sum(taken)::bigint as taken_minor,
         sum(back)::bigint as given_back_minor
       from (
         select method, 1 as count, amount_minor as taken, 0 as back from payments
           where facility_id = $1 and captured_on between $2 and $3
         union all
         select method, 0, 0, amount_minor from payments
           where facility_id = $1 and reversed_on between $2 and $3 and captured_on is not null
         union all
         select payments.method, 0, 0, refunds.amount_minor from refunds
           left join payments on payments.facility_id = refunds.facility_id
             and payments.payment_id = refunds.payment_id
           where refunds.facility_id = $1 and refunds.changed_on between $2 and $3
             and refunds.status = 'done'
       ) as moved group by method order by method nulls last`,
    values: [facilityId, from, to],
  });
  return rows.map(({ method, ...sums }) => ({
    method: paymentMethods.find((known) => known === method) ?? null,
    ...sums,
  }));
}

export interface RateRow {
  readonly day: string;
  readonly rate_ppm: number | null;
  readonly net_minor: number;
  readonly tax_minor: number;
}

/** Revenue less what was given back, by day and tax rate; the newest day and the highest rate first. */
export async function readRevenue(
  { pool }: Database,
  facilityId: string,
  { from, to }: Days,
): Promise<RateRow[]> {
  const { rows } = await pool.query<RateRow>({
    name: "revenue",
    text: `select to_char(day, 'YYYY-MM-DD') as day, rate_ppm,
         -coalesce(sum(minor) filter (where account <> 'tax'), 0)::bigint as net_minor,
         -coalesce(sum(minor) filter (where account = 'tax'), 0)::bigint as tax_minor
       from postings
       where facility_id = $1 and day between $2 and $3
         and account in ('revenue', 'refunds', 'penalties', 'tax')
       group by postings.day, rate_ppm order by postings.day desc, rate_ppm desc nulls last`,
    values: [facilityId, from, to],
  });
  return rows;
}

/** Every account at the end of `day`, debits less credits. */
export async function readBalances(
  { pool }: Database,
  facilityId: string,
  day: string,
): Promise<{ account: string; currency: string; minor: number }[]> {
  const { rows } = await pool.query<{ account: string; currency: string; minor: number }>({
    name: "balances",
    text: `select account, currency, sum(minor)::bigint as minor from postings
       where facility_id = $1 and day <= $2 group by account, currency order by account, currency`,
    values: [facilityId, day],
  });
  return rows;
}
