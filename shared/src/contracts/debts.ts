import { z } from "zod";
import { id, instant, minor, reason, requestId } from "./money-values.ts";

/** `POST /api/money/debt-note`: the driver leaves with a promise; with a lane its gate opens. */
export const DebtNoteRequest = z.object({
  request_id: requestId,
  session_id: id,
  lane_id: id.optional(),
  name: z.string().trim().max(100).optional(),
  contact: z.string().trim().max(200).optional(),
  reason,
});
export type DebtNoteRequest = z.infer<typeof DebtNoteRequest>;

/** `GET /api/money/debts?plate=`: stays that ended unpaid. */
export const DebtView = z.object({
  session_id: z.string(),
  plate: z.string().nullable(),
  owed_minor: minor,
  currency: z.string(),
  left_at: instant.nullable(),
  /** What the driver promised, where somebody asked. */
  note: z
    .object({
      note_id: z.string(),
      name: z.string().nullable(),
      contact: z.string().nullable(),
      reason: z.string(),
      issued_by: z.string(),
    })
    .nullable(),
});
export type DebtView = z.infer<typeof DebtView>;
export const DebtsData = z.object({ debts: z.array(DebtView) });
export type DebtsData = z.infer<typeof DebtsData>;

/** `POST /api/money/debts/{session_id}/write-off` */
export const WriteOffRequest = z.object({ request_id: requestId, reason });
export type WriteOffRequest = z.infer<typeof WriteOffRequest>;
