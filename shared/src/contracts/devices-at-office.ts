import { z } from "zod";
import { ticketStatuses } from "./registry.ts";
import { identifier } from "./topics.ts";

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/** One device as its facility told it last. */
export const OfficeDevice = z.object({
  device_id: z.string(),
  kind: z.string(),
  make: z.string(),
  lane_id: z.string().nullable(),
  state: z.string(),
  state_since: instant,
  standing: z.string(),
  configured: z.boolean(),
  firmware: z.string().nullable(),
  battery_pct: z.number().nullable(),
  last_seen: instant.nullable(),
  told_at: instant,
  /** Share of the last 30 days in which it was online, 0–1, from when it was known; null where nobody knows. */
  uptime: z.number().min(0).max(1).nullable(),
  /** Alerts about it in the last 30 days. */
  failures: count,
  /** Not over. */
  open_alerts: count,
  open_work: count,
});
export type OfficeDevice = z.infer<typeof OfficeDevice>;

export const WorkView = z.object({
  ticket_id: z.string(),
  equipment_id: z.string(),
  maintenance_type: z.string(),
  description: z.string(),
  status: z.enum(ticketStatuses),
  technician_id: z.string().nullable(),
  scheduled_at: instant.nullable(),
  opened_at: instant,
  changed_at: instant,
  done: z.string().nullable(),
  is_overdue: z.boolean(),
});
export type WorkView = z.infer<typeof WorkView>;

/** Work that head office asked for and the facility has not answered, or could not take. */
export const WorkAsked = z.object({
  number: count,
  ticket_id: z.string(),
  equipment_id: z.string(),
  maintenance_type: z.string(),
  scheduled_at: z.string().nullable(),
  issued_at: instant,
  /** Null: it waits; else what the facility said: `not-understood` of an older one. */
  result: z.string().nullable(),
  detail: z.string().nullable(),
});
export type WorkAsked = z.infer<typeof WorkAsked>;

const name = z.string().trim().min(1).max(64);
const day = z.iso.date();

const plan = {
  equipment_id: name,
  maintenance_type: name,
  description: z.string().trim().min(1).max(500),
  technician_id: name.nullable().default(null),
  every_days: z.number().int().min(1).max(3650),
  /** The day on which it is due next. */
  next_on: day,
  is_active: z.boolean().default(true),
};

/** `POST /api/facilities/{facility_id}/maintenance-plans` and `…/{plan_id}`: the whole of it each time. */
export const PlanOrder = z.strictObject({ request_id: z.string().min(8).max(64), ...plan });
export type PlanOrder = z.infer<typeof PlanOrder>;
export const PlanMade = z.object({ plan_id: identifier });
export const PlanView = z.object({ ...plan, plan_id: z.string() });
export type PlanView = z.infer<typeof PlanView>;

/** `GET /api/facilities/{facility_id}/devices` */
export const DevicesView = z.object({
  as_of: instant,
  devices: z.array(OfficeDevice),
  counts: z.object({ online: count, away: count, other: count }),
  /** More devices than are shown. */
  has_more: z.boolean(),
});
export type DevicesView = z.infer<typeof DevicesView>;

/** `GET /api/facilities/{facility_id}/devices/{device_id}` */
export const DeviceView = z.object({
  device: OfficeDevice,
  /** The newest first. */
  states: z.array(z.object({ since: instant, state: z.string() })),
  alerts: z.array(
    z.object({
      alert_id: z.string(),
      alert_type: z.string(),
      severity: z.string(),
      raised_at: instant.nullable(),
      resolved_at: instant.nullable(),
    }),
  ),
  work: z.array(WorkView),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** `GET /api/facilities/{facility_id}/maintenance`: work that is not over, then what was done last, and the plans. */
export const MaintenanceView = z.object({
  as_of: instant,
  open: z.array(WorkView),
  over: z.array(WorkView),
  asked: z.array(WorkAsked),
  plans: z.array(PlanView),
  /** Equipment that work may be planned for. */
  equipment: z.array(z.object({ device_id: z.string(), kind: z.string() })),
});
export type MaintenanceView = z.infer<typeof MaintenanceView>;
