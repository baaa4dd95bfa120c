import type { ToldRule } from "../../domain/rules/told-rules.ts";
import type { Statement } from "../statement.ts";

/** Rules of the facility's own, as its lines tell them: the last word counts. */
export function toldRulesSql(statement: Statement, rules: ReadonlyMap<string, ToldRule>): string {
  return `insert into access_rules (facility_id, kind, owner, rule_id, body, valid_from, valid_until,
       is_ended, search, changed_at, changed_by)
     select turn.facility_id, told.kind, 'facility', told.rule_id, told.body, told.valid_from,
       told.valid_until, told.is_ended, told.search, told.changed_at, told.changed_by
     from turn, json_to_recordset(${statement.bind(JSON.stringify([...rules.values()]), "json")}) as told(
       kind text, rule_id text, body jsonb, valid_from timestamptz, valid_until timestamptz,
       is_ended boolean, search text, changed_at timestamptz, changed_by text)
     on conflict (facility_id, kind, owner, rule_id) do update set body = excluded.body,
       valid_from = excluded.valid_from, valid_until = excluded.valid_until,
       is_ended = excluded.is_ended, search = excluded.search, changed_at = excluded.changed_at,
       changed_by = excluded.changed_by, version = access_rules.version + 1`;
}
