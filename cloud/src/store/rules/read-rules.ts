import type {
  AccessRule,
  RuleKind,
  RulePage,
  RulesAsked,
  RuleState,
} from "@gatehouse/shared/contracts/rules/access";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database, Queries } from "../database.ts";
import { isoOfDate } from "../moments.ts";
import { Conditions, readPage } from "../reports/keyset.ts";
import { accessRules } from "../rules-schema.ts";

const pageSize = 100;

interface Row {
  readonly rule_id: string;
  readonly owner: "head-office" | "facility";
  readonly body: unknown;
  readonly version: number;
  readonly directive_number: number | null;
  readonly result: string | null;
  readonly detail: string | null;
  readonly valid_from: Date | null;
  readonly valid_until: Date | null;
  readonly is_ended: boolean;
  readonly changed_at: Date;
  readonly changed_by: string | null;
}

/** Who has changed it, by name where head office knows them. */
const changer = `coalesce((select trim(first_name || ' ' || last_name) from users
  where users.organisation_id = split_part(rule.changed_by, '/', 1)
    and users.user_id = split_part(rule.changed_by, '/', 2)), rule.changed_by)`;

const columns = `rule.rule_id, rule.owner, rule.body, rule.version, rule.directive_number,
  directive.result, directive.detail, rule.valid_from, rule.valid_until, rule.is_ended,
  rule.changed_at, ${changer} as changed_by`;

const from = `access_rules as rule left join directives as directive
  on directive.facility_id = rule.facility_id and directive.number = rule.directive_number`;

const stateSql = `case when rule.owner = 'facility' then 'told' when directive.result is null then 'sent'
  when directive.result = 'applied' then 'applied' else 'refused' end`;

/** SQL of a rule's standing; the moment is a parameter. */
const standingSql = (now: string): string =>
  `case when rule.is_ended then 'ended' when rule.valid_until <= ${now} then 'over'
    when rule.valid_from > ${now} then 'coming' else 'now' end`;

/** A facility's rules of one kind, what was changed last first. @returns undefined where the cursor is none of ours */
export async function readRules<T>(
  database: Database,
  facility: { readonly facilityId: string; readonly timezone: string },
  kind: RuleKind,
  asked: RulesAsked,
  now: Instant,
): Promise<RulePage<T> | undefined> {
  const where = new Conditions(facility.facilityId, kind, new Date(now))
    // Every parameter is named, also where nothing asks for the moment.
    .fix("rule.facility_id = $1 and rule.kind = $2 and $3::timestamptz is not null")
    .add("rule.search like ?", likeOf(asked.search))
    .add(`${standingSql("$3::timestamptz")} = ?`, asked.standing)
    .add(`${stateSql} = ?`, asked.state)
    .add("rule.owner = ?", asked.owner)
    .add("rule.body ->> 'pool_id' = ?", asked.pool)
    .add("rule.body ->> 'list' = ?", asked.list);
  const id = "rule.rule_id || ' ' || rule.owner";
  const page = await readPage<Row>(
    database,
    { columns, table: from, where, at: "rule.changed_at", id, order: "desc" },
    { cursor: asked.cursor, limit: asked.limit ?? pageSize },
  );
  return (
    page && {
      facility_id: facility.facilityId,
      timezone: facility.timezone,
      as_of: isoOf(now),
      rules: page.rows.map((row) => ruleOf<T>(row, now)),
      next_cursor: page.nextCursor,
    }
  );
}

/** A rule of head office's own; the facility's where there is none. */
export async function findRule<T>(
  { pool }: Database,
  facilityId: string,
  kind: RuleKind,
  ruleId: string,
  now: Instant,
): Promise<AccessRule<T> | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from ${from}
     where rule.facility_id = $1 and rule.kind = $2 and rule.rule_id = $3
     order by rule.owner desc limit 1`,
    [facilityId, kind, ruleId],
  );
  const [row] = rows;
  return row === undefined ? undefined : ruleOf<T>(row, now);
}

/** What is kept of a rule of head office's own. */
export interface KeptRule {
  readonly body: unknown;
  readonly version: number;
  readonly directiveNumber: number | null;
}

/** What is kept of rules of head office's own, by id. @param ruleIds left out: all of them */
export async function keptRules(
  { drizzle }: Queries,
  facilityId: string,
  kind: RuleKind,
  ruleIds?: readonly string[],
): Promise<Map<string, KeptRule>> {
  const rows = await drizzle
    .select()
    .from(accessRules)
    .where(
      and(
        eq(accessRules.facilityId, facilityId),
        eq(accessRules.kind, kind),
        eq(accessRules.owner, "head-office"),
        ruleIds === undefined ? undefined : inArray(accessRules.ruleId, [...ruleIds]),
      ),
    )
    .orderBy(asc(accessRules.ruleId));
  return new Map(
    rows.map(({ ruleId, body, version, directiveNumber }) => [
      ruleId,
      { body, version, directiveNumber },
    ]),
  );
}

function ruleOf<T>(row: Row, now: Instant): AccessRule<T> {
  const state = stateOf(row);
  return {
    id: row.rule_id,
    version: row.version,
    owner: row.owner,
    state,
    detail: state === "refused" ? (row.detail ?? row.result) : null,
    directive_number: row.directive_number,
    standing: standingOf(row, now),
    changed_at: isoOfDate(row.changed_at),
    changed_by: row.changed_by,
    body: row.body as T,
  };
}

function stateOf({ owner, result }: Row): RuleState {
  if (owner === "facility") return "told";
  if (result === null) return "sent";
  return result === "applied" ? "applied" : "refused";
}

function standingOf({ is_ended, valid_from, valid_until }: Row, now: Instant) {
  if (is_ended) return "ended";
  if (valid_until !== null && valid_until.getTime() <= now) return "over";
  return valid_from !== null && valid_from.getTime() > now ? "coming" : "now";
}

/** What is searched for, as a pattern: its own per cent signs are letters. */
function likeOf(search: string | undefined): string | undefined {
  const text = search?.trim().toLowerCase() ?? "";
  return text === "" ? undefined : `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
