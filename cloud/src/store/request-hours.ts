import { RequestsTold } from "@gatehouse/shared/contracts/v1/requests";
import type { RequestSum } from "../domain/request-sums.ts";
import type { Database } from "./database.ts";

const columns =
  "requests, refused, failed, total_ms, within50, within100, within300, within1000, within3000";

/** Adds what one process has counted to what all have. */
export async function addRequestSums(
  { pool }: Database,
  sums: readonly RequestSum[],
): Promise<void> {
  if (sums.length === 0) return;
  const of = (value: (sum: RequestSum) => unknown): unknown[] => sums.map(value);
  const added = columns
    .split(", ")
    .map((column) => `${column} = request_hours.${column} + excluded.${column}`)
    .join(", ");
  await pool.query({
    name: "request-hours-add",
    text: `insert into request_hours (facility_id, hour, route, ${columns})
      select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::integer[], $5::integer[],
        $6::integer[], $7::bigint[], $8::integer[], $9::integer[], $10::integer[], $11::integer[],
        $12::integer[])
      on conflict (facility_id, hour, route) do update set ${added}`,
    values: [
      of(({ facilityId }) => facilityId),
      of(({ hour }) => hour),
      of(({ route }) => route),
      of(({ requests }) => requests),
      of(({ refused }) => refused),
      of(({ failed }) => failed),
      of(({ totalMs }) => totalMs),
      ...[0, 1, 2, 3, 4].map((at) => of(({ within }) => within[at] ?? 0)),
    ],
  });
}

/** How all requests of the last hours went, the route that took the most time together first. */
export async function readRequests(
  { pool }: Database,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<RequestsTold["routes"]> {
  const { rows } = await pool.query({
    name: "request-hours-read",
    text: `select route, sum(requests)::bigint as requests, sum(refused)::bigint as refused,
        sum(failed)::bigint as failed,
        round(sum(total_ms)::numeric / greatest(sum(requests), 1), 1)::float8 as mean_ms,
        sum(within50)::bigint as within_50_ms, sum(within100)::bigint as within_100_ms,
        sum(within300)::bigint as within_300_ms, sum(within1000)::bigint as within_1000_ms,
        sum(within3000)::bigint as within_3000_ms
      from request_hours where hour >= $1 and hour < $2
      group by route order by sum(total_ms) desc, route`,
    values: [from, to],
  });
  return RequestsTold.shape.routes.parse(rows);
}
