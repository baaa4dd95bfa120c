import type { FacilityTokens, Joined } from "@gatehouse/shared/contracts/enrolment";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, desc, eq, gt, isNull, like } from "drizzle-orm";
import { readCode } from "../domain/enrolment.ts";
import type { Database, Queries } from "./database.ts";
import { enrolmentCodes } from "./enrolment-schema.ts";
import { isoOrNull } from "./moments.ts";
import { facilities, facilityStates, facilityTokens } from "./schema.ts";

/** More tokens that still open one facility than any honest change of them needs. */
const liveTokensMax = 8;
/** The newest ones are shown. */
const tokensShown = 50;

export interface NewFacility {
  readonly facilityId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string | undefined;
  readonly locale: string;
}

/** Makes a facility known; one that is known already is left as it is. */
export async function addFacility(
  { drizzle }: Queries,
  { facilityId, organisationId, name, timezone, currency, locale }: NewFacility,
  now: Instant,
): Promise<void> {
  await drizzle.transaction(async (tx) => {
    const card = { name, timezone, currency: currency ?? null, locale };
    const row = { facilityId, organisationId, ...card, createdAt: new Date(now) };
    await tx.insert(facilities).values(row).onConflictDoNothing();
    await tx.insert(facilityStates).values({ facilityId }).onConflictDoNothing();
  });
}

/**
 * Keeps the hash of a code with which the facility's box can join, once and until `expiresAt`.
 *
 * @returns undefined when there is no such facility, "used" when the code of this request has been used already
 */
export async function keepCode(
  { drizzle }: Queries,
  facilityId: string,
  requestId: string,
  {
    code,
    now,
    expiresAt,
  }: { readonly code: string; readonly now: Instant; readonly expiresAt: Instant },
): Promise<"kept" | "used" | undefined> {
  const known = await drizzle
    .select({ id: facilities.facilityId })
    .from(facilities)
    .where(eq(facilities.facilityId, facilityId));
  if (known.length === 0) return undefined;
  const told = {
    codeSha256: readCode(code)?.codeSha256 ?? "",
    createdAt: new Date(now),
    expiresAt: new Date(expiresAt),
  };
  const made = await drizzle
    .insert(enrolmentCodes)
    .values({ facilityId, requestId, ...told })
    .onConflictDoUpdate({
      target: [enrolmentCodes.facilityId, enrolmentCodes.requestId],
      set: told,
      setWhere: isNull(enrolmentCodes.usedAt),
    })
    .returning({ id: enrolmentCodes.requestId });
  return made.length === 0 ? "used" : "kept";
}

export type JoinOutcome =
  | { readonly kind: "joined"; readonly facility: Joined }
  | { readonly kind: "wrong" | "expired" | "used" };

/** Takes a box's token for its code. The same code and token again is the same; another token is refused. */
export async function join(
  { drizzle }: Database,
  code: string,
  tokenSha256: string,
  now: Instant,
): Promise<JoinOutcome> {
  const read = readCode(code);
  if (read === undefined) return { kind: "wrong" };
  const { facilityId, codeSha256 } = read;
  return drizzle.transaction(async (tx): Promise<JoinOutcome> => {
    const isIt = and(
      eq(enrolmentCodes.facilityId, facilityId),
      eq(enrolmentCodes.codeSha256, codeSha256),
    );
    const [row] = await tx.select().from(enrolmentCodes).where(isIt).for("update");
    if (row === undefined) return { kind: "wrong" };
    if (row.usedAt !== null && row.tokenSha256 !== tokenSha256) return { kind: "used" };
    if (row.usedAt === null) {
      if (row.expiresAt.getTime() <= now) return { kind: "expired" };
      const createdAt = new Date(now);
      await tx.update(enrolmentCodes).set({ usedAt: createdAt, tokenSha256 }).where(isIt);
      await tx
        .insert(facilityTokens)
        .values({ facilityId, tokenSha256, createdAt })
        .onConflictDoNothing();
    }
    const [facility] = await tx
      .select()
      .from(facilities)
      .where(eq(facilities.facilityId, facilityId));
    if (facility === undefined) return { kind: "wrong" };
    const { name, timezone, currency } = facility;
    return { kind: "joined", facility: { facility_id: facilityId, name, timezone, currency } };
  });
}

