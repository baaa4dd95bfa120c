import { z } from "zod";
import { identifier } from "./topics.ts";

const percent = z.number().min(0).max(100);

/**
 * One bay sensor or counter beside the plain ones of `zones.spaces.sensors`. A space may have two: then both speak.
 *
 * A LoRaWAN sensor is known by its DevEUI and speaks through one of `network_servers`; any other by its client id on
 * our broker, and publishes on `bays/<id>/state`.
 */
export const SensorConfig = z.strictObject({
  /** 16 hex digits of a DevEUI, or a client id. */
  id: identifier,
  /** A make (`gatehouse sensors models`), `plain` for our own JSON, or a mapping in `profiles/sensors` without `.json`. */
  model: z.string().min(1),
  /** The number of the space that it watches. */
  space: z.string().optional(),
  /** Where it counts instead, and which of its two directions leads into the zone. */
  counter: z
    .strictObject({
      zone: identifier,
      into: z.enum(["left", "right"], { error: "write left or right, as the device sees it" }),
    })
    .optional(),
  /** Of a sensor that measures a distance: anything nearer is a vehicle. */
  occupied_below_mm: z.number().int().positive().max(20_000).optional(),
  /** Its last word counts for so long; such sensors save their battery and speak seldom. */
  silent_after_h: z.number().positive().default(25),
  /** Below this its battery must be changed. */
  battery_low_pct: percent.default(15),
});
export type SensorConfig = z.infer<typeof SensorConfig>;

/** The name under which a configured sensor speaks: a DevEUI in lower-case hex, or its client id as it is written. */
export const sensorIdOf = ({ id }: Pick<SensorConfig, "id">): string =>
  /^[0-9a-f]{16}$/i.test(id) ? id.toLowerCase() : id;

/** What a sensor says of itself that is worth an alert and a look: `gatehouse sensors list`. */
export const SensorView = z.object({
  sensor_id: z.string(),
  make: z.string(),
  space: z.string().nullable(),
  zone_id: z.string().nullable(),
  last_seen: z.iso.datetime().nullable(),
  battery_pct: percent.nullable(),
  battery_v: z.number().nullable(),
  battery_low: z.boolean(),
  temperature_c: z.number().nullable(),
  rssi_dbm: z.number().nullable(),
  snr_db: z.number().nullable(),
  /** Frames that its counter says were sent, and that never came; since the daemon started. */
  lost_frames: z.number().int(),
  restarts: z.number().int(),
  firmware: z.string().nullable(),
  trouble: z.string().nullable(),
});
export type SensorView = z.infer<typeof SensorView>;

/** An hour of a counted zone: what drove in and out, and how far that is from what its spaces say. */
export const CounterHour = z.object({
  zone_id: z.string(),
  hour: z.iso.datetime(),
  counted_in: z.number().int(),
  counted_out: z.number().int(),
  /** How many more spaces were occupied at its end than at its beginning; null where nobody watched all of it. */
  occupied_change: z.number().int().nullable(),
  /** Vehicles that the counter saw stay and the spaces did not; null likewise. */
  drift: z.number().int().nullable(),
});
export type CounterHour = z.infer<typeof CounterHour>;

/** A message that nobody could read, kept for writing a mapping. */
export const UnreadMessage = z.object({
  at: z.iso.datetime(),
  /** Who brought it: a client of the broker, or of the webhook. */
  from: z.string(),
  /** The sensor that it names; null when it names none. */
  sensor_id: z.string().nullable(),
  why: z.string(),
  payload: z.string(),
});
export type UnreadMessage = z.infer<typeof UnreadMessage>;

/** `data` of an answer to `sensors`. */
export const SensorsData = z.object({
  now: z.iso.datetime(),
  sensors: z.array(SensorView),
  counters: z.array(CounterHour),
});
export type SensorsData = z.infer<typeof SensorsData>;

/** `data` of an answer to `sensors-raw`. */
export const UnreadData = z.object({ messages: z.array(UnreadMessage) });
export type UnreadData = z.infer<typeof UnreadData>;
