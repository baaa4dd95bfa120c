import { z } from "zod";
import { AlarmConfig, OutputConfig } from "./alarm-config.ts";
import { CameraConfig } from "./camera.ts";
import { LaneConfig, port, seconds, WireConfig } from "./lane-config.ts";
import { MoneyRules } from "./money-config.ts";
import { OnlineGatewayConfig } from "./online-config.ts";
import { ReaderConfig } from "./reader-config.ts";
import { RegistryRules } from "./registry.ts";
import { SensorConfig } from "./sensor-config.ts";
import { FraudRules } from "./fraud-config.ts";
import { PrinterConfig } from "./printer-config.ts";
import { SignConfig } from "./sign-config.ts";
import { AccountingConfig, BusinessConfig, TillConfig } from "./till-config.ts";
import { spaceTypes, type SpaceType } from "./space-types.ts";
import { identifier } from "./topics.ts";
import { ViolationRules } from "./violation-config.ts";

/** Kinds of space: `contracts/space-types.ts`. */
export { spaceTypes, type SpaceType };

const listen = z.strictObject({ host: z.string().default("127.0.0.1"), port });

const Spaces = z.strictObject({
  /** "A001-A024", or one number: the numbers painted on the floor. */
  numbers: z
    .string()
    .regex(
      /^[A-Za-z0-9]*?\d{1,5}(-[A-Za-z0-9]*?\d{1,5})?$/,
      "write a number or a range, for example A001-A024",
    ),
  type: z.enum(spaceTypes).default("standard"),
  /** Whether each of them has a bay sensor; its client id is `bay-` and the number. */
  sensors: z.boolean().default(true),
});

const Zone = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  level: z.string().min(1),
  spaces: z.array(Spaces).min(1),
});

/** What cameras follow: when a stay is too long, and what else is unusual. */
export const TrackingRules = z.strictObject({
  /** A stay longer than this raises an alert. */
  overstay_h: z.number().positive().default(4),
  /** Kinds of space where another length holds. */
  overstay_h_by_type: z.partialRecord(z.enum(spaceTypes), z.number().positive()).default({}),
  /** A vehicle that was not seen in its space for so long has left it. */
  idle_s: seconds.default(60),
  /** So many changes of space within so many minutes are suspicious. */
  suspicious_changes: z.number().int().positive().default(3),
  suspicious_within_min: z.number().positive().default(30),
  /** Only where stays must be paid or permitted in advance: after so many minutes one must be. */
  authorise_within_min: z.number().positive().optional(),
});
export type TrackingRules = z.infer<typeof TrackingRules>;

