import { eq } from "drizzle-orm";
import type { Tx } from "../database.ts";
import { organisationsBelow } from "../people/organisations.ts";
import { facilities } from "../schema.ts";

/** Whether a facility belongs to an organisation or to one below it; none named is all of them. */
export async function isOwnFacility(
  tx: Tx,
  organisationId: string,
  facilityId: string | null,
): Promise<boolean> {
  if (facilityId === null) return true;
  const [row] = await tx
    .select({ organisationId: facilities.organisationId })
    .from(facilities)
    .where(eq(facilities.facilityId, facilityId));
  if (row === undefined) return false;
  return (await organisationsBelow({ drizzle: tx }, organisationId)).has(row.organisationId);
}
