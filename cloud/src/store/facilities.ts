import type { Instant } from "@gatehouse/shared/time";
import { and, eq, isNull } from "drizzle-orm";
import type { Enrolment } from "../domain/enrolment.ts";
import { sha256 } from "../domain/secret.ts";
import type { Database } from "./database.ts";
import { facilities, facilityStates, facilityTokens } from "./schema.ts";

/** Makes a facility known with a token that opens it; one that is known already is left as it is. */
export async function enrol(
  database: Database,
  { facilityId, token }: Enrolment,
  now: Instant,
): Promise<void> {
  const createdAt = new Date(now);
  await database.drizzle.transaction(async (tx) => {
    await tx
      .insert(facilities)
      .values({ facilityId, name: facilityId, createdAt })
      .onConflictDoNothing();
    await tx.insert(facilityStates).values({ facilityId }).onConflictDoNothing();
    await tx
      .insert(facilityTokens)
      .values({ facilityId, tokenSha256: sha256(token), createdAt })
      .onConflictDoNothing();
  });
}

/** A token that opens a facility, by its SHA-256 (hex). */
export interface KeptToken {
  readonly hash: string;
  /** Null until it is used for the first time. */
  readonly firstUsedAt: Date | null;
  /** To the hour. */
  readonly lastUsedAt: Date | null;
}

/** The tokens that open a facility now; none when there is no such facility. */
export function liveTokens(database: Database, facilityId: string): Promise<KeptToken[]> {
  return database.drizzle
    .select({
      hash: facilityTokens.tokenSha256,
      firstUsedAt: facilityTokens.firstUsedAt,
      lastUsedAt: facilityTokens.lastUsedAt,
    })
    .from(facilityTokens)
    .where(and(eq(facilityTokens.facilityId, facilityId), isNull(facilityTokens.revokedAt)));
}
