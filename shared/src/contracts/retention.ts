import { z } from "zod";
import { count, day, instant, ReportAbout } from "./reports/report.ts";

/* How long head office keeps what, and what it has taken out. */

const days = (least: number, why: string) =>
  z.number().int().min(least, why).max(3650, "write at most 3650 days");

/** What a facility may set. */
export const RetentionSettings = z.strictObject({
  /** Raw ledger lines stay so long in the database; then they go into files. */
  raw_days: days(30, "the last 30 days stay in the database: write 30 or more"),
  /** A plate stays readable so long after its stay is closed and paid. */
  plate_days: days(1, "write 1 or more"),
  /** What people did stays so long under their names. */
  staff_days: days(30, "write 30 or more"),
  /** Facts of money stay for the year they are of and so many whole ones after it. */
  money_years: z
    .number()
    .int()
    .min(10, "books are kept for ten years: write 10 or more")
    .max(30, "write at most 30 years"),
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/** `POST …/retention` */
export const RetentionOrder = z.strictObject({
  request_id: z.string().min(1).max(100),
  settings: RetentionSettings,
  why: z.string().trim().min(1, "write why").max(500),
});
export type RetentionOrder = z.infer<typeof RetentionOrder>;

/** What happens to a table's rows once they are old enough. */
export const retentionActs = ["keep", "archive", "pseudonymise", "thin", "delete"] as const;

/** Why. */
export const retentionReasons = [
  "money-law",
  "plate-term",
  "raw-lines",
  "no-person",
  "present",
  "decision",
  "evidence",
  "sign-in",
  "staff",
  "answered",
  "chain",
] as const;

export const RetentionRule = z.object({
  table: z.string(),
  act: z.enum(retentionActs),
  /** What of it: empty for all its rows. */
  which: z.string(),
  reason: z.enum(retentionReasons),
  /** Rows from before this day; null where all stay. */
  before: day.nullable(),
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** A file of ledger lines; its name is the SHA-256 of its bytes. */
export const ArchiveFileTold = z.object({
  sha256: z.string(),
  epoch: count,
  first_seq: count,
  last_seq: count,
  bytes: count,
  first_at: instant.nullable(),
  last_at: instant.nullable(),
  made_at: instant,
  /** When its lines went out of the database. */
  emptied_at: instant.nullable(),
  /** When the file itself was deleted. */
  gone_at: instant.nullable(),
});
export type ArchiveFileTold = z.infer<typeof ArchiveFileTold>;

/** `GET reports/retention` */
export const RetentionReport = z.object({
  about: ReportAbout,
  settings: RetentionSettings,
  rules: z.array(RetentionRule),
  /** Null: it has never run here. */
  last_round: z
    .object({ ran_at: instant, rows: count, has_more: z.boolean(), trouble: z.string().nullable() })
    .nullable(),
  /** What was taken out, the newest first; at most 100. */
  log: z.array(
    z.object({
      at: instant,
      table: z.string(),
      act: z.string(),
      rows: count,
      through: z.string(),
    }),
  ),
  archive: z.object({
    files: count,
    lines: count,
    bytes: count,
    /** The newest first; at most 100. */
    newest: z.array(ArchiveFileTold),
  }),
});
export type RetentionReport = z.infer<typeof RetentionReport>;

/** What stands beside a file of lines, as JSON: all that is needed to prove it without a database. */
export const ArchiveManifest = z.strictObject({
  format: z.literal(1),
  facility_id: z.string(),
  epoch: count,
  first_seq: z.number().int().positive(),
  last_seq: z.number().int().positive(),
  /** Of the file's bytes, gzip. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: count,
  first_at: instant.nullable(),
  last_at: instant.nullable(),
  /** The hash of the line before the first, and of the last. */
  hash_before: z.string(),
  last_hash: z.string(),
});
export type ArchiveManifest = z.infer<typeof ArchiveManifest>;

/** One line of an archive file: a ledger line as it came. */
export const ArchivedLine = z.strictObject({
  epoch: count,
  seq: z.number().int().positive(),
  hash: z.string(),
  received_at: instant,
  /** Null where it is not text that a database can hold: then `raw` has its bytes. */
  text: z.string().nullable(),
  /** Base 64. */
  raw: z.string().optional(),
});
export type ArchivedLine = z.infer<typeof ArchivedLine>;
