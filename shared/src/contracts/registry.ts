import { z } from "zod";

/** What the registry has made of a device; what it does is told by its state. */
export const standings = ["new", "approved", "quarantined", "retired"] as const;
export const deviceStates = [
  "new",
  "approved",
  "online",
  "stale",
  "offline",
  "quarantined",
  "retired",
] as const;
export const deviceActs = ["approve", "quarantine", "retire"] as const;
export type DeviceAct = (typeof deviceActs)[number];

const reason = z.string().trim().min(1, "say why").max(200);
const text = z.string().trim().min(1).max(500);
const name = z.string().trim().min(1).max(64);

/** One device, over all its restarts and ours. */
export const DeviceRecord = z.object({
  device_id: z.string(),
  kind: z.string(),
  make: z.string(),
  lane_id: z.string().nullable(),
  state: z.enum(deviceStates),
  state_since: z.iso.datetime(),
  standing: z.enum(standings),
  standing_since: z.iso.datetime(),
  standing_by: z.string(),
  standing_reason: z.string(),
  /** Whether the configuration names it now. */
  configured: z.boolean(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime().nullable(),
  battery_pct: z.number().nullable(),
  firmware: z.string().nullable(),
  /** How far its clock is ahead of ours, as far as its messages show; null where they carry no time of its own. */
  clock_skew_ms: z.number().nullable(),
  messages_per_minute: z.number(),
  /** Seconds between its messages as a rule; null before there were enough. */
  usual_interval_s: z.number().nullable(),
  detail: z.string().nullable(),
  /** Counts over all restarts. */
  counters: z.record(z.string(), z.number()),
});
export type DeviceRecord = z.infer<typeof DeviceRecord>;

/** One device as head office is told of it. */
export const DeviceTold = DeviceRecord.pick({
  device_id: true,
  kind: true,
  make: true,
  lane_id: true,
  state: true,
  state_since: true,
  standing: true,
  configured: true,
  last_seen: true,
  battery_pct: true,
  firmware: true,
});
export type DeviceTold = z.infer<typeof DeviceTold>;
/** A ledger line tells so many devices. */
export const devicesToldMax = 100;

/** `GET /api/registry`: every device that has ever been known, worst first. */
export const RegistryData = z.object({ now: z.iso.datetime(), devices: z.array(DeviceRecord) });
export type RegistryData = z.infer<typeof RegistryData>;

export const ticketStatuses = ["open", "assigned", "scheduled", "completed", "cancelled"] as const;
export const Ticket = z.object({
  ticket_id: z.string(),
  equipment_id: z.string(),
  /** What kind of work: `battery`, `sensor`, `loop`, `gate`, … or a person's own word. */
  maintenance_type: z.string(),
  description: z.string(),
  status: z.enum(ticketStatuses),
  technician_id: z.string().nullable(),
  opened_at: z.iso.datetime(),
  opened_by: z.string(),
  scheduled_at: z.iso.datetime().nullable(),
  completed_at: z.iso.datetime().nullable(),
  /** What was done; null while nothing was. */
  done: z.string().nullable(),
  /** The alert that opened it. */
  alert_id: z.string().nullable(),
});
export type Ticket = z.infer<typeof Ticket>;

/** `GET /api/tickets`: those that are not over, newest first. */
export const TicketsData = z.object({ tickets: z.array(Ticket) });
export type TicketsData = z.infer<typeof TicketsData>;

/** `data` of an answer to `device-show`. */
export const DeviceShowData = z.object({ device: DeviceRecord, tickets: z.array(Ticket) });
export type DeviceShowData = z.infer<typeof DeviceShowData>;

/** `POST /api/registry/{device_id}` */
export const DeviceActRequest = z.object({ act: z.enum(deviceActs), reason });
export type DeviceActRequest = z.infer<typeof DeviceActRequest>;
/** What became of it, in one sentence. */
export const DeviceActAnswer = z.object({ device_id: z.string(), sentence: z.string() });
export type DeviceActAnswer = z.infer<typeof DeviceActAnswer>;

/** `POST /api/tickets`; the same `request_id` twice is one ticket. */
export const TicketRequest = z.object({
  request_id: z.string().min(8).max(64),
  equipment_id: name,
  maintenance_type: name,
  description: text,
});
export type TicketRequest = z.infer<typeof TicketRequest>;

/** `POST /api/tickets/{ticket_id}`: one step of its life. */
export const TicketStep = z.discriminatedUnion("step", [
  z.object({ step: z.literal("assign"), technician_id: name }),
  z.object({ step: z.literal("schedule"), scheduled_at: z.iso.datetime({ offset: true }) }),
  z.object({ step: z.literal("complete"), done: text }),
  z.object({ step: z.literal("cancel"), reason }),
]);
export type TicketStep = z.infer<typeof TicketStep>;
export const TicketAnswer = z.object({ ticket: Ticket, sentence: z.string() });
export type TicketAnswer = z.infer<typeof TicketAnswer>;

/** Acts that the daemon may try by itself when something is stuck. None of them moves a gate. */
export const remedyActions = ["reconnect-client", "restart-vision"] as const;
export type RemedyAction = (typeof remedyActions)[number];

/** `registry:` of `facility.yaml`. */
export const RegistryRules = z.strictObject({
  /** A sensor that never changes for so long while its zone does is stuck. */
  stuck_days: z.number().positive().default(3),
  /** … and so many other stays ended in its zone meanwhile. */
  stuck_zone_stays: z.number().int().positive().default(20),
  /** More changes within an hour than this are a sensor's, not a space's. */
  flapping_changes: z.number().int().positive().default(60),
  /** Silent for so many of its usual intervals (at least an hour) is too long. */
  silent_intervals: z.number().min(2).default(5),
  /** Two sensors of one space may differ for so long: they do not see a car at the same moment. */
  disagree_min: z.number().positive().default(10),
  /** What of the closed list of remedies is tried by itself. */
  remedies: z.array(z.enum(remedyActions)).default([...remedyActions]),
  /** Each remedy of each device at most so often within an hour. */
  remedies_per_hour: z.number().int().min(1).max(12).default(2),
});
export type RegistryRules = z.infer<typeof RegistryRules>;
