import { type Right, rights } from "@gatehouse/shared/contracts/rights-at-office";
import { elapsed, type Instant, minutes } from "@gatehouse/shared/time";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { UserId } from "../../domain/people/person.ts";
import { isOneOf } from "../../domain/secret.ts";
import type { Database } from "../database.ts";
import { apiTokens, users } from "../people-schema.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";

/** When a token was last used is written at most so often. */
const seenEvery = minutes(1);
/** Tokens of one person at once. */
const tokensMax = 50;

type ApiToken = typeof apiTokens.$inferSelect;

export interface TokenMaking {
  readonly tokenId: string;
  readonly name: string;
  readonly scopes: readonly Right[];
  readonly secretSha256: string;
  readonly endsAt: Date;
}

/** One more token for somebody's tools. */
export function makeToken(
  database: Database,
  user: UserId,
  { tokenId, name, scopes, secretSha256, endsAt }: TokenMaking,
  asking: Asking,
): Promise<Outcome<"too-many-tokens">> {
  return audited(database, user.organisationId, "token-made", asking, async (tx) => {
    const open = await tx
      .select({ tokenId: apiTokens.tokenId })
      .from(apiTokens)
      .where(and(isOpen(user, asking.now)));
    if (open.length >= tokensMax) return { refused: "too-many-tokens" };
    const createdAt = new Date(asking.now);
    await tx
      .insert(apiTokens)
      .values({ ...user, tokenId, name, scopes: [...scopes], secretSha256, createdAt, endsAt });
    const result = { token_id: tokenId, ends_at: endsAt.toISOString() };
    const after = { name, scopes, ends_at: endsAt.toISOString() };
    return { subject: { kind: "api-token", id: tokenId }, after, result };
  });
}

/** Ends a token of one's own. */
export function endToken(
  database: Database,
  { organisationId, userId }: UserId,
  tokenId: string,
  asking: Asking,
): Promise<Outcome<"no-such-token">> {
  return audited(database, organisationId, "token-ended", asking, async (tx) => {
    const ended = await tx
      .update(apiTokens)
      .set({ endedAt: new Date(asking.now) })
      .where(
        and(
          isThe({ organisationId, tokenId }),
          eq(apiTokens.userId, userId),
          isNull(apiTokens.endedAt),
        ),
      )
      .returning({ name: apiTokens.name });
    if (ended[0] === undefined) return { refused: "no-such-token" };
    return { subject: { kind: "api-token", id: tokenId }, before: { name: ended[0].name } };
  });
}

/** The tokens of somebody that are open, the newest first. */
export const openTokens = (
  { drizzle }: Database,
  user: UserId,
  now: Instant,
): Promise<ApiToken[]> =>
  drizzle.select().from(apiTokens).where(isOpen(user, now)).orderBy(desc(apiTokens.createdAt));

/** Whose token it is and what it may at most; undefined when it opens nothing (any more). */
export async function findToken(
  { drizzle }: Database,
  key: { readonly organisationId: string; readonly tokenId: string },
  secret: string,
  now: Instant,
): Promise<{ readonly user: UserId; readonly scopes: ReadonlySet<Right> } | undefined> {
  const token = await readOpen(drizzle, key, now);
  if (token === undefined || !isOneOf(secret, [token.secretSha256])) return undefined;
  const usedAt = token.lastUsedAt?.getTime() as Instant | undefined;
  if (usedAt === undefined || elapsed(usedAt, now) >= seenEvery)
    await drizzle
      .update(apiTokens)
      .set({ lastUsedAt: new Date(now) })
      .where(isThe(key));
  const user = { organisationId: token.organisationId, userId: token.userId };
  return { user, scopes: new Set(rights.filter((right) => token.scopes.includes(right))) };
}

/** Whether a token still opens anything. */
export const isTokenOpen = async (
  { drizzle }: Database,
  key: { readonly organisationId: string; readonly tokenId: string },
  now: Instant,
): Promise<boolean> => (await readOpen(drizzle, key, now)) !== undefined;

async function readOpen(
  drizzle: Database["drizzle"],
  key: { readonly organisationId: string; readonly tokenId: string },
  now: Instant,
): Promise<ApiToken | undefined> {
  const [row] = await drizzle
    .select({ token: apiTokens })
    .from(apiTokens)
    .innerJoin(
      users,
      and(eq(users.organisationId, apiTokens.organisationId), eq(users.userId, apiTokens.userId)),
    )
    .where(
      and(
        isThe(key),
        eq(users.isActive, true),
        isNull(apiTokens.endedAt),
        gt(apiTokens.endsAt, new Date(now)),
      ),
    );
  return row?.token;
}

const isThe = (key: { readonly organisationId: string; readonly tokenId: string }) =>
  and(eq(apiTokens.organisationId, key.organisationId), eq(apiTokens.tokenId, key.tokenId));

const isOpen = ({ organisationId, userId }: UserId, now: Instant) =>
  and(
    eq(apiTokens.organisationId, organisationId),
    eq(apiTokens.userId, userId),
    isNull(apiTokens.endedAt),
    gt(apiTokens.endsAt, new Date(now)),
  );
