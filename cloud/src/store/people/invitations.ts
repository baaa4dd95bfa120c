import { and, eq, gt, isNull } from "drizzle-orm";
import type { Instant } from "@gatehouse/shared/time";
import type { UserId } from "../../domain/people/person.ts";
import type { Database, Tx } from "../database.ts";
import { invitations, recoveryCodes, users } from "../people-schema.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";
import { endEverything, isThe } from "./user-rows.ts";

/** Opens an invitation; an older one ends with it. */
export async function openInvitation(
  tx: Tx,
  { organisationId, userId }: UserId,
  codeSha256: string,
  endsAt: Date,
): Promise<void> {
  const set = { codeSha256, endsAt, usedAt: null };
  await tx
    .insert(invitations)
    .values({ organisationId, userId, ...set })
    .onConflictDoUpdate({ target: [invitations.organisationId, invitations.userId], set });
}

/**
 * Invites somebody anew, who has lost a password or a second factor. Until the invitation is accepted, everything stays
 * as it was.
 */
export function invite(
  database: Database,
  user: UserId,
  { codeSha256, endsAt }: { readonly codeSha256: string; readonly endsAt: Date },
  asking: Asking,
): Promise<Outcome<"not-active">> {
  return audited(database, user.organisationId, "user-invited", asking, async (tx) => {
    const rows = await tx.select({ isActive: users.isActive }).from(users).where(isThe(user));
    if (rows[0]?.isActive !== true) return { refused: "not-active" };
    await openInvitation(tx, user, codeSha256, endsAt);
    const result = { ends_at: endsAt.toISOString() };
    return { subject: { kind: "user", id: user.userId }, result };
  });
}

/** Whether an invitation is still open. */
export async function isInvited(
  { drizzle }: Database,
  user: UserId,
  codeSha256: string,
  now: Instant,
): Promise<boolean> {
  const rows = await drizzle
    .select({ userId: invitations.userId })
    .from(invitations)
    .where(opens(user, codeSha256, now));
  return rows.length > 0;
}

/** Sets the password that the invited one has chosen; the second factor and everything that was open end. */
export function acceptInvitation(
  database: Database,
  user: UserId,
  { codeSha256, passwordHash }: { readonly codeSha256: string; readonly passwordHash: string },
  asking: Asking,
): Promise<Outcome<"no-such-invitation">> {
  return audited(database, user.organisationId, "invitation-accepted", asking, async (tx) => {
    const usedAt = new Date(asking.now);
    const used = await tx
      .update(invitations)
      .set({ usedAt })
      .where(opens(user, codeSha256, asking.now))
      .returning({ userId: invitations.userId });
    if (used.length === 0) return { refused: "no-such-invitation" };
    await tx
      .update(users)
      .set({ passwordHash, totpSealed: null, totpSince: null })
      .where(isThe(user));
    await tx
      .delete(recoveryCodes)
      .where(
        and(
          eq(recoveryCodes.organisationId, user.organisationId),
          eq(recoveryCodes.userId, user.userId),
        ),
      );
    await endEverything(tx, user, usedAt);
    return { subject: { kind: "user", id: user.userId } };
  });
}

const opens = ({ organisationId, userId }: UserId, codeSha256: string, now: Instant) =>
  and(
    eq(invitations.organisationId, organisationId),
    eq(invitations.userId, userId),
    eq(invitations.codeSha256, codeSha256),
    isNull(invitations.usedAt),
    gt(invitations.endsAt, new Date(now)),
  );
