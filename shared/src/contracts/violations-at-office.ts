import { z } from "zod";
import { penaltyStatuses, violationTypes } from "./money-terms.ts";

const instant = z.iso.datetime();
const minor = z.number().int().nonnegative();

export const OfficeViolation = z.object({
  violation_id: z.string(),
  violation_type: z.enum(violationTypes),
  status: z.enum(penaltyStatuses),
  session_id: z.string().nullable(),
  plate: z.string().nullable(),
  /** With what lateness has added so far. */
  penalty_minor: minor,
  paid_minor: minor,
  reason: z.string(),
  detected_at: instant,
  changed_at: instant,
  /** When it was paid or given up. */
  resolved_at: instant.nullable(),
});
export type OfficeViolation = z.infer<typeof OfficeViolation>;

/** `GET /api/facilities/{facility_id}/violations?status=&type=&plate=&from=&until=&cursor=`: the newest first. */
export const ViolationPage = z.object({
  as_of: instant,
  currency: z.string(),
  timezone: z.string(),
  violations: z.array(OfficeViolation),
  next_cursor: z.string().nullable(),
  /** Of all that the question finds. */
  totals: z.object({
    count: z.number().int(),
    penalty_minor: minor,
    paid_minor: minor,
    /** Given up. */
    waived_minor: minor,
    /** Neither paid nor given up. */
    owed_minor: minor,
    by_status: z.array(z.object({ status: z.string(), count: z.number().int() })),
  }),
});
export type ViolationPage = z.infer<typeof ViolationPage>;

/** `GET /api/facilities/{facility_id}/violations/{violation_id}` */
export const ViolationDetail = z.object({
  currency: z.string(),
  timezone: z.string(),
  violation: OfficeViolation,
  steps: z.array(
    z.object({
      at: instant,
      status: z.string(),
      penalty_minor: minor,
      reason: z.string(),
      by: z.string(),
      epoch: z.number().int(),
      seq: z.number().int(),
    }),
  ),
  /** Of what shows it; the evidence itself stays at the facility. Null where the ledger does not tell it. */
  evidence_sha256: z.string().nullable(),
  payments: z.array(
    z.object({
      payment_id: z.string(),
      state: z.string(),
      method: z.string().nullable(),
      amount_minor: minor,
      processed_at: instant.nullable(),
    }),
  ),
});
export type ViolationDetail = z.infer<typeof ViolationDetail>;
