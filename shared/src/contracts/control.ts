import { z } from "zod";
import { accountRequests } from "./accounts.ts";
import { BooksExportRequest } from "./books-export.ts";
import { CalibrationState, CameraCard, Examination, mostFirstFrames } from "./camera-setup.ts";
import { CameraView } from "./camera-view.ts";
import { gateOrders, laneModes } from "./lanes.ts";
import { moneyRequests } from "./money.ts";
import { parkingTicketRequests } from "./parking-tickets.ts";
import { terminalRequests } from "./terminals.ts";
import { deviceActs } from "./registry.ts";
import { violationRequests } from "./violations.ts";
import { accessRequests } from "./rights.ts";
import { spaceRequests } from "./space-vehicles.ts";

/** Who asks, and why: both go into the ledger. */
const wish = { actor: z.string().min(1).max(64), reason: z.string().trim().min(1).max(200) };

/**
 * The daemon's control socket (a Unix socket, mode 0600): one JSON request a line, one JSON answer a line.
 * Who may open the socket is trusted as a technician; `actor` names the person.
 */
export const ControlRequest = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("status") }),
  z.object({ verb: z.literal("doctor") }),
  z.object({ verb: z.literal("devices") }),
  z.object({ verb: z.literal("dump") }),
  z.object({
    verb: z.literal("watch"),
    /** null: every lane. */
    lane_id: z.string().nullable(),
    /** What came after this number; null: what comes from now on. */
    after: z.number().int().nullable(),
  }),
  z.object({ verb: z.literal("device-show"), device_id: z.string() }),
  z.object({
    verb: z.literal("device-act"),
    device_id: z.string(),
    act: z.enum(deviceActs),
    ...wish,
  }),
  z.object({ verb: z.literal("tickets"), all: z.boolean() }),
  z.object({
    verb: z.literal("ticket-open"),
    request_id: z.string().min(8).max(64),
    equipment_id: z.string().min(1).max(64),
    maintenance_type: z.string().min(1).max(64),
    description: z.string().trim().min(1).max(500),
    actor: wish.actor,
  }),
  z.object({
    verb: z.literal("ticket-close"),
    ticket_id: z.string(),
    done: z.string().trim().min(1).max(500),
    actor: wish.actor,
  }),
  z.object({ verb: z.literal("sync-status") }),
  z.object({ verb: z.literal("why"), id: z.string().min(1) }),
  z.object({
    verb: z.literal("gate-open"),
    lane_id: z.string(),
    reason: z.string().min(1).max(200),
    actor: z.string().min(1).max(64),
    request_id: z.string().min(8).max(64),
  }),
  z.object({
    verb: z.literal("lane-mode"),
    /** null: the whole facility. */
    lane_id: z.string().nullable(),
    mode: z.enum(laneModes),
    ...wish,
  }),
  z.object({
    verb: z.literal("lane-order"),
    lane_id: z.string(),
    order: z.enum(gateOrders),
    ...wish,
  }),
  z.object({
    verb: z.literal("lane-turn"),
    lane_id: z.string(),
    direction: z.enum(["entry", "exit"]),
    ...wish,
  }),
  z.object({
    verb: z.literal("lane-log"),
    lane_id: z.string(),
    limit: z.number().int().min(1).max(500),
  }),
  ...accessRequests,
  ...accountRequests,
  ...parkingTicketRequests,
  ...terminalRequests,
  z.object({ verb: z.literal("books-export"), ...BooksExportRequest.shape }),
  ...moneyRequests,
  ...violationRequests,
  ...spaceRequests,
  z.object({ verb: z.literal("plates-search"), plate: z.string().min(1).max(20) }),
  z.object({
    verb: z.literal("plates-correct"),
    session_id: z.string().min(1).max(64),
    plate: z.string().min(1).max(20),
    reason: z.string().min(1).max(200),
    actor: z.string().min(1).max(64),
  }),
  z.object({ verb: z.literal("plates-reviews") }),
  z.object({ verb: z.literal("accuracy") }),
  z.object({ verb: z.literal("sensors") }),
  z.object({ verb: z.literal("sensors-raw") }),
  z.object({ verb: z.literal("cameras") }),
  z.object({
    verb: z.literal("camera-test"),
    camera_id: z.string(),
    /** A picture file on this machine: absolute; left out: the camera's next picture. */
    picture: z.string().optional(),
  }),
  z.object({
    verb: z.literal("camera-calibrate"),
    camera_id: z.string(),
    actor: z.string().min(1).max(64),
    by: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("empty"), picture: z.string() }),
      z.object({
        kind: z.literal("first-frames"),
        frames: z.number().int().min(1).max(mostFirstFrames),
      }),
    ]),
  }),
  /** Answered when it has ended, or after some seconds while it still runs. */
  z.object({ verb: z.literal("camera-calibration"), camera_id: z.string() }),
]);
export type ControlRequest = z.infer<typeof ControlRequest>;

