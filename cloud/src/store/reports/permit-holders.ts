import type { ReportDesk } from "./desk.ts";

/** Whom some permits belong to, as head office ordered them last. Those that it does not know are missing. */
export async function readPermitHolders(
  { database, facilityId }: ReportDesk,
  permitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (permitIds.length === 0) return new Map();
  const { rows } = await database.pool.query<{ permit_id: string; holder: string | null }>({
    name: "report-permit-holders",
    text: `select distinct on (1) body ->> 'permit_id' as permit_id, body ->> 'holder' as holder
       from directives
       where facility_id = $1 and kind = 'permit' and body ->> 'permit_id' = any($2)
       order by 1, number desc`,
    values: [facilityId, [...new Set(permitIds)]],
  });
  return new Map(
    rows.flatMap(({ permit_id, holder }) => (holder === null ? [] : [[permit_id, holder]])),
  );
}
