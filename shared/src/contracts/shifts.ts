import { z } from "zod";
import { paymentMethods, shiftMoves } from "./money-terms.ts";

const minor = z.number().int().nonnegative().max(1_000_000_000);
const signed = z.number().int();
const instant = z.iso.datetime();
const requestId = z.string().min(1).max(64);
const reason = z.string().trim().max(200);

/** Coins and notes: face value in minor units → pieces. */
const Pieces = z.record(z.string().regex(/^[1-9]\d{0,8}$/), z.number().int().min(0).max(100_000));

/** `POST /api/tills/{till_id}/shift`: begins a shift of who asks, with what lies in the drawer. */
export const OpenShiftRequest = z.object({
  request_id: requestId,
  float_minor: minor,
  pieces: Pieces.optional(),
});
export type OpenShiftRequest = z.infer<typeof OpenShiftRequest>;

/** `POST /api/shifts/{shift_id}/move`: cash that comes or goes for another reason than a payment. */
export const ShiftMoveRequest = z.object({
  request_id: requestId,
  /** `drop`: taken away to the safe; `pay-in`: change brought; `pay-out`: something bought. */
  move: z.enum(["drop", "pay-in", "pay-out"]),
  amount_minor: minor.positive(),
  reason: reason.min(1, "say why"),
});
export type ShiftMoveRequest = z.infer<typeof ShiftMoveRequest>;

/** `POST /api/shifts/{shift_id}/count`: what lies in the drawer, before anybody is told what should. */
export const CountShiftRequest = z.object({
  request_id: requestId,
  counted_minor: minor,
  /** They must sum to `counted_minor`. */
  pieces: Pieces.optional(),
  /** Only to count once more: why. */
  reason: reason.optional(),
});
export type CountShiftRequest = z.infer<typeof CountShiftRequest>;

/** `POST /api/shifts/{shift_id}/close`: ends a counted shift with its report. */
export const CloseShiftRequest = z.object({
  request_id: requestId,
  /** Stays in the drawer for the next shift; the rest goes to the safe. */
  leave_minor: minor.default(0),
});
export type CloseShiftRequest = z.infer<typeof CloseShiftRequest>;

/** `POST /api/shifts/{shift_id}/relief`: counts, closes, and begins the next person's shift with what was counted. */
export const RelieveShiftRequest = z.object({
  request_id: requestId,
  counted_minor: minor,
  pieces: Pieces.optional(),
  /** Login of the person who goes on. */
  next_operator: z.string().min(1).max(64),
});
export type RelieveShiftRequest = z.infer<typeof RelieveShiftRequest>;

const Movement = z.object({
  /** What moved it: `capture`, `refund`, `drop`, `pay-in`… */
  kind: z.string(),
  in_minor: minor,
  out_minor: minor,
  count: z.number().int(),
});

/** A shift's report: X while it goes on, Z when it is closed. Amounts are minor units of `currency`. */
export const ShiftReport = z.object({
  facility_id: z.string(),
  facility: z.string(),
  currency: z.string(),
  till_id: z.string(),
  shift_id: z.string(),
  operator: z.string(),
  /** Null in an X. */
  z_number: z.number().int().positive().nullable(),
  opened_at: instant,
  /** When an X was asked for, when a Z was closed. */
  until: instant,
  relieves: z.string().nullable(),
  float_minor: minor,
  /** Cash in and out of the drawer by what moved it, without the float. */
  cash: z.array(Movement),
  /** Taken in the shift, by means; `given_back_minor` was refunded or reversed of such payments in the shift. */
  means: z.array(
    z.object({
      method: z.enum(paymentMethods),
      count: z.number().int(),
      taken_minor: minor,
      given_back_minor: minor,
    }),
  ),
  /** Inside what was taken, less what was given back, as receipts and refund notes say. */
  taxes: z.array(z.object({ rate_ppm: z.number().int(), net_minor: signed, tax_minor: signed })),
  receipts: z.object({ first: z.number().int().nullable(), last: z.number().int().nullable() }),
  refunds: z.array(
    z.object({
      refund_id: z.string(),
      amount_minor: minor,
      reason: z.string(),
      status: z.string(),
    }),
  ),
  voids: z.array(z.object({ payment_id: z.string(), amount_minor: minor, method: z.string() })),
  nil_payments: z.array(
    z.object({ payment_id: z.string(), amount_minor: minor, reason: z.string() }),
  ),
  /** Gates that this person opened by hand. */
  manual_openings: z.array(
    z.object({ decision_id: z.string(), lane_id: z.string(), at: instant, reason: z.string() }),
  ),
  debts: z.array(z.object({ note_id: z.string(), amount_minor: minor, reason: z.string() })),
  moves: z.array(
    z.object({
      move: z.enum([...shiftMoves, "close"]),
      amount_minor: minor,
      at: instant,
      by: z.string(),
      reason: z.string(),
    }),
  ),
  /** What the books say lies in the drawer. */
  expected_minor: signed,
  counted_minor: minor.nullable(),
  /** Counted less expected. */
  difference_minor: signed.nullable(),
  pieces: Pieces.nullable(),
  /** Stayed in the drawer; null in an X. */
  left_minor: minor.nullable(),
});
export type ShiftReport = z.infer<typeof ShiftReport>;

/** A closed shift as a file: the report and the Ed25519 signature over its canonical text. */
export const SignedShiftReport = z.object({
  report: ShiftReport,
  /** Base 64. */
  signature: z.string(),
  /** The facility's public key (SPKI, PEM). */
  public_key: z.string(),
});
export type SignedShiftReport = z.infer<typeof SignedShiftReport>;

export const ShiftView = z.object({
  shift_id: z.string(),
  till_id: z.string(),
  operator: z.string(),
  state: z.enum(["open", "counted", "closed"]),
  opened_at: instant,
  closed_at: instant.nullable(),
  float_minor: minor,
  z_number: z.number().int().nullable(),
  /** Both null until it was counted. */
  counted_minor: minor.nullable(),
  expected_minor: signed.nullable(),
});
export type ShiftView = z.infer<typeof ShiftView>;

/** `GET /api/tills`: every drawer and who has it. */
export const TillsData = z.object({
  currency: z.string(),
  tills: z.array(
    z.object({
      till_id: z.string(),
      name: z.string(),
      lane_ids: z.array(z.string()),
      printer_id: z.string().nullable(),
      shift: ShiftView.nullable(),
      /** What lay in the drawer when the last shift ended: the float that is expected. */
      left_minor: signed,
    }),
  ),
});
export type TillsData = z.infer<typeof TillsData>;

/** `GET /api/shifts?from=2026-01-01&to=2026-01-31`: newest first. */
export const ShiftsData = z.object({ shifts: z.array(ShiftView) });
export type ShiftsData = z.infer<typeof ShiftsData>;

/** `GET /api/shifts/{shift_id}/report`. `expected_minor` and `cash` are left empty for who has yet to count blind. */
export const ShiftReportData = z.object({
  kind: z.enum(["x", "z"]),
  report: ShiftReport.extend({ expected_minor: signed.nullable() }),
  signature: z.string().nullable(),
  public_key: z.string().nullable(),
});
export type ShiftReportData = z.infer<typeof ShiftReportData>;

/** What a write on a shift answers. */
export const ShiftAnswer = z.object({
  shift: ShiftView,
  sentence: z.string(),
  /** The shift that goes on after a relief. */
  next: ShiftView.optional(),
  /** Of the report's paper, after a close. */
  document_id: z.string().optional(),
});
export type ShiftAnswer = z.infer<typeof ShiftAnswer>;
