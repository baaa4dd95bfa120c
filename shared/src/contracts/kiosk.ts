import { z } from "zod";
import { gateOrders, laneModes } from "./lanes.ts";

/** Reasons an attendant chooses from when opening by hand. */
export const overrideReasons = [
  "plate-not-read",
  "payment-terminal-broken",
  "goodwill",
  "emergency-vehicle",
  "maintenance",
  "other",
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

/** `GET /api/welcome`, before anyone has signed in: whose kiosk this is, and who may sign in. */
export const Welcome = z.object({
  facility: z.object({ name: z.string(), timezone: z.string() }),
  operators: z.array(z.object({ operator: z.string(), name: z.string() })),
});
export type Welcome = z.infer<typeof Welcome>;

/** `POST /api/login` */
export const LoginRequest = z.object({
  operator: z.string().min(1).max(64),
  pin: z.string().regex(/^\d{4,12}$/, "4 to 12 digits"),
});
/** `GET /api/me` and the answer to a login. */
export const Me = z.object({
  operator: z.string(),
  role: z.enum(["attendant", "supervisor", "technician"]),
  name: z.string(),
});
export type Me = z.infer<typeof Me>;

/** `POST /api/lanes/{lane_id}/open`; the same `request_id` twice is one opening. */
export const OpenRequest = z.object({
  request_id: z.string().min(8).max(64),
  reason: z.enum(overrideReasons),
  note: z.string().max(200).optional(),
  /** The session it is bound to; missing: the one at the lane, or a new one at an entry. */
  session_id: z.string().optional(),
});
export type OpenRequest = z.infer<typeof OpenRequest>;
export const OpenAnswer = z.object({
  decision_id: z.string(),
  session_id: z.string().nullable(),
  sentence: z.string(),
});
export type OpenAnswer = z.infer<typeof OpenAnswer>;

const proof = z.object({ at: z.iso.datetime(), evidence: z.string() }).nullable();

export const LaneView = z.object({
  lane_id: z.string(),
  name: z.string(),
  /** Which way it is used now. */
  direction: z.enum(["entry", "exit"]),
  is_reversible: z.boolean().default(false),
  /** As people set it for this lane; what holds is the stricter of this, the facility's and an alarm's. */
  mode: z.enum(laneModes).default("open"),
  effective_mode: z.enum(laneModes).default("open"),
  hold: z.enum(["none", "held-open", "locked"]).default("none"),
  /** What its gate can be told besides "open once". */
  orders: z.array(z.enum(gateOrders)).default([]),
  /** What can be done with tickets here: print one, take one. */
  tickets: z.array(z.enum(["print", "take"])).default([]),
  /** The lane machine's state, in the vocabulary of requirements D. */
  state: z.string(),
  state_since: z.iso.datetime(),
  /** true car, false idle, null unknown or fault. */
  arming: z.boolean().nullable(),
  safety: z.boolean().nullable(),
  /** One sentence: what was decided here last, and why. */
  sentence: z.string(),
  last_read: z
    .object({
      plate: z.string(),
      raw_plate: z.string(),
      confidence: z.number(),
      at: z.iso.datetime(),
    })
    .nullable(),
  session_id: z.string().nullable(),
  due_minor: z.number().int().nullable(),
  proofs: z.object({
    commanded: proof,
    acknowledged: proof,
    moved: proof,
    passed: proof,
    closed: proof,
  }),
  /** Worst device state of the lane. */
  health: z.enum(["online", "stale", "offline", "unknown"]),
  health_detail: z.string(),
});
export type LaneView = z.infer<typeof LaneView>;

export const SpaceView = z.object({
  space_id: z.string(),
  number: z.string(),
  zone_id: z.string(),
  level: z.string(),
  space_type: z.string(),
  is_accessible: z.boolean(),
  status: z.enum(["free", "occupied", "unknown", "out-of-service"]),
  since: z.iso.datetime(),
  /** Whose vehicle stands there; missing: nobody knows. */
  vehicle: z.object({ session_id: z.string(), plate: z.string().nullable() }).optional(),
});
export type SpaceView = z.infer<typeof SpaceView>;

export const AlertView = z.object({
  alert_id: z.string(),
  alert_type: z.string(),
  severity: z.enum(["info", "warning", "critical"]),
  subject: z.string(),
  sentence: z.string(),
  at: z.iso.datetime(),
  /** Who looks after it; missing: nobody yet. */
  acknowledged_by: z.string().optional(),
  /** What is known of the vehicle that it is about; missing: nothing. */
  details: z
    .object({
      /** Why a person is needed: the reason of the decision. */
      reason: z.string().optional(),
      plate: z.string().optional(),
      session_id: z.string().optional(),
      /** The person who called for help, and what they said. */
      called_by: z.string().optional(),
      note: z.string().optional(),
    })
    .optional(),
});
export type AlertView = z.infer<typeof AlertView>;

/** Something head office wants attendants to read. */
export const NoticeView = z.object({
  notice_id: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
});
export type NoticeView = z.infer<typeof NoticeView>;

/** `GET /api/state`, and the first message of the WebSocket `/api/live`. Sent again whole when much changed. */
export const KioskState = z.object({
  type: z.literal("state"),
  facility: z.object({
    facility_id: z.string(),
    name: z.string(),
    timezone: z.string(),
    currency: z.string(),
    mode: z.enum(laneModes).default("open"),
  }),
  now: z.iso.datetime(),
  /** Virtual seconds a real second; 1 on a site. */
  rate: z.number().positive(),
  lanes: z.array(LaneView),
  spaces: z.array(SpaceView),
  counts: z.object({
    total: z.number().int(),
    free: z.number().int(),
    occupied: z.number().int(),
    unknown: z.number().int(),
    zones: z.array(
      z.object({
        zone_id: z.string(),
        name: z.string(),
        level: z.string(),
        total: z.number().int(),
        free: z.number().int(),
        occupied: z.number().int(),
        unknown: z.number().int(),
      }),
    ),
  }),
  sessions: z.object({ pending: z.number().int(), open: z.number().int() }),
  takings: z.object({
    day: z.string(),
    captured_minor: z.number().int(),
    payments: z.number().int(),
    entries: z.number().int(),
    exits: z.number().int(),
  }),
  alerts: z.array(AlertView),
  /** The newest first, a few at most; missing: none. */
  notices: z.array(NoticeView).optional(),
  sync: z.object({
    state: z.enum(["connected", "waiting", "offline", "none"]),
    queued: z.number().int(),
    last_ack_at: z.iso.datetime().nullable(),
  }),
});
export type KioskState = z.infer<typeof KioskState>;

/**
 * What follows on the WebSocket: the parts that changed, at most four times a real second. `lanes` and `spaces`
 * hold only those that changed, each whole; every other part replaces what was. One without parts only says
 * that the daemon lives; one arrives at least every five real seconds.
 */
export const KioskChange = z.object({
  type: z.literal("change"),
  now: z.iso.datetime(),
  facility: KioskState.shape.facility.optional(),
  lanes: z.array(LaneView).optional(),
  spaces: z.array(SpaceView).optional(),
  counts: KioskState.shape.counts.optional(),
  sessions: KioskState.shape.sessions.optional(),
  takings: KioskState.shape.takings.optional(),
  alerts: z.array(AlertView).optional(),
  notices: z.array(NoticeView).optional(),
  sync: KioskState.shape.sync.optional(),
});
export type KioskChange = z.infer<typeof KioskChange>;
export const KioskMessage = z.discriminatedUnion("type", [KioskState, KioskChange]);
export type KioskMessage = z.infer<typeof KioskMessage>;

/** `GET /api/why/{id}`: a decision, session, passage, payment or command, told from the ledger. */
export const WhyAnswer = z.object({
  id: z.string(),
  sentence: z.string(),
  lines: z.array(
    z.object({
      seq: z.number().int(),
      at: z.iso.datetime(),
      type: z.string(),
      sentence: z.string(),
    }),
  ),
});
export type WhyAnswer = z.infer<typeof WhyAnswer>;
