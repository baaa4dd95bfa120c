import { z } from "zod";

/*
 * What the tracking guide's addresses answer (requirements T31–T36), in the guide's own field names. Amounts are
 * decimal numbers in the facility's currency, as the guide has them; they come from whole minor units.
 */

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const rate = z.number().min(0).max(1);
const amount = z.number().nonnegative();
const currency = z.string();
/** What these amounts are: measured by cameras, never billed. */
const revenueBasis = z.literal("accrued, unpaid");

/** One alert (requirements T27); open until it is resolved. */
export const TrackingAlert = z.object({
  alert_id: z.string(),
  camera_id: z.string(),
  track_id: z.number().int().nullable(),
  alert_type: z.enum(["overstay", "unauthorized", "suspicious", "space_change"]),
  severity: z.enum(["info", "warning", "critical"]),
  timestamp: instant,
  details: z.record(z.string(), z.unknown()),
  acknowledged_at: instant.nullable(),
  resolved: z.boolean(),
  resolved_at: instant.nullable(),
});
export type TrackingAlert = z.infer<typeof TrackingAlert>;

/** `POST /api/process-tracking-data?camera_id=`: about this camera alone. */
export const ProcessAnswer = z.object({
  success: z.literal(true),
  camera_id: z.string(),
  /** As the message had it. */
  timestamp: z.string(),
  active_sessions: count,
  alerts: z.array(TrackingAlert),
  estimated_revenue: amount,
});
export type ProcessAnswer = z.infer<typeof ProcessAnswer>;

/** `GET /api/parking-sessions`: the stays that cameras follow now. */
export const ParkingSessions = z.object({
  active_sessions: z.array(
    z.object({
      track_id: z.number().int(),
      camera_id: z.string(),
      space_id: z.string(),
      space_name: z.string(),
      vehicle_class: z.string(),
      entry_time: instant,
      duration_seconds: z.number().nonnegative(),
      current_fee: amount,
      overstay: z.boolean(),
    }),
  ),
  total_revenue: amount,
  revenue_basis: revenueBasis,
  currency,
});
export type ParkingSessions = z.infer<typeof ParkingSessions>;

/** One hour of the day, in the facility's civil time. `_id` is the guide's name for it. */
const hourOfDay = { _id: z.number().int().min(0).max(23), hour: z.number().int().min(0).max(23) };

/** `GET /api/analytics/occupancy/{camera_id}?days=7`: the five fullest hours of the day, fullest first. */
export const OccupancyAnalytics = z.object({
  camera_id: z.string(),
  period_days: count,
  peak_hours: z
    .array(
      z.object({
        ...hourOfDay,
        /** Occupied share of the spaces, over the time that was observed. */
        avg_occupancy: rate,
        /** Pictures that it comes from. */
        count,
      }),
    )
    .max(5),
});
export type OccupancyAnalytics = z.infer<typeof OccupancyAnalytics>;

const HourOfDate = z.object({
  ...hourOfDay,
  /** Tells the two hours apart that the end of summer time gives one name. */
  start: instant,
  avg_occupancy_rate: rate,
  max_occupancy: count,
  /** Different vehicles that were followed; null when none was followed though some were seen. */
  total_vehicles: count.nullable(),
  /** Vehicles in each picture, summed over the pictures: not a number of vehicles. */
  vehicle_observations: count,
  entries: count,
  exits: count,
});
export type HourOfDate = z.infer<typeof HourOfDate>;

/** `GET /api/analytics/hourly-occupancy/{camera_id}?date=2026-01-07` */
export const HourlyOccupancy = z.object({
  camera_id: z.string(),
  date: z.iso.date(),
  hourly_data: z.array(HourOfDate),
});
export type HourlyOccupancy = z.infer<typeof HourlyOccupancy>;

export const PriceAdvice = z.object({
  space_id: z.string(),
  space_name: z.string(),
  current_utilization: rate,
  recommendation: z.enum(["increase_price", "decrease_price"]),
  suggested_change: z.string(),
  reason: z.string(),
});
export type PriceAdvice = z.infer<typeof PriceAdvice>;

/** `GET /api/analytics/space-utilization/{camera_id}?days=30`, the most used space first. */
export const SpaceUtilization = z.object({
  camera_id: z.string(),
  period_days: count,
  utilization: z.array(
    z.object({
      space_id: z.string(),
      space_name: z.string(),
      /** Occupied share of the time that was observed. */
      utilization_rate: rate,
      /** Pictures in which it was seen, and in how many of them occupied. */
      total_snapshots: count,
      occupied_count: count,
      observed_seconds: count,
      occupied_seconds: count,
    }),
  ),
  recommendations: z.array(PriceAdvice),
});
export type SpaceUtilization = z.infer<typeof SpaceUtilization>;

/** `GET /api/analytics/daily-report/{camera_id}?date=2026-01-07` */
export const DailyReport = z.object({
  camera_id: z.string(),
  date: z.iso.date(),
  summary: z.object({
    total_vehicles: count.nullable(),
    vehicle_observations: count,
    avg_occupancy_rate: rate,
    max_occupancy: count,
    /** Different vehicles by class. */
    vehicle_types: z.record(z.string(), count),
    entries: count,
    exits: count,
  }),
  hourly_data: z.array(HourOfDate),
  /** The hour with the highest average occupancy; null when nothing was observed. */
  peak_hour: HourOfDate.nullable(),
  /** The price of the stays that ended that day. */
  revenue: amount,
  revenue_basis: revenueBasis,
  currency,
});
export type DailyReport = z.infer<typeof DailyReport>;

/** `GET /api/analytics/dwell/{camera_id}?from=2026-01-07&to=2026-01-08`: both days belong to it. */
export const AverageDwell = z.object({
  camera_id: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** Vehicles that were followed from an entry zone to an exit zone. */
  vehicles: count,
  average_dwell_seconds: z.number().nonnegative(),
});
export type AverageDwell = z.infer<typeof AverageDwell>;

/** What the WebSocket `/ws/tracking/live?camera_id=` says after a picture, at most ten times a real second. */
export const TrackingUpdate = z.object({
  type: z.literal("tracking_update"),
  camera_id: z.string(),
  timestamp: instant,
  vehicle_count: count,
  /** 0 for a camera without spaces. */
  occupancy_rate: rate,
  active_sessions: count,
  alerts: z.array(TrackingAlert),
  detections: z.array(
    z.object({
      class: z.string(),
      confidence: rate,
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      track_id: z.number().int().nullable(),
      center: z.tuple([z.number(), z.number()]),
    }),
  ),
});
export type TrackingUpdate = z.infer<typeof TrackingUpdate>;
