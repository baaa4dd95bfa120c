import type { PlaceRef } from "@gatehouse/shared/contracts/people";
import { type Role, roles } from "@gatehouse/shared/contracts/rights-at-office";
import { and, eq } from "drizzle-orm";
import { isLastAdmin } from "./admins.ts";
import { rootOrganisation, type UserId } from "../../domain/people/person.ts";
import type { Grant } from "../../domain/people/rights.ts";
import type { Database, Queries, Tx } from "../database.ts";
import { assignments } from "../people-schema.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";
import { reachOf } from "./organisations.ts";

/** A role at a place, as it was given. */
export interface Assignment {
  readonly role: Role;
  readonly place: PlaceRef;
}

/** What somebody was given, and how far each reaches now; what is at a place that is gone reaches nowhere. */
export async function readGrants(
  queries: Queries,
  user: UserId,
): Promise<{ readonly assignments: Assignment[]; readonly grants: Grant[] }> {
  const rows = await queries.drizzle
    .select()
    .from(assignments)
    .where(isOf(user))
    .orderBy(assignments.placeKind, assignments.placeId, assignments.role);
  const given = rows.flatMap(({ role, placeKind, placeId }) => {
    const known = roles.find((each) => each === role);
    const kind = placeKind === "facility" ? ("facility" as const) : ("organisation" as const);
    return known === undefined ? [] : [{ role: known, place: { kind, id: placeId } }];
  });
  const grants: Grant[] = [];
  for (const { role, place } of given) {
    const reach = await reachOf(queries, place);
    if (reach !== undefined) grants.push({ role, reach });
  }
  return { assignments: given, grants };
}

/** Writes an assignment; again is the same. */
export async function insertAssignment(
  tx: Tx,
  { organisationId, userId }: UserId,
  { role, place }: Assignment,
  givenAt: Date,
): Promise<void> {
  const row = { organisationId, userId, role, placeKind: place.kind, placeId: place.id, givenAt };
  await tx.insert(assignments).values(row).onConflictDoNothing();
}

/** Gives somebody a role at a place that exists. */
export function giveRole(
  database: Database,
  user: UserId,
  assignment: Assignment,
  asking: Asking,
): Promise<Outcome<never>> {
  return audited(database, user.organisationId, "role-given", asking, async (tx) => {
    await insertAssignment(tx, user, assignment, new Date(asking.now));
    return { subject: { kind: "user", id: user.userId }, after: jsonOf(assignment) };
  });
}

/** Takes a role from somebody; head office never loses its last admin. */
export function takeRole(
  database: Database,
  user: UserId,
  assignment: Assignment,
  asking: Asking,
): Promise<Outcome<"no-such-assignment" | "last-admin">> {
  return audited(database, user.organisationId, "role-taken", asking, async (tx) => {
    const { role, place } = assignment;
    if (isHeadAdmin(assignment) && (await isLastAdmin(tx, user))) return { refused: "last-admin" };
    const taken = await tx
      .delete(assignments)
      .where(
        and(
          isOf(user),
          eq(assignments.role, role),
          eq(assignments.placeKind, place.kind),
          eq(assignments.placeId, place.id),
        ),
      )
      .returning({ role: assignments.role });
    if (taken.length === 0) return { refused: "no-such-assignment" };
    return { subject: { kind: "user", id: user.userId }, before: jsonOf(assignment) };
  });
}

const isOf = ({ organisationId, userId }: UserId) =>
  and(eq(assignments.organisationId, organisationId), eq(assignments.userId, userId));

const isHeadAdmin = ({ role, place }: Assignment): boolean =>
  role === "admin" && place.kind === "organisation" && place.id === rootOrganisation;

const jsonOf = ({ role, place }: Assignment) => ({ role, place: { ...place } });
