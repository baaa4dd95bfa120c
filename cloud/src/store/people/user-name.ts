import { and, eq } from "drizzle-orm";
import type { Database } from "../database.ts";
import { users } from "../people-schema.ts";

/** A person's name; their id where they are gone. */
export async function readUserName(
  { drizzle }: Database,
  { organisationId, userId }: { readonly organisationId: string; readonly userId: string },
): Promise<string> {
  const [row] = await drizzle
    .select({ first: users.firstName, last: users.lastName })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.userId, userId)));
  return row === undefined ? userId : `${row.first} ${row.last}`.trim();
}
