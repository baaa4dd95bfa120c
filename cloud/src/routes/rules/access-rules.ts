import {
  type RuleBody,
  type RuleImport,
  type RuleKind,
  ruleKinds,
  type RulesAsked,
  type RuleWord,
} from "@gatehouse/shared/contracts/rules/access";
import { ruleCsvRoutes, ruleRoutes } from "@gatehouse/shared/contracts/v1/rules";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { type CsvKind, readRulesCsv, rulesCsv } from "../../domain/rules/rule-csv.ts";
import { type AnyRule, complaintsOfRule, ruleFacts } from "../../domain/rules/rule-row.ts";
import { openDesk } from "../../store/reports/desk.ts";
import { findRule, keptRules, readRules } from "../../store/rules/read-rules.ts";
import { importRules, newsOf, orderRule } from "../../store/rules/rule-orders.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { problems } from "../problems.ts";
import { paged, type ReportPorts } from "../reports/asking.ts";
import { seenVersion, tagOf } from "./seen-version.ts";

/** Permits, pools, list entries, visitors and reservations of a facility. */
export function accessRuleRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  // Before the routes of one rule: `export` is no rule's id.
  putCsvRoutes(app, ports, "permits");
  putCsvRoutes(app, ports, "lists");
  for (const word of Object.keys(ruleKinds) as RuleWord[]) putRuleRoutes(app, ports, word);
  return app;
}

/** What an order of any kind says, checked by its own contract. */
interface Order {
  readonly request_id: string;
  readonly why?: string;
  readonly version?: number;
  readonly rule: RuleBody[RuleKind];
}

function putRuleRoutes(
  app: Hono<OfficeEnv>,
  { database, clock, door, v1 }: ReportPorts,
  word: RuleWord,
): void {
  const put = v1.on(app);
  const kind = ruleKinds[word];
  const { list, get, keep } = ruleRoutes[word];

  put(list, async ({ c, query }) => {
    const desk = await openDesk(database, placeOf(c).facilityId, clock.now());
    if (desk === undefined) return refuse(problems.noFacility);
    const told = paged(await readRules(database, desk, kind, query as RulesAsked, clock.now()));
    return told instanceof Response ? told : c.json(told);
  });

  put(get, ({ c, params }) => answerRule(c, params.rule_id));

  put(keep, async ({ c, params, body }) => {
    const { rule: said, version, ...asked } = body as Order;
    const rule = { kind, body: said } as AnyRule;
    const complaints = complaintsOfRule(rule);
    if (ruleFacts(rule).rule_id !== params.rule_id)
      complaints.push({ path: "", message: "names another one than its address does" });
    const errors = complaints.map(({ path, message }) => ({
      path: path === "" ? "rule" : `rule.${path}`,
      message,
    }));
    if (errors.length > 0) return refuse({ ...problems.notUnderstood, errors });
    const seen = seenVersion(c, version);
    if (seen.kind === "problem") return refuse(seen.problem);
    const asking = door.asking(c, asked);
    const done = await orderRule(database, placeOf(c), rule, seen.version, asking);
    if (done.kind === "done") return answerRule(c, params.rule_id);
    return done.why === "changed-meanwhile" ? refuse(seen.stale) : answerOutcome(done);
  });

  async function answerRule(c: Context<OfficeEnv>, id: string): Promise<Response> {
    const rule = await findRule(database, placeOf(c).facilityId, kind, id, clock.now());
    if (rule === undefined) return refuse(problems.noSuchRule);
    c.header("etag", tagOf(rule.version));
    return c.json(rule);
  }
}

function putCsvRoutes(
  app: Hono<OfficeEnv>,
  { database, clock, door, v1 }: ReportPorts,
  word: keyof typeof ruleCsvRoutes,
): void {
  const put = v1.on(app);
  const kind: CsvKind = ruleKinds[word];
  const { exportCsv, importCsv } = ruleCsvRoutes[word];

  put(exportCsv, async ({ c, query }) => {
    const kept = await keptRules(database, placeOf(c).facilityId, kind);
    const rules = [...kept.values()].map(({ body }) => body as RuleBody[CsvKind]);
    if ((query as { format?: string }).format !== "csv") return c.json({ rules });
    return c.body(rulesCsv(kind, rules), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${word}.csv"`,
    });
  });

  put(importCsv, async ({ c, body }) => {
    const { csv, check_only: isCheck = false, ...asked } = body as RuleImport;
    const place = placeOf(c);
    const desk = await openDesk(database, place.facilityId, clock.now());
    if (desk === undefined) return refuse(problems.noFacility);
    const kept = await keptRules(database, place.facilityId, kind);
    const rows = readRulesCsv(kind, csv, desk.timezone, kept);
    if ("complaints" in rows)
      return refuse({ ...problems.importRefused, errors: [...rows.complaints] });
    if (isCheck) return c.json(newsOf(rows.rules, kept).counts);
    const asking = door.asking(c, asked);
    const done = await importRules(database, place, kind, rows.rules, asking);
    return answerOutcome(done, ({ result }) => c.json(result as object));
  });
}
