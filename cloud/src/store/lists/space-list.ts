import { usualLimit } from "@gatehouse/shared/contracts/v1/lists";
import type { SpacePage } from "@gatehouse/shared/contracts/v1/office";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Queries } from "../database.ts";
import { isoOfDate } from "../moments.ts";
import { spaces } from "../schema.ts";

/** What of a list is asked; `cursor` is where the page before ended. */
export interface SpacesAsked {
  readonly zone?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Every space of a facility as it stands now, by its id. */
export async function readSpacePage(
  { drizzle }: Queries,
  facilityId: string,
  { zone, cursor = "", limit = usualLimit }: SpacesAsked,
): Promise<Omit<SpacePage, "as_of">> {
  const rows = await drizzle
    .select()
    .from(spaces)
    .where(
      and(
        eq(spaces.facilityId, facilityId),
        gt(spaces.spaceId, cursor),
        zone === undefined ? undefined : eq(spaces.zoneId, zone),
      ),
    )
    .orderBy(asc(spaces.spaceId))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    spaces: page.map((row) => ({
      space_id: row.spaceId,
      zone_id: row.zoneId,
      level: row.level,
      space_type: row.spaceType,
      status: row.status,
      changed_at: isoOfDate(row.changedAt),
    })),
    next_cursor: rows.length > limit ? (page.at(-1)?.spaceId ?? null) : null,
  };
}
