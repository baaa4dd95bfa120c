import { z } from "zod";

/*
 * Who changed what at head office. Each organisation has a chain of its own: numbered from 1 without a hole, each
 * line's hash over the hash before it and its own text, as in a facility's ledger.
 */

/** What was done. */
export const auditActions = [
  "signed-in",
  "signed-out",
  "signed-out-everywhere",
  "login-stolen",
  "password-changed",
  "totp-on",
  "totp-off",
  "recovery-code-used",
  "token-made",
  "token-ended",
  "user-made",
  "user-changed",
  "user-deactivated",
  "user-activated",
  "user-invited",
  "invitation-accepted",
  "role-given",
  "role-taken",
  "organisation-made",
  "organisation-changed",
  "facility-moved",
  "facility-enrolled",
  "enrolment-code-made",
  "facility-token-revoked",
  "directive-issued",
  "rule-changed",
  "rules-imported",
  "tariff-published",
  "tariff-withdrawn",
  "tariff-draft-changed",
  "tariff-draft-deleted",
  "notice-period-changed",
  "alert-closed",
  "alert-acknowledged",
  "target-made",
  "target-changed",
  "target-secret-changed",
  "target-tested",
  "target-deleted",
  "notice-rule-made",
  "notice-rule-changed",
  "notice-rule-deleted",
  "delivery-sent-again",
  "maintenance-plan-made",
  "maintenance-plan-changed",
  "maintenance-plan-deleted",
  "report-made",
  "report-deleted",
  "metrics-deleted",
  "holiday-kept",
  "holiday-dropped",
  "event-kept",
  "event-dropped",
  "retention-set",
  "search-time-set",
  "open-data-set",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** A line's text, parsed. Nothing in it is secret: passwords, codes and tokens never are. */
export const AuditLine = z.object({
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  action: z.string(),
  actor: z.object({
    kind: z.enum(["office-token", "login", "api-token"]),
    organisation_id: z.string().optional(),
    user_id: z.string().optional(),
    /** Which login or token of theirs. */
    by: z.string().optional(),
  }),
  /** Where the request came from. */
  address: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  facility_id: z.string().optional(),
  before: z.unknown(),
  after: z.unknown(),
  why: z.string().optional(),
  request_id: z.string().optional(),
  /** What was answered, where it was more than that it is done. */
  result: z.unknown(),
});
export type AuditLine = z.infer<typeof AuditLine>;

/** `GET /api/audit/{organisation_id}?before=SEQ&action=&user_id=&subject_id=`: the newest first. */
export const AuditPage = z.object({
  lines: z.array(AuditLine.extend({ hash: z.string() })),
  /** What the people in these lines are called, by their user ids. */
  names: z.record(z.string(), z.string()),
  /** For `before`; null when there is nothing older. */
  next: z.number().int().positive().nullable(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/**
 * `GET /api/audit/{organisation_id}/verdict?seq=&hash=`: whether the chain is whole. Whoever kept an earlier verdict's
 * end shows it, and learns whether the chain still runs through it: that finds a chain that was written anew.
 */
export const AuditVerdict = z.object({
  is_whole: z.boolean(),
  /** The first line that does not follow; null when all do. */
  broken_at: z.number().int().positive().nullable(),
  end: z.object({ seq: z.number().int().nonnegative(), hash: z.string() }),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
