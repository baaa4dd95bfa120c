import { z } from "zod";
import {
  AccessRule,
  importCharsMax,
  ruleBodies,
  type RuleBody,
  type RuleWord,
  RuleImport,
  RuleImported,
  ruleKinds,
  RuleOrder,
  RulePage,
  RulesAsked,
} from "../rules/access.ts";
import { NoQuery, takes, v1Route } from "./route.ts";

const area = "Who may park";

/** JSON of a file of that many characters at most. */
const importBytesMax = importCharsMax * 2;

/** What a rule of a kind says. */
const bodyOf = <Word extends RuleWord>(word: Word): z.ZodType<RuleBody[(typeof ruleKinds)[Word]]> =>
  ruleBodies[ruleKinds[word]] as never;

/** The routes of one kind of rule. @param what a rule of it is called in a sentence */
const routesOf = <const Word extends RuleWord, const Name extends string>(
  word: Word,
  name: Name,
  [one, many]: readonly [string, string],
) => {
  const body = bodyOf(word);
  const path = `/v1/facilities/{facility_id}/${word}` as const;
  const rule = AccessRule(body);
  return {
    list: v1Route({
      id: `list${name}s`,
      method: "GET",
      path,
      area,
      summary: `The facility's ${many}, what was changed last first.`,
      access: takes("see-sessions"),
      query: RulesAsked,
      answer: RulePage(body),
    }),
    get: v1Route({
      id: `get${name}`,
      method: "GET",
      path: `${path}/{rule_id}`,
      area,
      summary: `One ${one}, and how far it has come.`,
      access: takes("see-sessions"),
      query: NoQuery,
      answer: rule,
      problems: ["no-such-rule"],
    }),
    keep: v1Route({
      id: `keep${name}`,
      method: "PUT",
      path: `${path}/{rule_id}`,
      area,
      summary: `Makes a ${one} or changes it whole; the facility is told.`,
      access: takes("set-access"),
      // A word that nobody knows is a mistake, and not something to be dropped in silence.
      body: RuleOrder(z.strictObject(ruleBodies[ruleKinds[word]].shape) as never as typeof body),
      answer: rule,
      problems: [
        "version-needed",
        "changed-meanwhile",
        "other-version",
        "no-such-pool",
        "request-id-used",
      ],
    }),
  };
};

/** The routes of a kind of rule that also travels as CSV. */
const csvRoutesOf = <const Word extends RuleWord, const Name extends string>(
  word: Word,
  name: Name,
  many: string,
) => {
  const body = bodyOf(word);
  const path = `/v1/facilities/{facility_id}/${word}` as const;
  return {
    exportCsv: v1Route({
      id: `export${name}s`,
      method: "GET",
      path: `${path}/export`,
      area,
      summary: `All of the facility's ${many} that head office keeps: JSON, or the CSV that an import takes.`,
      access: takes("see-sessions"),
      query: z.object({ format: z.enum(["json", "csv"]).optional() }),
      answer: z.object({ rules: z.array(body) }),
      files: ["text/csv"],
    }),
    importCsv: v1Route({
      id: `import${name}s`,
      method: "POST",
      path: `${path}/import`,
      area,
      summary: `Takes over ${many} from a CSV: all rows or none.`,
      access: takes("set-access"),
      body: RuleImport,
      bodyMax: importBytesMax,
      answer: RuleImported,
      problems: ["import-refused", "no-such-pool", "request-id-used"],
    }),
  };
};

/** Of each kind of rule its routes. */
export const ruleRoutes = {
  permits: routesOf("permits", "Permit", ["permit", "permits"]),
  pools: routesOf("pools", "Pool", ["pool", "pools of permits"]),
  lists: routesOf("lists", "ListEntry", ["list entry", "entries of the allow and deny lists"]),
  visitors: routesOf("visitors", "Visitor", ["visitor", "visitors"]),
  reservations: routesOf("reservations", "Reservation", ["reservation", "reservations"]),
} as const;

/** Of the kinds that travel as CSV. */
export const ruleCsvRoutes = {
  permits: csvRoutesOf("permits", "Permit", "permits"),
  lists: csvRoutesOf("lists", "ListEntry", "entries of the allow and deny lists"),
} as const;
