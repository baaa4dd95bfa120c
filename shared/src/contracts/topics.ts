import { z } from "zod";

/**
 * MQTT topics on the facility's own broker. A device's client id stands in its topic and equals its user
 * name; a device may publish only below its own topics.
 *
 * | topic | who publishes | retained |
 * |---|---|---|
 * | `bays/<sensor id>/state` | bay sensor | no |
 * | `loops/<device id>/state` | loop board of a lane | no |
 * | `devices/<client id>/status` | every device; "offline" is its last will | yes |
 * | `signs/<sign id>/show` | the edge | yes |
 * | `cameras/<camera id>/frame` | a vision worker, as its camera: the tracking guide's message | no |
 * | `cameras/<camera id>/tracking` | the edge: the same message, without pictures, at most one a second | no |
 * | `homeassistant/…/config`, `gatehouse/<facility id>/…` | the edge, when `home_assistant` is on | yes |
 *
 * A client whose id begins with `listener-` may hear `cameras/+/tracking`, `homeassistant/#` and `gatehouse/#`, and
 * publishes nothing of its own.
 */
export const topics = {
  bayState: (sensorId: string): string => `bays/${sensorId}/state`,
  loopState: (deviceId: string): string => `loops/${deviceId}/state`,
  deviceStatus: (clientId: string): string => `devices/${clientId}/status`,
  signShow: (signId: string): string => `signs/${signId}/show`,
  cameraFrame: (cameraId: string): string => `cameras/${cameraId}/frame`,
  cameraTracking: (cameraId: string): string => `cameras/${cameraId}/tracking`,
} as const;

/** Identifiers in topics, configuration and URLs. */
export const identifier = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, "use letters, digits, '-', '_' and '.'; at most 64");

const sequence = z.number().int().nonnegative();

/** Our own plain message of a bay sensor. `at` may be missing: then arrival counts. */
export const BayState = z.object({
  boot: z.string().min(1).max(64),
  seq: sequence,
  occupied: z.boolean(),
  at: z.iso.datetime({ offset: true }).optional(),
  confidence: z.number().min(0).max(1).optional(),
  battery_pct: z.number().min(0).max(100).optional(),
  temperature_c: z.number().optional(),
});
export type BayState = z.infer<typeof BayState>;

/** Our own plain message of a loop board: the inputs it has, all of them, at each change and each heartbeat. */
export const LoopState = z.object({
  boot: z.string().min(1).max(64),
  seq: sequence,
  arming: z.boolean().nullable().optional(),
  safety: z.boolean().nullable().optional(),
  limit_open: z.boolean().nullable().optional(),
  limit_closed: z.boolean().nullable().optional(),
  help: z.boolean().nullable().optional(),
  /** The driver's button for a ticket. */
  ticket: z.boolean().nullable().optional(),
});
export type LoopState = z.infer<typeof LoopState>;

/** What a device says of itself, plain text. */
export const DeviceStatus = z.enum(["online", "offline"]);
export type DeviceStatus = z.infer<typeof DeviceStatus>;

/** What a display shows; retained, so a display that comes back shows the truth. */
export const SignShow = z.object({
  lines: z.array(z.string().max(40)).max(4),
  free: z.number().int().nonnegative().optional(),
  tone: z.enum(["neutral", "go", "stop", "attention"]),
  at: z.iso.datetime(),
});
export type SignShow = z.infer<typeof SignShow>;
