import type { DirectivePage } from "@gatehouse/shared/contracts/directive";
import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import { changesChannel } from "./changes.ts";
import type { Database, Queries } from "./database.ts";
import { directives, facilities } from "./schema.ts";

/** As many as a page's contract holds. */
const pageMax = 200;
/** An edge reads no answer larger than 4 MiB. */
const pageBytesMax = 2 * 1024 * 1024;

/**
 * Gives a facility its next directives, in this order. Their numbers are taken and used under the lock of the
 * facility's row, so there is never a hole, whoever else issues some.
 *
 * @param orders at least one
 * @returns the number of the first, or undefined when there is no such facility
 */
export async function issueDirectives(
  { drizzle }: Queries,
  facilityId: string,
  orders: readonly DirectiveOrder[],
  now: Instant,
): Promise<number | undefined> {
  const { rows } = await drizzle.execute<{ first: number }>(sql`
    with turn as (
      update facilities set directives_latest = directives_latest + ${orders.length}::integer
      where facility_id = ${facilityId}
      returning facility_id, directives_latest - ${orders.length}::integer as before),
    issued as (
      insert into directives (facility_id, number, kind, body, expires_at, issued_at)
      select facility_id, before + told.place, told.value ->> 'kind', told.value -> 'body',
        (told.value ->> 'expires_at')::timestamptz, ${isoOf(now)}::timestamptz
      from turn, jsonb_array_elements(${JSON.stringify(orders)}::jsonb)
        with ordinality as told(value, place)
      returning facility_id, number)
    select min(number) as first, pg_notify(${changesChannel}, facility_id)::text
    from issued group by facility_id`);
  return rows[0]?.first;
}

/** The directives above `after`, in order; undefined when there is no such facility. */
export async function directivesAfter(
  database: Database,
  facilityId: string,
  after: number,
): Promise<DirectivePage | undefined> {
  const [facility] = await database.drizzle
    .select({ latest: facilities.directivesLatest })
    .from(facilities)
    .where(eq(facilities.facilityId, facilityId));
  if (facility === undefined) return undefined;
  const rows = await database.drizzle
    .select()
    .from(directives)
    .where(and(eq(directives.facilityId, facilityId), gt(directives.number, after)))
    .orderBy(asc(directives.number))
    .limit(pageMax);
  let bytes = 0;
  const page = rows.filter(({ body }, index) => {
    bytes += Buffer.byteLength(JSON.stringify(body));
    return index === 0 || bytes <= pageBytesMax;
  });
  return {
    latest: Math.max(facility.latest, rows.at(-1)?.number ?? 0),
    directives: page.map(({ number, kind, body, expiresAt }) => ({
      number,
      kind,
      body,
      ...(expiresAt === null ? {} : { expires_at: isoOf(expiresAt.getTime() as Instant) }),
    })),
  };
}
