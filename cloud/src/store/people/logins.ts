import { elapsed, hours, type Instant, minutes, seconds } from "@gatehouse/shared/time";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { UserId } from "../../domain/people/person.ts";
import { isOneOf } from "../../domain/secret.ts";
import type { Database } from "../database.ts";
import { instantOrNone } from "../moments.ts";
import { logins, users } from "../people-schema.ts";
import { audited, type Outcome } from "./audited.ts";

/** A working day; then the password is asked for again, whatever is done. */
const lifeMax = hours(12);
/** A browser that asks for nothing for so long is signed out; an open page asks every few seconds. */
const idleMax = hours(2);
/** A secret older than this is changed for a new one. */
const rotatedAfter = hours(1);
/** Questions that were under way when the secret changed still count. */
const overlap = seconds(60);
/** That a login is in use is written at most so often. */
const seenEvery = minutes(1);
/** Browsers of one person at once; the one unused for longest ends when one more begins. */
const loginsMax = 16;

/** A row of `logins`. */
type Login = typeof logins.$inferSelect;

/** Somebody signs in: one more login, whose secret only the browser knows. */
export function beginLogin(
  database: Database,
  user: UserId,
  login: {
    readonly loginId: string;
    readonly secretSha256: string;
    readonly address: string;
    readonly agent: string;
  },
  now: Instant,
): Promise<Outcome<never>> {
  const { loginId, address } = login;
  const asking = { who: { kind: "login", ...user, loginId } as const, address, now };
  return audited(database, user.organisationId, "signed-in", asking, async (tx) => {
    const at = new Date(now);
    const surplus = await tx
      .select({ loginId: logins.loginId })
      .from(logins)
      .where(and(isOf(user), isNull(logins.endedAt)))
      .orderBy(desc(logins.seenAt))
      .offset(loginsMax - 1);
    for (const old of surplus)
      await tx
        .update(logins)
        .set({ endedAt: at })
        .where(isThe({ ...user, loginId: old.loginId }));
    await tx.insert(logins).values({ ...login, ...user, rotatedAt: at, beganAt: at, seenAt: at });
    return { subject: { kind: "login", id: loginId } };
  });
}

/** Whether a login still holds; it is not a sign of life. */
export async function isLoginOpen(
  { drizzle }: Database,
  key: { readonly organisationId: string; readonly loginId: string },
  now: Instant,
): Promise<boolean> {
  const [row] = await withUsers(drizzle).where(isThe(key));
  return row !== undefined && row.isActive && isAlive(row.login, now);
}

export type LoginFound =
  | { readonly kind: "none" }
  /** A secret that was changed long ago is shown: somebody has a copy, and the login must end. */
  | { readonly kind: "stolen"; readonly user: UserId }
  | {
      readonly kind: "login";
      readonly user: UserId;
      /** The secret is due to be changed. */
      readonly isDue: boolean;
    };

/**
 * Finds a login by its id and the secret that its browser shows. One that has ended, is too old, was idle for too long
 * or belongs to somebody who is no longer active is none.
 */
export async function findLogin(
  database: Database,
  key: { readonly organisationId: string; readonly loginId: string },
  secret: string,
  now: Instant,
): Promise<LoginFound> {
  const { drizzle } = database;
  const [row] = await withUsers(drizzle).where(isThe(key));
  if (row === undefined || !row.isActive || !isAlive(row.login, now)) return { kind: "none" };
  const { login } = row;
  const user = { organisationId: login.organisationId, userId: login.userId };
  const at = new Date(now);
  if (isOneOf(secret, [login.secretSha256])) {
    const isDue = elapsed(instantOf(login.rotatedAt), now) >= rotatedAfter;
    const isSeen = elapsed(instantOf(login.seenAt), now) < seenEvery;
    if (!isSeen || login.confirmedAt === null)
      await drizzle
        .update(logins)
        .set({ seenAt: at, confirmedAt: login.confirmedAt ?? at })
        .where(isThe(key));
    return { kind: "login", user, isDue };
  }
  if (!isOneOf(secret, [login.previousSha256 ?? ""])) return { kind: "none" };
  const confirmedAt = instantOrNone(login.confirmedAt);
  // The browser may never have got its new secret; then it is given another.
  if (confirmedAt === undefined) return { kind: "login", user, isDue: true };
  if (elapsed(confirmedAt, now) <= overlap) return { kind: "login", user, isDue: false };
  return { kind: "stolen", user };
}

/**
 * Changes a login's secret. Of two requests that want it at once, one does.
 *
 * @param shown the secret that the browser has shown
 * @returns whether the new secret counts now
 */
export async function rotateLogin(
  { drizzle }: Database,
  key: { readonly organisationId: string; readonly loginId: string },
  { shownSha256, newSha256 }: { readonly shownSha256: string; readonly newSha256: string },
  now: Instant,
): Promise<boolean> {
  const set = {
    secretSha256: newSha256,
    previousSha256: shownSha256,
    rotatedAt: new Date(now),
    confirmedAt: null,
  };
  const current = await drizzle
    .update(logins)
    .set(set)
    .where(and(isThe(key), eq(logins.secretSha256, shownSha256)))
    .returning({ loginId: logins.loginId });
  if (current.length > 0) return true;
  const previous = await drizzle
    .update(logins)
    .set(set)
    .where(and(isThe(key), eq(logins.previousSha256, shownSha256), isNull(logins.confirmedAt)))
    .returning({ loginId: logins.loginId });
  return previous.length > 0;
}

/** Ends one login: its person signs out, or a secret that was changed long ago turned up again. */
export function endLogin(
  database: Database,
  key: UserId & { readonly loginId: string },
  action: "signed-out" | "login-stolen",
  { address, now }: { readonly address: string; readonly now: Instant },
): Promise<Outcome<"no-such-login">> {
  const asking = { who: { kind: "login", ...key } as const, address, now };
  return audited(database, key.organisationId, action, asking, async (tx) => {
    const ended = await tx
      .update(logins)
      .set({ endedAt: new Date(now) })
      .where(and(isThe(key), isNull(logins.endedAt)))
      .returning({ loginId: logins.loginId });
    if (ended.length === 0) return { refused: "no-such-login" };
    return { subject: { kind: "login", id: key.loginId } };
  });
}

/** Where somebody is signed in, the one used last first. */
export async function openLogins(
  { drizzle }: Database,
  user: UserId,
  now: Instant,
): Promise<Login[]> {
  const rows = await drizzle
    .select()
    .from(logins)
    .where(and(isOf(user), isNull(logins.endedAt), gt(logins.beganAt, new Date(now - lifeMax))))
    .orderBy(desc(logins.seenAt));
  return rows.filter((login) => isAlive(login, now));
}

const withUsers = (drizzle: Database["drizzle"]) =>
  drizzle
    .select({ login: logins, isActive: users.isActive })
    .from(logins)
    .innerJoin(
      users,
      and(eq(users.organisationId, logins.organisationId), eq(users.userId, logins.userId)),
    );

const isAlive = ({ endedAt, beganAt, seenAt }: Login, now: Instant): boolean =>
  endedAt === null &&
  elapsed(instantOf(beganAt), now) < lifeMax &&
  elapsed(instantOf(seenAt), now) < idleMax;

const instantOf = (at: Date): Instant => at.getTime() as Instant;

const isThe = (key: { readonly organisationId: string; readonly loginId: string }) =>
  and(eq(logins.organisationId, key.organisationId), eq(logins.loginId, key.loginId));

const isOf = ({ organisationId, userId }: UserId) =>
  and(eq(logins.organisationId, organisationId), eq(logins.userId, userId));
