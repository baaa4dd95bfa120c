import type { RetentionRule } from "@gatehouse/shared/contracts/retention";
import type { Term } from "./terms.ts";

/** What happens to rows of a table, and when. */
export interface Rule {
  readonly table: string;
  readonly act: RetentionRule["act"];
  /** What of it, in words; empty for all its rows. */
  readonly which: string;
  readonly reason: RetentionRule["reason"];
  /** Undefined: they stay. */
  readonly after?: Term;
}

const keep = (reason: Rule["reason"], ...tables: readonly string[]): Rule[] =>
  tables.map((table) => ({ table, act: "keep", which: "", reason }));

const days = (count: number): Term => ({ kind: "days", days: count });
const money: Term = { kind: "money-years" };

const drop = (table: string, which: string, reason: Rule["reason"], after: Term): Rule => ({
  table,
  act: "delete",
  which,
  reason,
  after,
});

const plates = (table: string): Rule => ({
  table,
  act: "pseudonymise",
  which: "plates of stays that are closed and paid",
  reason: "plate-term",
  after: { kind: "setting", name: "plate_days" },
});

/**
 * Every table of head office and what becomes of its rows. A table that is missing here fails a test: nobody adds one
 * without saying how long it is kept.
 */
export const retentionRules: readonly Rule[] = [
  {
    table: "ledger_lines",
    act: "archive",
    which: "whole days",
    reason: "raw-lines",
    after: { kind: "setting", name: "raw_days" },
  },
  drop("archive_files", "the files, not their rows", "money-law", money),
  plates("sessions"),
  plates("violations"),
  plates("debts"),
  drop("sessions", "those that are closed", "money-law", money),
  drop("payments", "", "money-law", money),
  drop("refunds", "", "money-law", money),
  drop("postings", "", "money-law", money),
  drop("documents", "", "money-law", money),
  drop("shifts", "those that are closed", "money-law", money),
  drop("violations", "those that are paid or waived", "money-law", money),
  drop("violation_steps", "", "money-law", money),
  drop("debts", "those that are paid or written off", "money-law", money),
  drop("analytics_reports", "", "money-law", money),
  drop("receipt_ratings", "", "money-law", money),
  drop("space_stays", "their sums stay", "no-person", days(800)),
  {
    table: "system_metrics",
    act: "thin",
    which: "the last of each day stays",
    reason: "no-person",
    after: days(800),
  },
  drop("staff_days", "", "staff", { kind: "setting", name: "staff_days" }),
  drop("alerts", "those that are over", "answered", days(800)),
  drop("callbacks", "", "answered", days(400)),
  drop("enrolment_codes", "those that were used or have ended", "sign-in", days(90)),
  drop("facility_tokens", "those that were revoked", "sign-in", days(400)),
  drop("work_orders", "those that are over", "answered", money),
  drop("device_states", "all but a device's newest", "no-person", days(800)),
  drop("logins", "", "sign-in", days(90)),
  drop("invitations", "those that were used or have ended", "sign-in", days(90)),
  drop("api_tokens", "those that have ended", "sign-in", days(400)),
  drop("request_hours", "", "no-person", days(400)),
  drop("idempotent_answers", "", "answered", days(7)),
  drop("sign_in_tries", "", "sign-in", days(7)),
  drop("deliveries", "those that do not wait", "answered", days(90)),
  ...keep(
    "no-person",
    "facility_days",
    "facility_hours",
    "flow_days",
    "taking_days",
    "zone_hours",
    "space_days",
    "space_stay_days",
    "lane_hours",
    "event_days",
    "camera_hours",
    "holidays",
    "events",
  ),
  ...keep(
    "present",
    "facilities",
    "facility_states",
    "facility_settings",
    "spaces",
    "layouts",
    "devices",
    "maintenance_plans",
    "outbox_marks",
    "organisations",
    "users",
    "recovery_codes",
    "assignments",
    "targets",
    "notice_rules",
    "tariff_drafts",
  ),
  ...keep("decision", "directives", "access_rules", "tariffs"),
  ...keep("chain", "watermarks", "audit_lines"),
  ...keep("evidence", "set_aside_lines", "retention_log", "retention_rounds"),
];
