import type { Json } from "@gatehouse/shared/canonical";
import type { NewUser, UserChange } from "@gatehouse/shared/contracts/people";
import { sql } from "drizzle-orm";
import type { UserId } from "../../domain/people/person.ts";
import type { Database, Tx } from "../database.ts";
import { users } from "../people-schema.ts";
import { isLastAdmin } from "./admins.ts";
import { audited, type Asking, type Outcome } from "./audited.ts";
import { type Assignment, insertAssignment } from "./grants.ts";
import { openInvitation } from "./invitations.ts";
import { endEverything, isThe, readUser, type User, userByEmail } from "./user-rows.ts";

export interface UserMaking {
  readonly userId: string;
  readonly asked: NewUser;
  readonly assignments: readonly Assignment[];
  /** SHA-256 of the invitation's code. */
  readonly codeSha256: string;
  readonly endsAt: Date;
}

/** Makes somebody known, with their first roles and the invitation that lets them in. */
export function makeUser(
  database: Database,
  making: UserMaking,
  asking: Asking,
): Promise<Outcome<"email-taken">> {
  const { userId, asked, assignments, codeSha256, endsAt } = making;
  const organisationId = asked.organisation_id;
  return audited(database, organisationId, "user-made", asking, async (tx) => {
    if (await isTaken(tx, asked.email)) return { refused: "email-taken" };
    const createdAt = new Date(asking.now);
    await tx.insert(users).values({
      organisationId,
      userId,
      email: asked.email,
      phoneNumber: asked.phone_number,
      firstName: asked.first_name,
      lastName: asked.last_name,
      paymentMethods: asked.payment_methods,
      vehicleInfo: asked.vehicle_info,
      createdAt,
    });
    const user = { organisationId, userId };
    for (const assignment of assignments) await insertAssignment(tx, user, assignment, createdAt);
    await openInvitation(tx, user, codeSha256, endsAt);
    const { request_id: _, why: __, ...after } = asked;
    const result = { user_id: userId, ends_at: endsAt.toISOString() };
    return { subject: { kind: "user", id: userId }, after: after as Json, result };
  });
}

/** Changes what is known of somebody; what is left out stays. */
export function changeUser(
  database: Database,
  user: UserId,
  change: UserChange,
  asking: Asking,
): Promise<Outcome<"email-taken" | "no-such-user">> {
  return audited(database, user.organisationId, "user-changed", asking, async (tx) => {
    const known = await readUser({ drizzle: tx }, user);
    if (known === undefined) return { refused: "no-such-user" };
    if (change.email !== undefined && change.email !== known.email) {
      if (await isTaken(tx, change.email)) return { refused: "email-taken" };
    }
    const to = {
      email: change.email ?? known.email,
      firstName: change.first_name ?? known.firstName,
      lastName: change.last_name ?? known.lastName,
      phoneNumber: change.phone_number === undefined ? known.phoneNumber : change.phone_number,
      paymentMethods: change.payment_methods ?? known.paymentMethods,
      vehicleInfo: change.vehicle_info ?? known.vehicleInfo,
    };
    await tx.update(users).set(to).where(isThe(user));
    const [before, after] = [jsonOf(known), jsonOf(to)];
    return { subject: { kind: "user", id: user.userId }, before, after };
  });
}

/** Whoever is not active cannot sign in, and what they had open ends; head office never loses its last admin. */
export function setActive(
  database: Database,
  user: UserId,
  isActive: boolean,
  asking: Asking,
): Promise<Outcome<"no-such-user" | "last-admin">> {
  const action = isActive ? "user-activated" : "user-deactivated";
  return audited(database, user.organisationId, action, asking, async (tx) => {
    if (!isActive && (await isLastAdmin(tx, user))) return { refused: "last-admin" };
    const [known] = await tx
      .update(users)
      .set({ isActive })
      .where(isThe(user))
      .returning({ userId: users.userId });
    if (known === undefined) return { refused: "no-such-user" };
    if (!isActive) await endEverything(tx, user, new Date(asking.now));
    return {
      subject: { kind: "user", id: user.userId },
      before: { is_active: !isActive },
      after: { is_active: isActive },
    };
  });
}

/** Signs somebody out of every browser, and ends all their tokens. */
export function signOutEverywhere(
  database: Database,
  user: UserId,
  asking: Asking,
): Promise<Outcome<never>> {
  return audited(database, user.organisationId, "signed-out-everywhere", asking, async (tx) => {
    await endEverything(tx, user, new Date(asking.now));
    return { subject: { kind: "user", id: user.userId } };
  });
}

/** Addresses are taken one at a time, since no index reaches over all organisations. */
async function isTaken(tx: Tx, email: string): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse e-mail'))`);
  return (await userByEmail({ drizzle: tx }, email)) !== undefined;
}

const jsonOf = (user: UserColumns): Json => ({
  email: user.email,
  first_name: user.firstName,
  last_name: user.lastName,
  phone_number: user.phoneNumber,
  payment_methods: user.paymentMethods as Json,
  vehicle_info: user.vehicleInfo as Json,
});

type UserColumns = Pick<
  User,
  "email" | "firstName" | "lastName" | "phoneNumber" | "paymentMethods" | "vehicleInfo"
>;
