import { z } from "zod";
import { owners } from "../access-terms.ts";
import { ListEntry, Permit, Pool, Reservation, Visitor } from "../directive.ts";

/*
 * Who may park, as head office keeps it: permits, pools, list entries, visitors and reservations of a facility. What
 * head office decides goes to the facility as a directive; what people decided at the facility itself is shown beside
 * it and changed there.
 */

/** The kinds of rule by the word in their addresses: `/v1/facilities/{id}/{word}`. */
export const ruleKinds = {
  permits: "permit",
  pools: "pool",
  lists: "list-entry",
  visitors: "visitor",
  reservations: "reservation",
} as const;
export type RuleWord = keyof typeof ruleKinds;
export type RuleKind = (typeof ruleKinds)[RuleWord];

/**
 * How far it has come: `sent`, it is on its way to the facility; `applied` there; `refused` there (`detail` says why);
 * `told` by the facility, whose own it is.
 */
export const ruleStates = ["sent", "applied", "refused", "told"] as const;
export type RuleState = (typeof ruleStates)[number];

/** Whether it counts by its own days: `ended` by somebody (revoked, removed, cancelled), whatever its days say. */
export const ruleStandings = ["now", "coming", "over", "ended"] as const;
export type RuleStanding = (typeof ruleStandings)[number];

const known = {
  /** What names it: its own id; of a list entry the list and the plate, `deny:AB12CDE`. */
  id: z.string(),
  /** Grows by one with every change; whoever changes it says which one they saw. */
  version: z.number().int().positive(),
  owner: z.enum(owners),
  state: z.enum(ruleStates),
  /** What the facility said of the directive, where it refused it. */
  detail: z.string().nullable(),
  /** Of the directive that carries it; null of the facility's own. */
  directive_number: z.number().int().positive().nullable(),
  standing: z.enum(ruleStandings),
  changed_at: z.iso.datetime(),
  /** Who changed it; null where that is not known. */
  changed_by: z.string().nullable(),
};

/** Of each kind what it says. A facility's own visitor has the same words; who made a list entry is `changed_by`. */
export const ruleBodies = {
  permit: Permit,
  pool: Pool,
  "list-entry": ListEntry,
  visitor: Visitor,
  reservation: Reservation,
} as const;
export type RuleBody = {
  readonly [K in RuleKind]: z.infer<(typeof ruleBodies)[K]>;
};

/** One rule as it is kept; its `ETag` is its version. `GET /v1/facilities/{id}/{word}/{rule_id}` */
export const AccessRule = <T>(body: z.ZodType<T>) => z.object({ ...known, body });
export interface AccessRule<T = RuleBody[RuleKind]> {
  readonly id: string;
  readonly version: number;
  readonly owner: (typeof owners)[number];
  readonly state: RuleState;
  readonly detail: string | null;
  readonly directive_number: number | null;
  readonly standing: RuleStanding;
  readonly changed_at: string;
  readonly changed_by: string | null;
  readonly body: T;
}

/** `GET /v1/facilities/{id}/{word}`: what was changed last comes first. */
export const RulePage = <T>(body: z.ZodType<T>) =>
  z.object({
    facility_id: z.string(),
    timezone: z.string(),
    as_of: z.iso.datetime(),
    rules: z.array(AccessRule(body)),
    next_cursor: z.string().nullable(),
  });
export interface RulePage<T = RuleBody[RuleKind]> {
  readonly facility_id: string;
  readonly timezone: string;
  readonly as_of: string;
  readonly rules: AccessRule<T>[];
  readonly next_cursor: string | null;
}

const text = z.string().max(200);
/** `?search=&standing=&state=&pool=&list=&cursor=&limit=` */
export const RulesAsked = z.strictObject({
  /** In its id, plates, names or reason. */
  search: text.optional(),
  standing: z.enum(ruleStandings).optional(),
  state: z.enum(ruleStates).optional(),
  owner: z.enum(owners).optional(),
  /** Permits of this pool. */
  pool: text.optional(),
  /** Entries of this list. */
  list: z.enum(["allow", "deny"]).optional(),
  cursor: z.string().max(300).optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d?|[1-4]\d\d|500)$/, "write a number from 1 to 500")
    .transform(Number)
    .optional(),
});
export type RulesAsked = z.infer<typeof RulesAsked>;

const asking = {
  /** The same id again changes nothing and answers the same. */
  request_id: z.string().min(1).max(100),
  why: z.string().trim().min(1).max(200).optional(),
};

/**
 * `PUT /v1/facilities/{id}/{word}/{rule_id}`: makes it, or changes it whole. `version` (or `If-Match`) is the one that
 * was seen, 0 (or `If-None-Match: *`) of a new one.
 */
export const RuleOrder = <T>(body: z.ZodType<T>) =>
  z.strictObject({ ...asking, version: z.number().int().nonnegative().optional(), rule: body });

/** Rows of one import at most, and characters of it. */
export const importRowsMax = 2_000;
export const importCharsMax = 1_000_000;

/**
 * `POST /v1/facilities/{id}/{word}/import`: all rows of a CSV or none. `check_only` says what it would do and does
 * nothing.
 */
export const RuleImport = z.strictObject({
  ...asking,
  csv: z.string().min(1).max(importCharsMax, "at most a million characters"),
  check_only: z.boolean().optional(),
});
export type RuleImport = z.infer<typeof RuleImport>;

/** What an import did, or would do. */
export const RuleImported = z.object({
  made: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  /** Rows that say what is kept already; nothing is sent for them. */
  unchanged: z.number().int().nonnegative(),
});
export type RuleImported = z.infer<typeof RuleImported>;
