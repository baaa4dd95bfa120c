import { z } from "zod";
import {
  count,
  day,
  instant,
  minor,
  percent,
  Period,
  ReportAbout,
  share,
  ZoneNamed,
} from "./report.ts";

/*
 * The tracking guide's analytics (requirements T20–T23, T29, T30, T33–T35) on a whole facility, in its field names.
 */

const about = { about: ReportAbout };

/** One hour of a day. The end of summer time has two of one name: `start` tells them apart. */
export const HourOfDate = z.object({
  hour: z.number().int().min(0).max(23),
  start: instant,
  /** Occupied share of the spaces' time; null where the facility has not told this hour. */
  avg_occupancy_rate: share.nullable(),
  /** The most vehicles inside at the end of a minute. */
  max_occupancy: count,
  /** Vehicles that came in. */
  total_vehicles: count,
  /** Vehicles in each picture, summed over the pictures of all cameras: not a number of vehicles; null: none told. */
  vehicle_observations: count.nullable(),
  entries: count,
  exits: count,
});
export type HourOfDate = z.infer<typeof HourOfDate>;

/** `GET hourly-occupancy?date=` */
export const HourlyOccupancy = z.object({ ...about, date: day, hourly_data: z.array(HourOfDate) });
export type HourlyOccupancy = z.infer<typeof HourlyOccupancy>;

/** `GET taking-hours?date=`: what was taken for stays, penalties and renewals in each hour of a day, before what went back. */
export const TakingHours = z.object({
  ...about,
  date: day,
  hours: z.array(
    z.object({
      hour: z.number().int().min(0).max(23),
      start: instant,
      taken_minor: minor,
      payments: count,
    }),
  ),
});
export type TakingHours = z.infer<typeof TakingHours>;

/**
 * `GET week?days=28`: an average week by its hours, from the first hour of Monday on; days that are over. An hour that
 * a day has twice counts as two.
 */
export const WeekPattern = z.object({
  ...about,
  period: Period,
  period_days: count,
  hours: z
    .array(
      z.object({
        /** 1 is Monday. */
        weekday: z.number().int().min(1).max(7),
        hour: z.number().int().min(0).max(23),
        /** Hours of this name in the period. */
        hours_counted: count,
        /** Null where the period has no such hour. */
        average_entries: z.number().nonnegative().nullable(),
        /** Occupied share of the spaces' time; null where the facility has told no such hour. */
        avg_occupancy: share.nullable(),
      }),
    )
    .length(168),
});
export type WeekPattern = z.infer<typeof WeekPattern>;

/** `GET daily?date=` */
export const DailyReport = z.object({
  ...about,
  date: day,
  summary: z.object({
    total_vehicles: count,
    vehicle_observations: count.nullable(),
    avg_occupancy_rate: share.nullable(),
    max_occupancy: count,
    /** Vehicles that came in, by class. */
    vehicle_types: z.record(z.string(), count),
    entries: count,
    exits: count,
    average_stay_seconds: count.nullable(),
  }),
  hourly_data: z.array(HourOfDate),
  /** The hour with the highest average occupancy; null when none was told. */
  peak_hour: HourOfDate.nullable(),
  revenue: z.number(),
  revenue_minor: minor,
  /** What was given back on that day, whenever it had been paid. */
  given_back_minor: minor,
});
export type DailyReport = z.infer<typeof DailyReport>;

/** Advice to a person, who decides. */
export const PriceAdvice = z.object({
  recommendation: z.enum(["increase_price", "decrease_price"]),
  suggested_change: z.string(),
  reason: z.string(),
});

/** `GET space-utilization?days=30`, the most used space first; days that are over. */
export const SpaceUtilization = z.object({
  ...about,
  period: Period,
  period_days: count,
  observed_seconds: count,
  utilization: z.array(
    z.object({
      space_id: z.string(),
      space_name: z.string(),
      ...ZoneNamed,
      utilization_rate: share,
      occupied_seconds: count,
    }),
  ),
  /** Strictly above 90 % dearer, strictly below 30 % cheaper (requirements T30). */
  recommendations: z.array(
    PriceAdvice.extend({
      space_id: z.string(),
      space_name: z.string(),
      current_utilization: share,
    }),
  ),
  zones: z.array(
    z.object({
      ...ZoneNamed,
      utilization_rate: share,
      occupied_seconds: count,
      /** San Francisco's bands: by how much an hour becomes dearer, in hundredths of the currency's main unit. */
      sfpark_change_cents: z.number().int(),
    }),
  ),
});
export type SpaceUtilization = z.infer<typeof SpaceUtilization>;

/** `GET dwell?from=&to=`: stays that ended on these days and were seen from beginning to end. */
export const DwellReport = z.object({
  ...about,
  period: Period,
  vehicles: count,
  average_dwell_seconds: count.nullable(),
  median_dwell_seconds: count.nullable(),
  p90_dwell_seconds: count.nullable(),
  by_class: z.array(
    z.object({ vehicle_class: z.string(), vehicles: count, average_dwell_seconds: count }),
  ),
  /** Stays in spaces, which are measured apart from the sessions between the gates. */
  space_stays: count,
  average_space_stay_seconds: count.nullable(),
});
export type DwellReport = z.infer<typeof DwellReport>;

/** `GET flow?from=&to=`: who came and went where. */
export const FlowReport = z.object({
  ...about,
  period: Period,
  entries: count,
  exits: count,
  by_lane: z.array(
    z.object({
      lane_id: z.string(),
      lane_name: z.string(),
      vehicle_class: z.string(),
      entries: count,
      exits: count,
    }),
  ),
  by_day: z.array(z.object({ day, entries: count, exits: count })),
  by_camera: z.array(
    z.object({ camera_id: z.string(), entries: count, exits: count, vehicles: count }),
  ),
  /** Now: inside and in no space yet (or not any more), in a space, and gone in these days. */
  now: z.object({ active: count, parked: count, exited: count }),
});
export type FlowReport = z.infer<typeof FlowReport>;

/** `GET staff?from=&to=`: what people did, by their login (requirements A25). */
export const StaffAnalytics = z.object({
  ...about,
  period: Period,
  staff: z.array(
    z.object({
      person: z.string(),
      /** opened, denied, voided, refunded, refund-approved, acknowledged, reprinted, plate-corrected */
      acts: z.array(z.object({ act: z.string(), count, amount_minor: minor })),
      shifts: count,
      /** Counted less expected, of the shifts that were closed. */
      cash_difference_minor: z.number().int(),
    }),
  ),
});
export type StaffAnalytics = z.infer<typeof StaffAnalytics>;

/** `GET users?from=&to=`: the people who park, as their plates tell them apart (requirements A25). */
export const UserAnalytics = z.object({
  ...about,
  period: Period,
  visits: count,
  vehicles: count,
  new_vehicles: count,
  returning_vehicles: count,
  average_visits: z.number().nonnegative(),
  permit_visits: count,
  permit_share: percent,
  /** How many vehicles came so often. */
  by_visits: z.array(z.object({ visits: z.string(), vehicles: count })),
  by_class: z.array(z.object({ vehicle_class: z.string(), visits: count })),
});
export type UserAnalytics = z.infer<typeof UserAnalytics>;
