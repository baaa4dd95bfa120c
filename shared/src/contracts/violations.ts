import { z } from "zod";
import { Actor } from "./actor.ts";
import { penaltyStatuses, violationTypes } from "./money-terms.ts";

const instant = z.iso.datetime();
const minor = z.number().int().nonnegative();

/** A picture that shows a plate, by what names it and by the SHA-256 (hex) of its bytes. */
export const EvidencePicture = z.object({
  reader_id: z.string(),
  read_id: z.string(),
  kind: z.enum(["plate", "vehicle", "overview"]),
  sha256: z.string(),
});
export type EvidencePicture = z.infer<typeof EvidencePicture>;

/** What shows that a violation took place, as it was when it was found. It never changes. */
export const Evidence = z.object({
  /** In a few words: "stood 4 h 12 min, 4 h are allowed". */
  finding: z.string(),
  /** How long the vehicle has stood, by a clock that no step moves; null where time does not matter. */
  duration_s: z.number().int().nonnegative().nullable(),
  session: z
    .object({
      session_id: z.string(),
      plate: z.string().nullable(),
      raw_plate: z.string(),
      vehicle_class: z.string(),
      entry_lane: z.string(),
      entry_at: instant,
      exit_lane: z.string().nullable(),
      exit_at: instant.nullable(),
      owed_minor: minor,
    })
    .nullable(),
  stay: z
    .object({
      stay_id: z.string(),
      space_id: z.string(),
      space_type: z.string(),
      vehicle_class: z.string(),
      source: z.string(),
      camera_id: z.string().nullable(),
      entry_at: instant,
    })
    .nullable(),
  reads: z.array(
    z.object({
      reader_id: z.string(),
      read_id: z.string(),
      lane_id: z.string(),
      raw_plate: z.string(),
      plate: z.string(),
      confidence: z.number(),
      at: instant,
    }),
  ),
  pictures: z.array(EvidencePicture),
  /** Decisions and passages, as the ledger has them. */
  lines: z.array(z.object({ epoch: z.number().int(), seq: z.number().int(), text: z.string() })),
});
export type Evidence = z.infer<typeof Evidence>;

export const ViolationStep = z.object({
  at: instant,
  status: z.enum(penaltyStatuses),
  by: Actor,
  reason: z.string(),
});
export type ViolationStep = z.infer<typeof ViolationStep>;

export const ViolationView = z.object({
  violation_id: z.string(),
  violation_type: z.enum(violationTypes),
  status: z.enum(penaltyStatuses),
  session_id: z.string().nullable(),
  plate: z.string().nullable(),
  space_id: z.string().nullable(),
  finding: z.string(),
  currency: z.string(),
  /** Of the rule, without what lateness has added. */
  penalty_minor: minor,
  /** With what lateness has added. */
  amount_minor: minor,
  /** What must be paid now, the discount taken off. */
  due_minor: minor,
  detected_at: instant,
  issued_at: instant.nullable(),
  discount_until: instant.nullable(),
  due_at: instant.nullable(),
  resolved_at: instant.nullable(),
  /** Steps of escalation so far. */
  escalation: z.number().int().nonnegative(),
  /** When lateness adds something next, or the discount ends; null when nothing happens by itself. */
  next_at: instant.nullable(),
});
export type ViolationView = z.infer<typeof ViolationView>;

/** `GET /api/violations?status=&type=&plate=`: newest first. */
export const ViolationsData = z.object({
  violations: z.array(ViolationView),
  has_more: z.boolean(),
});
export type ViolationsData = z.infer<typeof ViolationsData>;

/** `GET /api/violations/{violation_id}` */
export const ViolationData = z.object({
  violation: ViolationView,
  evidence: Evidence,
  evidence_sha256: z.string(),
  history: z.array(ViolationStep),
});
export type ViolationData = z.infer<typeof ViolationData>;

const wish = {
  /** The same twice is one act. */
  request_id: z.string().min(8).max(64),
  reason: z.string().trim().min(1, "say why").max(200),
};

/** `POST /api/violations/{violation_id}/review`: it is issued, or it was none. */
export const ReviewViolationRequest = z.object({
  ...wish,
  decision: z.enum(["issue", "dismiss"]),
});
export type ReviewViolationRequest = z.infer<typeof ReviewViolationRequest>;

/** `POST /api/violations/{violation_id}/waive`: what is owed is given up. */
export const WaiveViolationRequest = z.object(wish);
export type WaiveViolationRequest = z.infer<typeof WaiveViolationRequest>;

/** `POST /api/violations/{violation_id}/dispute`: the driver objects; its days stand still. */
export const DisputeViolationRequest = z.object(wish);
export type DisputeViolationRequest = z.infer<typeof DisputeViolationRequest>;

/** `POST /api/violations/{violation_id}/decide`: the objection is turned down (`upheld`), or the penalty is given up. */
export const DecideViolationRequest = z.object({
  ...wish,
  decision: z.enum(["upheld", "waived"]),
});
export type DecideViolationRequest = z.infer<typeof DecideViolationRequest>;

/** What the control socket takes of violations. */
export const violationRequests = [
  z.object({
    verb: z.literal("violations-list"),
    status: z.enum(penaltyStatuses).optional(),
    type: z.enum(violationTypes).optional(),
    plate: z.string().min(1).max(20).optional(),
  }),
  z.object({ verb: z.literal("violations-show"), violation_id: z.string().min(1).max(120) }),
] as const;
