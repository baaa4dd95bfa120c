import { and, eq, isNull, ne } from "drizzle-orm";
import type { UserId } from "../../domain/people/person.ts";
import type { Queries, Tx } from "../database.ts";
import { apiTokens, logins, users } from "../people-schema.ts";

/** A person as the store keeps them. */
export type User = typeof users.$inferSelect;

/** @returns undefined when there is no such person */
export async function readUser(
  { drizzle }: Queries,
  { organisationId, userId }: UserId,
): Promise<User | undefined> {
  const [user] = await drizzle
    .select()
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.userId, userId)));
  return user;
}

/** @param email in lower case */
export async function userByEmail({ drizzle }: Queries, email: string): Promise<User | undefined> {
  const [user] = await drizzle.select().from(users).where(eq(users.email, email));
  return user;
}

/** Ends all logins and tokens of a person. */
export async function endEverything(tx: Tx, user: UserId, endedAt: Date): Promise<void> {
  await endLogins(tx, user, endedAt);
  const ofUser = and(
    eq(apiTokens.organisationId, user.organisationId),
    eq(apiTokens.userId, user.userId),
  );
  await tx
    .update(apiTokens)
    .set({ endedAt })
    .where(and(ofUser, isNull(apiTokens.endedAt)));
}

/** Ends all logins of a person. @param except one that goes on */
export async function endLogins(
  tx: Tx,
  { organisationId, userId }: UserId,
  endedAt: Date,
  except = "",
): Promise<void> {
  await tx
    .update(logins)
    .set({ endedAt })
    .where(
      and(
        eq(logins.organisationId, organisationId),
        eq(logins.userId, userId),
        ne(logins.loginId, except),
        isNull(logins.endedAt),
      ),
    );
}

/** A person's row. */
export const isThe = ({ organisationId, userId }: UserId) =>
  and(eq(users.organisationId, organisationId), eq(users.userId, userId));
