import { and, count, eq, isNull, lt } from "drizzle-orm";
import type { UserId } from "../../domain/people/person.ts";
import type { Database, Queries, Tx } from "../database.ts";
import { recoveryCodes, users } from "../people-schema.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";
import { endLogins, isThe } from "./user-rows.ts";

/** Sets a new password; every login but the one that asked ends. */
export function setPassword(
  database: Database,
  user: UserId,
  passwordHash: string,
  asking: Asking,
): Promise<Outcome<never>> {
  return audited(database, user.organisationId, "password-changed", asking, async (tx) => {
    await tx.update(users).set({ passwordHash }).where(isThe(user));
    await endOthers(tx, user, asking);
    return { subject: { kind: "user", id: user.userId } };
  });
}

/** The same password, hashed as it is hashed today. */
export async function rehashPassword(
  { drizzle }: Database,
  user: UserId,
  from: string,
  to: string,
): Promise<void> {
  await drizzle
    .update(users)
    .set({ passwordHash: to })
    .where(and(isThe(user), eq(users.passwordHash, from)));
}

/** Keeps a secret for the second factor that is not in force yet. @returns whether there is none in force */
export async function offerTotp(
  { drizzle }: Database,
  user: UserId,
  totpSealed: string,
): Promise<boolean> {
  const rows = await drizzle
    .update(users)
    .set({ totpSealed })
    .where(and(isThe(user), isNull(users.totpSince)))
    .returning({ userId: users.userId });
  return rows.length > 0;
}

/** From now on the second factor is asked for; every login but the one that asked ends. */
export function confirmTotp(
  database: Database,
  user: UserId,
  { totpSealed, step, codeHashes }: { totpSealed: string; step: number; codeHashes: string[] },
  asking: Asking,
): Promise<Outcome<"totp-changed">> {
  return audited(database, user.organisationId, "totp-on", asking, async (tx) => {
    const on = await tx
      .update(users)
      .set({ totpSince: new Date(asking.now), totpStep: step })
      .where(and(isThe(user), eq(users.totpSealed, totpSealed), isNull(users.totpSince)))
      .returning({ userId: users.userId });
    if (on.length === 0) return { refused: "totp-changed" };
    await tx.delete(recoveryCodes).where(codesOf(user));
    await tx.insert(recoveryCodes).values(codeHashes.map((codeHash) => ({ ...user, codeHash })));
    await endOthers(tx, user, asking);
    return { subject: { kind: "user", id: user.userId } };
  });
}

/** No second factor is asked for any more. */
export function endTotp(database: Database, user: UserId, asking: Asking): Promise<Outcome<never>> {
  return audited(database, user.organisationId, "totp-off", asking, async (tx) => {
    await tx.update(users).set({ totpSealed: null, totpSince: null }).where(isThe(user));
    await tx.delete(recoveryCodes).where(codesOf(user));
    await endOthers(tx, user, asking);
    return { subject: { kind: "user", id: user.userId } };
  });
}

/** Uses up a code's step of time. @returns false when it, or a later one, has been used already */
export async function useTotpStep(
  { drizzle }: Database,
  user: UserId,
  step: number,
): Promise<boolean> {
  const rows = await drizzle
    .update(users)
    .set({ totpStep: step })
    .where(and(isThe(user), lt(users.totpStep, step)))
    .returning({ userId: users.userId });
  return rows.length > 0;
}

/** Uses up a recovery code; the audit tells, since somebody has lost their app. */
export async function useRecoveryCode(
  database: Database,
  user: UserId,
  codeHash: string,
  asking: Asking,
): Promise<boolean> {
  const { organisationId } = user;
  const used = await audited(database, organisationId, "recovery-code-used", asking, async (tx) => {
    const rows = await tx
      .update(recoveryCodes)
      .set({ usedAt: new Date(asking.now) })
      .where(and(codesOf(user), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
      .returning({ userId: recoveryCodes.userId });
    if (rows.length === 0) return { refused: "no-such-code" };
    return { subject: { kind: "user", id: user.userId } };
  });
  return used.kind === "done";
}

/** How many recovery codes are left. */
export async function recoveryCodesLeft({ drizzle }: Queries, user: UserId): Promise<number> {
  const [row] = await drizzle
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(codesOf(user), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}

const endOthers = (tx: Tx, user: UserId, { who, now }: Asking): Promise<void> =>
  endLogins(tx, user, new Date(now), who.kind === "login" ? who.loginId : "");

const codesOf = ({ organisationId, userId }: UserId) =>
  and(eq(recoveryCodes.organisationId, organisationId), eq(recoveryCodes.userId, userId));