/** `exit_code` follows the house rule: 0 done or healthy, 1 attention, 2 refused or a failed check, 3 fault. */
export const ControlAnswer = z.object({
  exit_code: z.number().int(),
  /** First line for a person: the verdict. */
  verdict: z.string(),
  data: z.unknown(),
});
export type ControlAnswer = z.infer<typeof ControlAnswer>;

/** `data` of an answer to `status`. */
export const StatusData = z.object({
  level: z.enum(["healthy", "attention", "fault"]),
  facility_id: z.string(),
  version: z.string(),
  started_at: z.string(),
  lanes: z.array(z.object({ lane_id: z.string(), state: z.string(), health: z.string() })),
  sessions: z.object({ pending: z.number().int(), open: z.number().int() }),
  spaces: z.object({ total: z.number().int(), free: z.number().int(), unknown: z.number().int() }),
  ledger: z.object({
    epoch: z.number().int(),
    written: z.number().int(),
    acknowledged: z.number().int(),
  }),
  alerts: z.number().int(),
});
export type StatusData = z.infer<typeof StatusData>;

/** `data` of an answer to `doctor`; `next` is the command to try when the check failed. */
export const DoctorData = z.object({
  checks: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      detail: z.string(),
      next: z.string().optional(),
    }),
  ),
});
export type DoctorData = z.infer<typeof DoctorData>;

export const DeviceView = z.object({
  device_id: z.string(),
  kind: z.string(),
  make: z.string(),
  lane_id: z.string().nullable(),
  state: z.enum(["online", "stale", "offline", "unknown"]),
  last_seen: z.iso.datetime().nullable(),
  fault: z.string().nullable(),
  /** What to do about the fault, at the cabinet. */
  hint: z.string().nullable(),
  detail: z.string().nullable(),
  counters: z.record(z.string(), z.number()),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** `data` of an answer to `devices`, and `GET /api/devices`. */
export const DevicesData = z.object({ now: z.iso.datetime(), devices: z.array(DeviceView) });
export type DevicesData = z.infer<typeof DevicesData>;

/** `data` of an answer to `sync-status`. */
export const SyncData = z.object({
  state: z.enum(["connected", "waiting", "offline", "none"]),
  queued: z.number().int(),
  acknowledged: z.number().int(),
  written: z.number().int(),
  last_ack_at: z.string().nullable(),
  last_error: z.string().nullable(),
  directives_applied: z.number().int(),
});
export type SyncData = z.infer<typeof SyncData>;

/** `data` of an answer to `camera-test`: the picture that was looked at, a JPEG, and everything about it. */
export const CameraTestData = z.object({
  card: CameraCard,
  examination: Examination,
  view: CameraView.optional(),
  picture_base64: z.base64(),
});
export type CameraTestData = z.infer<typeof CameraTestData>;

/** `data` of an answer to `camera-calibrate` and `camera-calibration`. */
export const CalibrationData = z.object({ camera_id: z.string(), calibration: CalibrationState });

/** `data` of an answer to `watch`: what the lanes' wires, gates and readers said, oldest first. */
export const WatchData = z.object({
  /** To ask with next. */
  latest: z.number().int(),
  /** So many came in between and are forgotten. */
  missed: z.number().int(),
  lines: z.array(
    z.object({
      seq: z.number().int(),
      at: z.iso.datetime(),
      lane_id: z.string(),
      kind: z.enum(["input", "phase", "read", "gate"]),
      text: z.string(),
    }),
  ),
  lanes: z.array(
    z.object({
      lane_id: z.string(),
      phase: z.string(),
      /** null: not known, or not wired. */
      inputs: z.record(z.string(), z.boolean().nullable()),
    }),
  ),
});
export type WatchData = z.infer<typeof WatchData>;

/** `data` of a refused answer: a stable reason for programs, what to do for people. */
export const RefusedData = z.object({ reason: z.string(), hint: z.string().nullable() });
export type RefusedData = z.infer<typeof RefusedData>;