/** Lets a facility's next token in; told again it is the same. @returns false when too many are open already */
export async function addToken(
  { drizzle }: Database,
  facilityId: string,
  tokenSha256: string,
  now: Instant,
): Promise<boolean> {
  const live = await drizzle
    .select({ hash: facilityTokens.tokenSha256 })
    .from(facilityTokens)
    .where(and(eq(facilityTokens.facilityId, facilityId), isNull(facilityTokens.revokedAt)));
  if (live.some(({ hash }) => hash === tokenSha256)) return true;
  if (live.length >= liveTokensMax) return false;
  await drizzle
    .insert(facilityTokens)
    .values({ facilityId, tokenSha256, createdAt: new Date(now) })
    .onConflictDoNothing();
  return true;
}

/** A token was used: the first time that ends the facility's older ones. Told at most once an hour of each. */
export async function noteUse(
  { pool }: Database,
  facilityId: string,
  tokenSha256: string,
  now: Instant,
): Promise<void> {
  await pool.query({
    name: "note-token-use",
    text: `with used as (
         update facility_tokens set first_used_at = coalesce(first_used_at, $3), last_used_at = $3
         where facility_id = $1 and token_sha256 = $2
         returning new.created_at, old.first_used_at is null as is_first)
       update facility_tokens as old set revoked_at = $3 from used
       where used.is_first and old.facility_id = $1 and old.token_sha256 <> $2 and old.revoked_at is null
         and old.created_at < used.created_at`,
    values: [facilityId, tokenSha256, isoOf(now)],
  });
}

/** How a facility's token stands. @param beginning of its SHA-256 */
export async function tokenState(
  { drizzle }: Queries,
  facilityId: string,
  beginning: string,
): Promise<"live" | "revoked" | undefined> {
  const found = await drizzle
    .select({ at: facilityTokens.revokedAt })
    .from(facilityTokens)
    .where(tokenNamed(facilityId, beginning));
  if (found.length === 0) return undefined;
  return found.some(({ at }) => at === null) ? "live" : "revoked";
}

/** Ends a token at once. @param beginning of its SHA-256 */
export async function revokeToken(
  { drizzle }: Queries,
  facilityId: string,
  beginning: string,
  now: Instant,
): Promise<void> {
  await drizzle
    .update(facilityTokens)
    .set({ revokedAt: new Date(now) })
    .where(and(tokenNamed(facilityId, beginning), isNull(facilityTokens.revokedAt)));
}

const tokenNamed = (facilityId: string, beginning: string) =>
  and(eq(facilityTokens.facilityId, facilityId), like(facilityTokens.tokenSha256, `${beginning}%`));

/** The tokens and open codes of a facility, the newest first. */
export async function listTokens(
  { drizzle }: Database,
  facilityId: string,
  now: Instant,
): Promise<FacilityTokens> {
  const tokens = await drizzle
    .select()
    .from(facilityTokens)
    .where(eq(facilityTokens.facilityId, facilityId))
    .orderBy(desc(facilityTokens.createdAt))
    .limit(tokensShown);
  const codes = await drizzle
    .select()
    .from(enrolmentCodes)
    .where(
      and(
        eq(enrolmentCodes.facilityId, facilityId),
        isNull(enrolmentCodes.usedAt),
        gt(enrolmentCodes.expiresAt, new Date(now)),
      ),
    )
    .orderBy(desc(enrolmentCodes.createdAt))
    .limit(tokensShown);
  return {
    tokens: tokens.map(({ tokenSha256, createdAt, firstUsedAt, lastUsedAt, revokedAt }) => ({
      token: tokenName(tokenSha256),
      created_at: createdAt.toISOString(),
      first_used_at: isoOrNull(firstUsedAt),
      last_used_at: isoOrNull(lastUsedAt),
      revoked_at: isoOrNull(revokedAt),
    })),
    codes: codes.map(({ createdAt, expiresAt }) => ({
      created_at: createdAt.toISOString(),
      expires_at: expiresAt.toISOString(),
    })),
  };
}

/** So much of a SHA-256 tells a facility's tokens apart. */
export const tokenName = (tokenSha256: string): string => tokenSha256.slice(0, 16);
