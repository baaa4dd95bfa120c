import { isoOf } from "@gatehouse/shared/time";
import { sql } from "drizzle-orm";
import { type AnyRule, ruleFacts } from "../../domain/rules/rule-row.ts";
import type { Who } from "../../domain/people/person.ts";
import type { Queries } from "../database.ts";
import { issueDirectives } from "../directives.ts";
import type { Asking } from "../people/audited.ts";

/**
 * Decides rules of head office's own: they go to the facility as its next directives and stand in the registry as they
 * are now. Each rule at most once.
 *
 * @returns the number of the first directive, or undefined when there is no such facility
 */
export async function giveRules(
  queries: Queries,
  facilityId: string,
  rules: readonly AnyRule[],
  { now, who }: Pick<Asking, "now" | "who">,
): Promise<number | undefined> {
  if (rules.length === 0) return 0;
  const first = await issueDirectives(queries, facilityId, rules, now);
  if (first === undefined) return undefined;
  await keepGiven(queries, facilityId, rules, { first, at: isoOf(now), by: deciderOf(who) });
  return first;
}

/** What is written beside a decision: a user's organisation and id; null of head office's first token. */
export const deciderOf = (who: Who): string | null =>
  who.kind === "office-token" ? null : `${who.organisationId}/${who.userId}`;

/** Keeps rules whose directives are issued. @param given the number of the first rule's, when and by whom */
export async function keepGiven(
  { drizzle }: Queries,
  facilityId: string,
  rules: readonly AnyRule[],
  given: { readonly first: number; readonly at: string; readonly by: string | null },
): Promise<void> {
  const told = rules.map((rule, index) => ({
    ...rule,
    ...ruleFacts(rule),
    directive_number: given.first + index,
  }));
  await drizzle.execute(sql`
    insert into access_rules (facility_id, kind, owner, rule_id, body, directive_number, valid_from,
      valid_until, is_ended, search, changed_at, changed_by)
    select ${facilityId}, kind, 'head-office', rule_id, body, directive_number, valid_from, valid_until,
      is_ended, search, ${given.at}::timestamptz, ${given.by}
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as told(kind text, rule_id text, body jsonb,
      directive_number integer, valid_from timestamptz, valid_until timestamptz, is_ended boolean,
      search text)
    on conflict (facility_id, kind, owner, rule_id) do update set body = excluded.body,
      directive_number = excluded.directive_number, valid_from = excluded.valid_from,
      valid_until = excluded.valid_until, is_ended = excluded.is_ended, search = excluded.search,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by,
      version = access_rules.version + 1`);
}