/** `facility.yaml`: one site. What it means across fields is checked by the edge, all complaints at once. */
export const FacilityConfig = z.strictObject({
  facility: z.strictObject({
    id: identifier,
    name: z.string().min(1),
    timezone: z.string().refine(isTimeZone, "use an IANA zone, for example Europe/Berlin"),
    currency: z.string().regex(/^[A-Z]{3}$/, "use the three letters of ISO 4217, for example EUR"),
    locale: z.string().default("en"),
    /**
     * Where most vehicles come from (ISO 3166, for example AT): look-alikes on plates are put right as plates are
     * written there. Left out: the region of the locale.
     */
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "use two capital letters, for example AT"))
      .optional(),
    location: z
      .strictObject({
        address: z.string(),
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
      })
      .optional(),
    operating_hours: z.record(z.string(), z.string()).default({ daily: "00:00-24:00" }),
    /** Public holidays: permits and tariffs count them as \`holiday\` and as no day of the week. */
    holidays: z.array(z.iso.date()).default([]),
  }),
  zones: z.array(Zone).min(1),
  wires: z.record(identifier, WireConfig),
  lanes: z.array(LaneConfig).min(1),
  cameras: z.array(CameraConfig).default([]),
  /** Plate cameras that look at one space each: whose plate they read stands there. */
  space_cameras: z
    .array(z.strictObject({ space: z.string().min(1), reader: ReaderConfig }))
    .default([]),
  alarms: z.array(AlarmConfig).default([]),
  outputs: z.array(OutputConfig).default([]),
  /** Bay sensors and counters of other makes than the plain ones of `zones`. */
  sensors: z.array(SensorConfig).default([]),
  /** LoRaWAN network servers: each a client of our broker, or one that pushes to `http.cameras` as /push/ID. */
  network_servers: z.array(identifier).default([]),
  /** Displays that are not plain MQTT ones, or that stand at a zone. */
  signs: z.array(SignConfig).default([]),
  /** Drawers of cash. */
  tills: z.array(TillConfig).default([]),
  /** Services where drivers pay on their phones. */
  gateways: z.array(OnlineGatewayConfig).default([]),
  /** What people may do with money by themselves. */
  money: MoneyRules.prefault({}),
  /** Printers that stand at no lane. */
  printers: z.array(PrinterConfig).default([]),
  /** Left out: receipts have the facility's own name and address. */
  business: BusinessConfig.optional(),
  accounting: AccountingConfig.prefault({}),
  /** `callbacks`: where payment gateways call; left out: nobody calls, they are asked. */
  http: z.strictObject({ kiosk: listen, cameras: listen, callbacks: listen.optional() }),
  mqtt: listen,
  cloud: z
    .strictObject({
      url: z.url({ error: "write a URL, for example https://office.example.com" }),
      every_s: seconds.default(5),
    })
    .optional(),
  occupancy: z
    .strictObject({
      /** How long a source must contradict the published state before it flips. */
      hold_s: z.number().min(0).default(3),
      /** A sensor silent for so long no longer counts. */
      stale_s: seconds.default(3600),
      /** Who stands in the space that is kept for them within so long of coming in is known to stand there. */
      kept_space_min: z.number().positive().default(30),
    })
    .prefault({}),
  tracking: TrackingRules.prefault({}),
  /** What a person should look at: it is told, and closes no gate. */
  fraud: FraudRules.prefault({}),
  /** What breaks the facility's rules, and what that costs. */
  violations: ViolationRules.prefault({}),
  /** When a device is malfunctioning, and what is tried about it. */
  registry: RegistryRules.prefault({}),
  /** Home Assistant finds lanes, zones and devices on our broker, under `homeassistant/`. */
  home_assistant: z.strictObject({ enabled: z.boolean().default(false) }).prefault({}),
  retention: z
    .strictObject({
      observations_days: z.number().int().positive().default(30),
      /** Snapshots, stays, vehicles and events of the cameras; their hourly and daily sums are kept 400 days. */
      tracking_days: z.number().int().positive().default(30),
      /** Pictures of plates that our own cameras read, and those that come with other cameras' reads. */
      plate_crops_days: z.number().int().positive().default(7),
    })
    .prefault({}),
});
export type FacilityConfig = z.infer<typeof FacilityConfig>;

export interface SpaceSpec {
  readonly spaceId: string;
  readonly number: string;
  readonly zoneId: string;
  readonly level: string;
  readonly type: SpaceType;
  readonly sensorId: string | undefined;
}

/**
 * Every space of a facility, in the order written.
 *
 * @throws RangeError naming a range whose ends do not belong together
 */
export function spacesOf(config: Pick<FacilityConfig, "zones">): SpaceSpec[] {
  return config.zones.flatMap((zone) =>
    zone.spaces.flatMap((group) =>
      expandNumbers(group.numbers).map((number) => ({
        spaceId: number,
        number,
        zoneId: zone.id,
        level: zone.level,
        type: group.type,
        sensorId: group.sensors ? `bay-${number}` : undefined,
      })),
    ),
  );
}

/** "A001-A003" → A001, A002, A003. @throws RangeError when the ends differ in prefix or run backwards */
export function expandNumbers(range: string): string[] {
  const [first = "", last = first] = range.split("-");
  const [, prefix = "", start = ""] = /^(.*?)(\d+)$/.exec(first) ?? [];
  const [, lastPrefix = "", end = ""] = /^(.*?)(\d+)$/.exec(last) ?? [];
  if (prefix !== lastPrefix || Number(end) < Number(start)) {
    throw new RangeError(
      `"${range}": both ends need the same letters, and the first must be the lower`,
    );
  }
  return Array.from(
    { length: Number(end) - Number(start) + 1 },
    (_, index) => `${prefix}${String(Number(start) + index).padStart(start.length, "0")}`,
  );
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
