import type { OrganisationsView, PlaceRef } from "@gatehouse/shared/contracts/people";
import type { Instant } from "@gatehouse/shared/time";
import { asc, eq, sql } from "drizzle-orm";
import { rootOrganisation } from "../../domain/people/person.ts";
import type { Place, Reach } from "../../domain/people/rights.ts";
import type { Database, Queries } from "../database.ts";
import { organisations } from "../people-schema.ts";
import { facilities } from "../schema.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";

/** Deeper trees than this are a mistake. */
const depthMax = 8;

/** The organisation that stands above all; made once. */
export async function foundRoot({ drizzle }: Database, now: Instant): Promise<void> {
  await drizzle
    .insert(organisations)
    .values({ organisationId: rootOrganisation, name: "Gatehouse", createdAt: new Date(now) })
    .onConflictDoNothing();
}

/** A facility as a place for rights; undefined when there is none. */
export async function facilityPlace(
  { drizzle }: Queries,
  facilityId: string,
): Promise<(Place & { kind: "facility" }) | undefined> {
  const [row] = await drizzle
    .select({ organisationId: facilities.organisationId })
    .from(facilities)
    .where(eq(facilities.facilityId, facilityId));
  return row && { kind: "facility", facilityId, organisationId: row.organisationId };
}

/** An organisation and all below it; empty when there is none. */
export async function organisationsBelow(
  { drizzle }: Queries,
  organisationId: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await drizzle.execute<{ id: string }>(sql`
    with recursive below (id, depth) as (
      select organisation_id, 0 from organisations where organisation_id = ${organisationId}
      union
      select o.organisation_id, depth + 1 from organisations o join below on o.parent_id = below.id
      where depth < ${depthMax})
    select id from below`);
  return new Set(rows.map(({ id }) => id));
}

/** How far an assignment at a place reaches now; undefined when there is no such place. */
export async function reachOf(
  queries: Queries,
  { kind, id }: PlaceRef,
): Promise<Reach | undefined> {
  if (kind === "facility") return facilityPlace(queries, id);
  const organisationIds = await organisationsBelow(queries, id);
  return organisationIds.size === 0 ? undefined : { kind: "organisations", organisationIds };
}

/** All organisations by their names, with their facilities; who may see which is the caller's to decide. */
export async function readOrganisations({
  drizzle,
}: Database): Promise<OrganisationsView["organisations"]> {
  const rows = await drizzle
    .select({
      organisation_id: organisations.organisationId,
      name: organisations.name,
      parent_id: organisations.parentId,
      facility_ids: sql<string[]>`array(
        select facility_id from facilities f
        where f.organisation_id = organisations.organisation_id order by 1)`,
    })
    .from(organisations)
    .orderBy(asc(organisations.name), asc(organisations.organisationId));
  return rows;
}

/** One more organisation below another; its own chain begins with it. */
export function makeOrganisation(
  database: Database,
  asked: { readonly organisationId: string; readonly name: string; readonly parentId: string },
  asking: Asking,
): Promise<Outcome<"too-deep" | "organisation-known">> {
  const { organisationId, name, parentId } = asked;
  const createdAt = new Date(asking.now);
  return audited(database, parentId, "organisation-made", asking, async (tx) => {
    if ((await heightAbove({ drizzle: tx }, parentId)) >= depthMax) return { refused: "too-deep" };
    const made = await tx
      .insert(organisations)
      .values({ organisationId, name, parentId, createdAt })
      .onConflictDoNothing()
      .returning({ id: organisations.organisationId });
    if (made.length === 0) return { refused: "organisation-known" };
    return {
      subject: { kind: "organisation", id: organisationId },
      after: { name, parent_id: parentId },
    };
  });
}

/** Another name or another parent; nothing comes to stand below itself, and the root stays where it is. */
export function changeOrganisation(
  database: Database,
  organisationId: string,
  to: { readonly name?: string | undefined; readonly parentId?: string | undefined },
  asking: Asking,
): Promise<Outcome<"no-such-parent" | "too-deep" | "below-itself">> {
  return audited(database, organisationId, "organisation-changed", asking, async (tx) => {
    const [before] = await tx
      .select({ name: organisations.name, parent_id: organisations.parentId })
      .from(organisations)
      .where(eq(organisations.organisationId, organisationId));
    // Two moves at once could make a ring that neither would make alone.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse organisations'))`);
    if (to.parentId !== undefined) {
      const below = await organisationsBelow({ drizzle: tx }, organisationId);
      if (organisationId === rootOrganisation || below.has(to.parentId))
        return { refused: "below-itself" };
      const above = await heightAbove({ drizzle: tx }, to.parentId);
      if (above === 0) return { refused: "no-such-parent" };
      if (above + (await depthBelow({ drizzle: tx }, organisationId)) > depthMax)
        return { refused: "too-deep" };
    }
    const after = {
      name: to.name ?? before?.name ?? "",
      parent_id: to.parentId ?? before?.parent_id ?? null,
    };
    await tx
      .update(organisations)
      .set({ name: after.name, parentId: after.parent_id })
      .where(eq(organisations.organisationId, organisationId));
    return { subject: { kind: "organisation", id: organisationId }, before: before ?? null, after };
  });
}

/** Gives a facility to an organisation; the chain of the one that receives it tells. */
export function moveFacility(
  database: Database,
  facilityId: string,
  organisationId: string,
  asking: Asking,
): Promise<Outcome<"no-such-facility">> {
  return audited(database, organisationId, "facility-moved", asking, async (tx) => {
    const before = await facilityPlace({ drizzle: tx }, facilityId);
    if (before === undefined) return { refused: "no-such-facility" };
    await tx
      .update(facilities)
      .set({ organisationId })
      .where(eq(facilities.facilityId, facilityId));
    return {
      subject: { kind: "facility", id: facilityId },
      facilityId,
      before: { organisation_id: before.organisationId },
      after: { organisation_id: organisationId },
    };
  });
}

/** How many organisations stand from this one up to the root, both counted; 0 when there is no such one. */
async function heightAbove({ drizzle }: Queries, organisationId: string): Promise<number> {
  const { rows } = await drizzle.execute<{ height: number }>(sql`
    with recursive above (id, parent) as (
      select organisation_id, parent_id from organisations where organisation_id = ${organisationId}
      union
      select o.organisation_id, o.parent_id from organisations o join above on o.organisation_id = above.parent)
    select count(*)::int as height from above`);
  return rows[0]?.height ?? 0;
}

/** How many organisations stand one below the other from this one down, it counted. */
async function depthBelow({ drizzle }: Queries, organisationId: string): Promise<number> {
  const { rows } = await drizzle.execute<{ depth: number }>(sql`
    with recursive below (id, depth) as (
      select organisation_id, 1 from organisations where organisation_id = ${organisationId}
      union
      select o.organisation_id, depth + 1 from organisations o join below on o.parent_id = below.id
      where depth <= ${depthMax})
    select max(depth)::int as depth from below`);
  return rows[0]?.depth ?? 0;
}
