import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { RuleImported } from "@gatehouse/shared/contracts/rules/access";
import { type AnyRule, ruleFacts } from "../../domain/rules/rule-row.ts";
import type { Database, Tx } from "../database.ts";
import { audited, type Asking, type Outcome, type Refused } from "../people/audited.ts";
import { giveRules } from "./keep-rules.ts";
import { keptRules } from "./read-rules.ts";

interface AtFacility {
  readonly facilityId: string;
  readonly organisationId: string;
}

type Why = "no-such-facility" | "changed-meanwhile" | "no-such-pool";

/**
 * Makes a rule or changes it whole, audited with what it said before; the facility is told.
 *
 * @param seen the version that whoever asks has seen, 0 of a new one
 */
export function orderRule(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  rule: AnyRule,
  seen: number,
  asking: Asking,
): Promise<Outcome<Why>> {
  const { rule_id: ruleId } = ruleFacts(rule);
  return audited<Why>(database, organisationId, "rule-changed", asking, async (tx) => {
    const kept = (await keptRules({ drizzle: tx }, facilityId, rule.kind, [ruleId])).get(ruleId);
    if ((kept?.version ?? 0) !== seen) return { refused: "changed-meanwhile" };
    const missing = await missingPool(tx, facilityId, [rule]);
    if (missing !== undefined) return missing;
    const number = await giveRules({ drizzle: tx }, facilityId, [rule], asking);
    if (number === undefined) return { refused: "no-such-facility" };
    return {
      subject: { kind: rule.kind, id: `${facilityId}/${ruleId}` },
      facilityId,
      before: (kept?.body ?? null) as Json,
      after: { ...rule.body, directive: number } as Json,
      result: { number },
    };
  });
}

/**
 * Takes over many rules of one kind at once, all or none, audited. Those that say what is kept already are left alone,
 * and nothing is sent for them. What each of them said before stands in the directive that it names.
 */
export function importRules(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  kind: AnyRule["kind"],
  rules: readonly AnyRule[],
  asking: Asking,
): Promise<Outcome<Why>> {
  return audited<Why>(database, organisationId, "rules-imported", asking, async (tx) => {
    const kept = await keptRules({ drizzle: tx }, facilityId, kind);
    const { news, counts } = newsOf(rules, kept);
    const missing = await missingPool(tx, facilityId, news);
    if (missing !== undefined) return missing;
    const first = await giveRules({ drizzle: tx }, facilityId, news, asking);
    if (first === undefined) return { refused: "no-such-facility" };
    const changed = news.map((rule, index) => {
      const { rule_id: id } = ruleFacts(rule);
      return { id, before: kept.get(id)?.directiveNumber ?? null, directive: first + index };
    });
    return {
      subject: { kind, id: facilityId },
      facilityId,
      after: { ...counts, changed } as unknown as Json,
      result: counts as unknown as Json,
    };
  });
}

/** What of some rules is news, and how many of them are. */
export function newsOf(
  rules: readonly AnyRule[],
  kept: ReadonlyMap<string, { readonly body: unknown }>,
): { readonly news: readonly AnyRule[]; readonly counts: RuleImported } {
  const news = rules.filter((rule) => {
    const known = kept.get(ruleFacts(rule).rule_id);
    return known === undefined || !isSame(known.body, rule.body);
  });
  const changed = news.filter((rule) => kept.has(ruleFacts(rule).rule_id)).length;
  const made = news.length - changed;
  return { news, counts: { made, changed, unchanged: rules.length - news.length } };
}

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson(one as Json) === canonicalJson(JSON.parse(JSON.stringify(other)) as Json);

/** A permit of a pool that head office does not keep would be worth nothing at the facility. */
async function missingPool(
  tx: Tx,
  facilityId: string,
  rules: readonly AnyRule[],
): Promise<Refused<"no-such-pool"> | undefined> {
  const asked = rules.flatMap(({ kind, body }) =>
    kind === "permit" && body.pool_id !== undefined ? [body.pool_id] : [],
  );
  if (asked.length === 0) return undefined;
  const pools = await keptRules({ drizzle: tx }, facilityId, "pool", [...new Set(asked)]);
  return asked.every((id) => pools.has(id)) ? undefined : { refused: "no-such-pool" };
}
