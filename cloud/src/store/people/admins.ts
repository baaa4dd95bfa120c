import { and, eq, isNotNull, ne, or, sql } from "drizzle-orm";
import { rootOrganisation, type UserId } from "../../domain/people/person.ts";
import type { Queries, Tx } from "../database.ts";
import { assignments, users } from "../people-schema.ts";

/** Whether somebody can sign in who may everything: then head office needs its first token no more. */
export const hasAdmin = ({ drizzle }: Queries): Promise<boolean> => isThereAdmin({ drizzle });

/** Whether head office would have no admin without this one. Who asks is alone in asking until the transaction ends. */
export async function isLastAdmin(tx: Tx, user: UserId): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse admins'))`);
  const isOne = await isThereAdmin({ drizzle: tx }, { only: user });
  return isOne && !(await isThereAdmin({ drizzle: tx }, { except: user }));
}

async function isThereAdmin(
  { drizzle }: Queries,
  { only, except }: { readonly only?: UserId; readonly except?: UserId } = {},
): Promise<boolean> {
  const rows = await drizzle
    .select({ userId: users.userId })
    .from(users)
    .innerJoin(
      assignments,
      and(
        eq(assignments.organisationId, users.organisationId),
        eq(assignments.userId, users.userId),
      ),
    )
    .where(
      and(
        eq(assignments.role, "admin"),
        eq(assignments.placeKind, "organisation"),
        eq(assignments.placeId, rootOrganisation),
        eq(users.isActive, true),
        isNotNull(users.passwordHash),
        only && and(eq(users.organisationId, only.organisationId), eq(users.userId, only.userId)),
        except &&
          or(ne(users.organisationId, except.organisationId), ne(users.userId, except.userId)),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
