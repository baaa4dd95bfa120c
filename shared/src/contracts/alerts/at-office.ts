import { z } from "zod";
import { alertTopics, tiers } from "./tiers.ts";

const instant = z.iso.datetime();

export const alertStates = ["open", "acknowledged", "resolved"] as const;

/** Who looks after an alert: somebody at the facility, or at head office. */
const Acknowledged = z.object({
  at: instant,
  by: z.string(),
  where: z.enum(["facility", "head-office"]),
  note: z.string().nullable(),
});

/** One alert, of a facility or of head office about it. */
export const OfficeAlert = z.object({
  facility_id: z.string(),
  facility_name: z.string(),
  timezone: z.string(),
  alert_id: z.string(),
  source: z.enum(["edge", "head-office"]),
  alert_type: z.string(),
  tier: z.enum(tiers),
  /** What it is about; null where its type is not known here. */
  topic: z.enum(alertTopics).nullable(),
  severity: z.string(),
  subject: z.string(),
  state: z.enum(alertStates),
  raised_at: instant.nullable(),
  /** When its trouble was seen last. */
  seen_at: instant,
  acknowledged: Acknowledged.nullable(),
  resolved_at: instant.nullable(),
  resolved_by: z.string().nullable(),
});
export type OfficeAlert = z.infer<typeof OfficeAlert>;

/**
 * `GET /api/alerts?state=&tier=&type=&topic=&facility=&from=&until=&cursor=`: alerts of all facilities that one may see,
 * the newest first; of what is not over, the worst before. `state` is `now` (open or acknowledged; the default), one of the states, or `all`.
 */
export const AlertPage = z.object({
  as_of: instant,
  alerts: z.array(OfficeAlert),
  next_cursor: z.string().nullable(),
  /** Not resolved, of all that one may see, whatever is asked for. */
  open: z.object({
    critical: z.number().int(),
    warning: z.number().int(),
    info: z.number().int(),
    /** Of these, those that nobody looks after yet. */
    unattended: z.number().int(),
  }),
});
export type AlertPage = z.infer<typeof AlertPage>;

/** `GET /api/facilities/{facility_id}/alerts/{alert_id}`: with what it rests on. */
export const AlertDetail = z.object({
  alert: OfficeAlert,
  details: z.record(z.string(), z.unknown()),
  /** Ledger lines of that time about the same subject, in their order. */
  lines: z.array(
    z.object({
      epoch: z.number().int(),
      seq: z.number().int(),
      type: z.string(),
      at: instant,
      /** In one sentence; null where this program does not know the line. */
      says: z.string().nullable(),
    }),
  ),
  /** Earlier alerts of the same type about the same subject. */
  before: z.array(
    z.object({ alert_id: z.string(), raised_at: instant, resolved_at: instant.nullable() }),
  ),
  /** Who was told of it; only for whoever may see that. */
  told: z.array(
    z.object({
      target_name: z.string(),
      kind: z.string(),
      stage: z.string(),
      state: z.string(),
      at: instant,
    }),
  ),
});
export type AlertDetail = z.infer<typeof AlertDetail>;

/** `POST /api/facilities/{facility_id}/alerts/{alert_id}/acknowledge`: I look after it. */
export const Acknowledge = z.strictObject({
  request_id: z.string().min(8).max(64),
  note: z.string().trim().max(500).optional(),
});
export type Acknowledge = z.infer<typeof Acknowledge>;
