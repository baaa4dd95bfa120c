import type { Duration, Instant } from "@gatehouse/shared/time";
import { rootOrganisation } from "../../domain/people/person.ts";
import type { Database } from "../database.ts";

/** What is counted for one try, each until so many. */
export interface Counted {
  /** Of whom; nobody can tell it from this text. */
  readonly counted: string;
  readonly max: number;
}

/**
 * Counts a try for all processes of head office together, from the moment it begins: tries side by side gain nothing.
 *
 * @param within after so long since its first try a count begins anew
 * @returns whether none of the counts is beyond its end
 */
export async function countTry(
  { pool }: Database,
  counts: readonly Counted[],
  { now, within }: { readonly now: Instant; readonly within: Duration },
): Promise<boolean> {
  const { rows } = await pool.query<{ counted: string; tries: number }>({
    name: "sign-in-try",
    // In one order, so that two tries at once never wait for each other.
    text: `insert into sign_in_tries as known (organisation_id, counted, since, tries)
      select $1, counted, $3, 1 from unnest($2::text[]) as counted order by counted
      on conflict (organisation_id, counted) do update set
        tries = case when known.since <= $4 then 1 else known.tries + 1 end,
        since = case when known.since <= $4 then excluded.since else known.since end
      returning counted, tries`,
    values: [
      rootOrganisation,
      counts.map(({ counted }) => counted),
      new Date(now),
      new Date(now - within),
    ],
  });
  const tries = new Map(rows.map((row) => [row.counted, row.tries]));
  return counts.every(({ counted, max }) => (tries.get(counted) ?? 0) <= max);
}

/** A try was right: it is not counted. */
export async function takeTryBack({ pool }: Database, counts: readonly Counted[]): Promise<void> {
  await pool.query({
    name: "sign-in-try-back",
    text: `update sign_in_tries set tries = tries - 1
      where organisation_id = $1 and tries > 0 and counted in (
        select counted from sign_in_tries
        where organisation_id = $1 and counted = any($2::text[]) order by counted for update)`,
    values: [rootOrganisation, counts.map(({ counted }) => counted)],
  });
}
