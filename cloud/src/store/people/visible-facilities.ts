import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Reach } from "../../domain/people/rights.ts";
import type { Database } from "../database.ts";
import { facilities } from "../schema.ts";

/** The condition that picks the facilities that a right reaches; undefined where it reaches all of them. */
export function visibleFacilities(reaches: readonly Reach[]): SQL | undefined {
  if (reaches.some(({ kind }) => kind === "everywhere")) return undefined;
  const conditions = reaches.map((reach) =>
    reach.kind === "organisations"
      ? inArray(facilities.organisationId, [...reach.organisationIds])
      : reach.kind === "facility"
        ? eq(facilities.facilityId, reach.facilityId)
        : undefined,
  );
  return conditions.length === 0 ? sql`false` : or(...conditions);
}

/** The ids of those facilities; undefined where it is all of them. */
export async function visibleFacilityIds(
  { drizzle }: Database,
  reaches: readonly Reach[],
): Promise<ReadonlySet<string> | undefined> {
  const condition = visibleFacilities(reaches);
  if (condition === undefined) return undefined;
  const rows = await drizzle
    .select({ id: facilities.facilityId })
    .from(facilities)
    .where(and(eq(facilities.isActive, true), condition));
  return new Set(rows.map(({ id }) => id));
}
