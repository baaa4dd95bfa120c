import type { TargetOrder } from "@gatehouse/shared/contracts/notify";
import { hours, later } from "@gatehouse/shared/time";
import { and, eq, sql } from "drizzle-orm";
import type { Database, Tx } from "../database.ts";
import { deliveries, noticeRules, targets } from "../notify-schema.ts";
import { audited, type Asking, type Change, type Outcome } from "../people/audited.ts";
import { isOwnFacility } from "./own-facility.ts";

/** An organisation has no more; a mistake in a loop makes thousands. */
const targetsMax = 200;
/** After a change the old secret signs too for so long. */
const overlap = hours(24);

type Row = typeof targets.$inferSelect;

interface TargetKey {
  readonly organisationId: string;
  readonly targetId: string;
}

const at = ({ organisationId, targetId }: TargetKey) =>
  and(eq(targets.organisationId, organisationId), eq(targets.targetId, targetId));

export type TargetRefusal = "no-such-target" | "no-such-facility" | "too-many-targets";

/** One more target. @param secretSealed null where it has none */
export function makeTarget(
  database: Database,
  key: TargetKey,
  order: TargetOrder,
  secretSealed: string | null,
  asking: Asking,
): Promise<Outcome<TargetRefusal>> {
  const { organisationId, targetId } = key;
  return audited(database, organisationId, "target-made", asking, async (tx) => {
    if (!(await isOwnFacility(tx, organisationId, order.facility_id)))
      return { refused: "no-such-facility" };
    const count = await tx.$count(targets, eq(targets.organisationId, organisationId));
    if (count >= targetsMax) return { refused: "too-many-targets" };
    const now = new Date(asking.now);
    const told = columnsOf(order);
    await tx
      .insert(targets)
      .values({ ...key, ...told, secretSealed, createdAt: now, changedAt: now });
    return { ...subjectOf(targetId), after: afterOf(order), result: { target_id: targetId } };
  });
}

/** Changes all of a target but its secret; one that was stopped is tried again from now on. */
export function changeTarget(
  database: Database,
  key: TargetKey,
  order: TargetOrder,
  secretSealed: string | undefined,
  asking: Asking,
): Promise<Outcome<TargetRefusal>> {
  const { organisationId, targetId } = key;
  return audited(database, organisationId, "target-changed", asking, async (tx) => {
    const before = await find(tx, key);
    if (before === undefined || before.kind !== order.kind) return { refused: "no-such-target" };
    if (!(await isOwnFacility(tx, organisationId, order.facility_id)))
      return { refused: "no-such-facility" };
    const again = order.is_active && !before.isActive;
    await tx
      .update(targets)
      .set({
        ...columnsOf(order),
        changedAt: new Date(asking.now),
        ...(secretSealed === undefined ? {} : { secretSealed }),
        ...(again ? { stoppedWhy: null, failingSince: null } : {}),
      })
      .where(at(key));
    if (again) await tryNow(tx, key, asking);
    return { ...subjectOf(targetId), before: rowOf(before), after: afterOf(order) };
  });
}

/** Gives a target another secret. The one before signs too for a day. */
export function rotateTarget(
  database: Database,
  key: TargetKey,
  secretSealed: string,
  asking: Asking,
): Promise<Outcome<TargetRefusal>> {
  const { organisationId, targetId } = key;
  return audited(database, organisationId, "target-secret-changed", asking, async (tx) => {
    const before = await find(tx, key);
    if (before?.kind !== "webhook") return { refused: "no-such-target" };
    const previousUntil = new Date(later(asking.now, overlap));
    await tx
      .update(targets)
      .set({ secretSealed, previousSealed: before.secretSealed, previousUntil })
      .where(at(key));
    return { ...subjectOf(targetId), result: { target_id: targetId } };
  });
}

/** Takes a target away, out of every rule, and what waits for it. */
export function deleteTarget(
  database: Database,
  key: TargetKey,
  asking: Asking,
): Promise<Outcome<TargetRefusal>> {
  const { organisationId, targetId } = key;
  return audited(database, organisationId, "target-deleted", asking, async (tx) => {
    const before = await find(tx, key);
    if (before === undefined) return { refused: "no-such-target" };
    await tx.delete(targets).where(at(key));
    await tx
      .update(noticeRules)
      .set({
        targetIds: sql`array_remove(${noticeRules.targetIds}, ${targetId})`,
        escalateTo: sql`array_remove(${noticeRules.escalateTo}, ${targetId})`,
      })
      .where(eq(noticeRules.organisationId, organisationId));
    await tx
      .update(deliveries)
      .set({ state: "dropped" })
      .where(
        and(
          eq(deliveries.organisationId, organisationId),
          eq(deliveries.targetId, targetId),
          eq(deliveries.state, "waiting"),
        ),
      );
    return { ...subjectOf(targetId), before: rowOf(before) };
  });
}

async function find(tx: Tx, key: TargetKey): Promise<Row | undefined> {
  const [row] = await tx.select().from(targets).where(at(key)).for("update");
  return row;
}

/** What waits is tried at once, not when the last pause ends. */
async function tryNow(tx: Tx, { organisationId, targetId }: TargetKey, asking: Asking) {
  await tx
    .update(deliveries)
    .set({ nextAt: new Date(asking.now) })
    .where(
      and(
        eq(deliveries.organisationId, organisationId),
        eq(deliveries.targetId, targetId),
        eq(deliveries.state, "waiting"),
        eq(deliveries.stage, "event"),
      ),
    );
}

const subjectOf = (targetId: string): Pick<Change, "subject"> => ({
  subject: { kind: "target", id: targetId },
});

const columnsOf = (order: TargetOrder) => ({
  kind: order.kind,
  name: order.name,
  settings: order.settings,
  events: order.kind === "webhook" ? order.events : [],
  withPlates: order.kind === "webhook" && order.with_plates,
  facilityId: order.facility_id,
  isActive: order.is_active,
});

/** What the audit keeps: everything but secrets. */
function afterOf(order: TargetOrder) {
  const { name, kind, settings, events, facilityId, isActive, withPlates } = columnsOf(order);
  return {
    name,
    kind,
    settings: settings as Readonly<Record<string, string | string[]>>,
    events,
    facility_id: facilityId,
    is_active: isActive,
    with_plates: withPlates,
  };
}

const rowOf = ({ name, kind, settings, events, facilityId, isActive, withPlates }: Row) => ({
  name,
  kind,
  settings: settings as Readonly<Record<string, string | string[]>>,
  events,
  facility_id: facilityId,
  is_active: isActive,
  with_plates: withPlates,
});
