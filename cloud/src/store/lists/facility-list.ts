import { usualLimit } from "@gatehouse/shared/contracts/v1/lists";
import type { FacilitySummary } from "@gatehouse/shared/contracts/office";
import type { Instant } from "@gatehouse/shared/time";
import { and, asc, eq, gt, ilike, inArray, or } from "drizzle-orm";
import type { Reach } from "../../domain/people/rights.ts";
import type { Database } from "../database.ts";
import { readSummaries } from "../overview.ts";
import { visibleFacilities } from "../people/visible-facilities.ts";
import { facilities } from "../schema.ts";

/** What of a list is asked; `cursor` is where the page before ended. */
export interface FacilitiesAsked {
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** The facilities that a right reaches, by their id. */
export async function readFacilityPage(
  database: Database,
  reaches: readonly Reach[],
  { search = "", cursor = "", limit = usualLimit }: FacilitiesAsked,
  now: Instant,
): Promise<{ readonly facilities: FacilitySummary[]; readonly nextCursor: string | null }> {
  const wanted = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await database.drizzle
    .select({ id: facilities.facilityId })
    .from(facilities)
    .where(
      and(
        eq(facilities.isActive, true),
        visibleFacilities(reaches),
        gt(facilities.facilityId, cursor),
        or(ilike(facilities.name, wanted), ilike(facilities.facilityId, wanted)),
      ),
    )
    .orderBy(asc(facilities.facilityId))
    .limit(limit + 1);
  const ids = rows.slice(0, limit).map(({ id }) => id);
  if (ids.length === 0) return { facilities: [], nextCursor: null };
  const told = await readSummaries(database, now, { where: inArray(facilities.facilityId, ids) });
  const place = new Map(ids.map((id, at) => [id, at]));
  return {
    facilities: told.toSorted(
      (a, b) => (place.get(a.facility_id) ?? 0) - (place.get(b.facility_id) ?? 0),
    ),
    nextCursor: rows.length > limit ? (ids.at(-1) ?? null) : null,
  };
}
