import type { RuleOrder } from "@gatehouse/shared/contracts/notify";
import { and, eq, inArray } from "drizzle-orm";
import type { Database, Tx } from "../database.ts";
import { noticeRules, targets } from "../notify-schema.ts";
import { audited, type Asking, type Outcome } from "../people/audited.ts";
import { isOwnFacility } from "./own-facility.ts";

const rulesMax = 200;

interface RuleKey {
  readonly organisationId: string;
  readonly ruleId: string;
}

const at = ({ organisationId, ruleId }: RuleKey) =>
  and(eq(noticeRules.organisationId, organisationId), eq(noticeRules.ruleId, ruleId));

export type RuleRefusal =
  | "no-such-notice-rule"
  | "no-such-target"
  | "no-such-facility"
  | "too-many-targets";

/** One more rule; alerts from now on are told. */
export function makeRule(
  database: Database,
  key: RuleKey,
  order: RuleOrder,
  asking: Asking,
): Promise<Outcome<RuleRefusal>> {
  return audited(database, key.organisationId, "notice-rule-made", asking, async (tx) => {
    const refused = await refusalOf(tx, key, order);
    if (refused !== undefined) return { refused };
    const count = await tx.$count(noticeRules, eq(noticeRules.organisationId, key.organisationId));
    if (count >= rulesMax) return { refused: "too-many-targets" };
    const now = new Date(asking.now);
    await tx
      .insert(noticeRules)
      .values({ ...key, ...columnsOf(order), since: now, changedAt: now });
    const subject = { kind: "notice-rule", id: key.ruleId };
    return { subject, after: toldOf(order), result: { rule_id: key.ruleId } };
  });
}

/** Changes all of a rule. What was raised before it was turned on again is not told. */
export function changeRule(
  database: Database,
  key: RuleKey,
  order: RuleOrder,
  asking: Asking,
): Promise<Outcome<RuleRefusal>> {
  return audited(database, key.organisationId, "notice-rule-changed", asking, async (tx) => {
    const [before] = await tx.select().from(noticeRules).where(at(key)).for("update");
    if (before === undefined) return { refused: "no-such-notice-rule" };
    const refused = await refusalOf(tx, key, order);
    if (refused !== undefined) return { refused };
    const now = new Date(asking.now);
    const since = order.is_active && !before.isActive ? { since: now } : {};
    await tx
      .update(noticeRules)
      .set({ ...columnsOf(order), ...since, changedAt: now })
      .where(at(key));
    const { name, tiers, types, targetIds } = before;
    return {
      subject: { kind: "notice-rule", id: key.ruleId },
      before: { name, tiers, types, target_ids: targetIds, is_active: before.isActive },
      after: toldOf(order),
    };
  });
}

export function deleteRule(
  database: Database,
  key: RuleKey,
  asking: Asking,
): Promise<Outcome<RuleRefusal>> {
  return audited(database, key.organisationId, "notice-rule-deleted", asking, async (tx) => {
    const [before] = await tx.delete(noticeRules).where(at(key)).returning();
    if (before === undefined) return { refused: "no-such-notice-rule" };
    return {
      subject: { kind: "notice-rule", id: key.ruleId },
      before: { name: before.name, tiers: before.tiers, types: before.types },
    };
  });
}

async function refusalOf(
  tx: Tx,
  { organisationId }: RuleKey,
  order: RuleOrder,
): Promise<RuleRefusal | undefined> {
  if (!(await isOwnFacility(tx, organisationId, order.facility_id))) return "no-such-facility";
  const wanted = new Set([...order.target_ids, ...(order.escalate?.target_ids ?? [])]);
  const found = await tx.$count(
    targets,
    and(eq(targets.organisationId, organisationId), inArray(targets.targetId, [...wanted])),
  );
  return found === wanted.size ? undefined : "no-such-target";
}

const columnsOf = (order: RuleOrder) => ({
  name: order.name,
  facilityId: order.facility_id,
  tiers: order.tiers,
  types: order.types,
  targetIds: order.target_ids,
  quietFrom: order.quiet?.from ?? null,
  quietUntil: order.quiet?.until ?? null,
  criticalBreaksQuiet: order.critical_breaks_quiet,
  escalateAfterMin: order.escalate?.after_min ?? null,
  escalateTo: order.escalate?.target_ids ?? [],
  isActive: order.is_active,
});

/** As the audit keeps it. */
const toldOf = ({ request_id: _, ...told }: RuleOrder) => told;
