import type { NoticeRule } from "../../domain/notify/rules.ts";
import type { Database } from "../database.ts";

/** Somebody who is told, as far as planning asks. */
export interface AudienceTarget {
  readonly organisation_id: string;
  readonly target_id: string;
  readonly kind: string;
  readonly events: readonly string[];
  readonly facility_id: string | null;
  readonly with_plates: boolean;
  readonly created_at: Date;
}

export interface AudienceRule extends NoticeRule {
  readonly organisationId: string;
  readonly ruleId: string;
  readonly facilityId: string | null;
  readonly targetIds: readonly string[];
  readonly escalateAfterMin: number | null;
  readonly escalateTo: readonly string[];
  readonly since: Date;
}

interface RuleRow {
  readonly organisation_id: string;
  readonly rule_id: string;
  readonly facility_id: string | null;
  readonly tiers: readonly string[];
  readonly types: readonly string[];
  readonly target_ids: readonly string[];
  readonly quiet_from: string | null;
  readonly quiet_until: string | null;
  readonly critical_breaks_quiet: boolean;
  readonly escalate_after_min: number | null;
  readonly escalate_to: readonly string[];
  readonly since: Date;
}

/** Who wants to be told of what, and which facilities stand below whom. */
export interface Audience {
  readonly targets: readonly AudienceTarget[];
  readonly rules: readonly AudienceRule[];
  /** An organisation and all above it. */
  readonly above: (organisationId: string) => ReadonlySet<string>;
}

export async function readAudience({ pool }: Database): Promise<Audience> {
  const [targets, rules, organisations] = await Promise.all([
    pool.query<AudienceTarget>(
      `select organisation_id, target_id, kind, events, facility_id, with_plates, created_at
       from targets where is_active`,
    ),
    pool.query<RuleRow>("select * from notice_rules where is_active"),
    pool.query<{ organisation_id: string; parent_id: string | null }>(
      "select organisation_id, parent_id from organisations",
    ),
  ]);
  const parents = new Map(organisations.rows.map((row) => [row.organisation_id, row.parent_id]));
  return {
    targets: targets.rows,
    rules: rules.rows.map(ruleOf),
    above: (organisationId) => chain(organisationId, parents),
  };
}

/** A ring in the tree would be a bug of another place; here it ends the walk. */
function chain(from: string, parents: ReadonlyMap<string, string | null>): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at: string | null | undefined = from; at && !found.has(at); at = parents.get(at))
    found.add(at);
  return found;
}

const ruleOf = (row: RuleRow): AudienceRule => ({
  organisationId: row.organisation_id,
  ruleId: row.rule_id,
  facilityId: row.facility_id,
  tiers: row.tiers,
  types: row.types,
  targetIds: row.target_ids,
  quiet:
    row.quiet_from === null || row.quiet_until === null
      ? undefined
      : { from: row.quiet_from, until: row.quiet_until },
  criticalBreaksQuiet: row.critical_breaks_quiet,
  escalateAfterMin: row.escalate_after_min,
  escalateTo: row.escalate_to,
  since: row.since,
});

/** Whether something that an organisation has set is about a facility. */
export const reachesFacility = (
  own: { readonly organisationId: string; readonly facilityId: string | null },
  facilityId: string,
  above: ReadonlySet<string>,
): boolean =>
  above.has(own.organisationId) && (own.facilityId === null || own.facilityId === facilityId);
