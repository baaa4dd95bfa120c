import type { NotifyView, RuleView, TargetView } from "@gatehouse/shared/contracts/notify";
import { asc, eq } from "drizzle-orm";
import type { Database } from "../database.ts";
import { isoOrNull } from "../moments.ts";
import { noticeRules, targets } from "../notify-schema.ts";

interface Counts {
  readonly target_id: string;
  readonly waiting: number;
  readonly failed: number;
  readonly last_delivered_at: Date | null;
}

/** What an organisation has set, without its secrets. */
export async function readNotify(
  { drizzle, pool }: Database,
  organisationId: string,
): Promise<Omit<NotifyView, "can_mail">> {
  const [found, rules, counts] = await Promise.all([
    drizzle
      .select()
      .from(targets)
      .where(eq(targets.organisationId, organisationId))
      .orderBy(asc(targets.name), asc(targets.targetId)),
    drizzle
      .select()
      .from(noticeRules)
      .where(eq(noticeRules.organisationId, organisationId))
      .orderBy(asc(noticeRules.name), asc(noticeRules.ruleId)),
    pool.query<Counts>({
      name: "notify-counts",
      text: `select target_id, count(*) filter (where state = 'waiting') as waiting,
           count(*) filter (where state = 'failed') as failed,
           max(tried_at) filter (where state = 'delivered') as last_delivered_at
         from deliveries where organisation_id = $1 group by target_id`,
      values: [organisationId],
    }),
  ]);
  const countsOf = new Map(counts.rows.map((row) => [row.target_id, row]));
  return {
    organisation_id: organisationId,
    targets: found.map((row) => targetView(row, countsOf.get(row.targetId))),
    rules: rules.map(ruleView),
  };
}

const targetView = (row: typeof targets.$inferSelect, counts: Counts | undefined): TargetView => ({
  target_id: row.targetId,
  organisation_id: row.organisationId,
  kind: row.kind as TargetView["kind"],
  name: row.name,
  settings: row.settings as TargetView["settings"],
  events: row.events,
  facility_id: row.facilityId,
  with_plates: row.withPlates,
  is_active: row.isActive,
  stopped_why: row.stoppedWhy,
  failing_since: isoOrNull(row.failingSince),
  previous_until: isoOrNull(row.previousUntil),
  waiting: counts?.waiting ?? 0,
  failed: counts?.failed ?? 0,
  last_delivered_at: isoOrNull(counts?.last_delivered_at ?? null),
});

const ruleView = (row: typeof noticeRules.$inferSelect): RuleView => ({
  rule_id: row.ruleId,
  organisation_id: row.organisationId,
  name: row.name,
  facility_id: row.facilityId,
  tiers: row.tiers as RuleView["tiers"],
  types: row.types,
  target_ids: row.targetIds,
  quiet:
    row.quietFrom === null || row.quietUntil === null
      ? null
      : { from: row.quietFrom, until: row.quietUntil },
  critical_breaks_quiet: row.criticalBreaksQuiet,
  escalate:
    row.escalateAfterMin === null
      ? null
      : { after_min: row.escalateAfterMin, target_ids: row.escalateTo },
  is_active: row.isActive,
});
