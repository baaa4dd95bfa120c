import { z } from "zod";
import { count, instant, minor, ReportAbout } from "./report.ts";
import { PaymentRow, SessionRow } from "./services.ts";

/** `?session_id=` */
export const StoryAsked = z.object({ session_id: z.string().min(1).max(200) });

/** One line of the facility's ledger that speaks of the session. */
export const StoryLine = z.object({
  epoch: count,
  seq: count,
  at: instant,
  /** Of the ledger line (contracts/event.ts); a newer edge may write types that nobody here knows. */
  type: z.string(),
  /** What it says, in English, as `gatehouse why` says it. */
  sentence: z.string(),
  /** What the line holds, without the text of papers. */
  body: z.record(z.string(), z.unknown()),
});
export type StoryLine = z.infer<typeof StoryLine>;

/** `GET session?session_id=`: one session opened whole, told from the lines of its ledger. */
export const SessionStory = z.object({
  about: ReportAbout,
  session: SessionRow,
  /** What the camera read, where the plate was put right. */
  raw_plate: z.string().nullable(),
  tariff_id: z.string().nullable(),
  tariff_version: count.nullable(),
  reservation_id: z.string().nullable(),
  cancel_reason: z.string().nullable(),
  /** It may leave until then without paying more. */
  grace_until: instant.nullable(),
  /** Its entry was not seen, only assumed. */
  is_entry_assumed: z.boolean(),
  /** Oldest first. */
  lines: z.array(StoryLine),
  /** False: it lasted so long, or its lines are so many, that only those around what is known of it were read. */
  is_complete: z.boolean(),
  /** Lines of its time have gone into archive files: what they tell of it is missing here. */
  is_archived: z.boolean(),
  payments: z.array(PaymentRow),
  refunds: z.array(
    z.object({
      refund_id: z.string(),
      payment_id: z.string(),
      amount_minor: minor,
      status: z.string(),
      reason: z.string(),
      requested_by: z.string(),
      approved_by: z.string().nullable(),
      changed_at: instant,
    }),
  ),
  documents: z.array(
    z.object({
      document_id: z.string(),
      kind: z.string(),
      number: count,
      device_id: z.string(),
      issued_at: instant,
      /** Where it can be looked at: `/receipt/…`. */
      address: z.string(),
    }),
  ),
  violations: z.array(
    z.object({
      violation_id: z.string(),
      violation_type: z.string(),
      status: z.string(),
      penalty_minor: minor,
      reason: z.string(),
      changed_at: instant,
    }),
  ),
  debts: z.array(
    z.object({
      note_id: z.string(),
      amount_minor: minor,
      state: z.string(),
      reason: z.string(),
      changed_at: instant,
    }),
  ),
});
export type SessionStory = z.infer<typeof SessionStory>;
