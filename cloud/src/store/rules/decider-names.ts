import type { Database } from "../database.ts";

/** Whoever decided something, by what is written beside it (`organisation/user`), as people call them. */
export async function namesOf(
  { pool }: Database,
  deciders: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(deciders.filter((each) => each !== null))];
  if (wanted.length === 0) return new Map();
  const { rows } = await pool.query<{ decider: string; name: string }>({
    name: "names-of-deciders",
    text: `select decider, trim(first_name || ' ' || last_name) as name
       from unnest($1::text[]) as decider
       join users on users.organisation_id = split_part(decider, '/', 1)
         and users.user_id = split_part(decider, '/', 2)`,
    values: [wanted],
  });
  return new Map(rows.map(({ decider, name }) => [decider, name]));
}
