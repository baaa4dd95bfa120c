import { z } from "zod";
import {
  count,
  day,
  instant,
  minor,
  Opens,
  percent,
  Period,
  ReportAbout,
  share,
  signedMinor,
  ZoneNamed,
} from "./report.ts";

/*
 * The nine services of the analytics backend (requirements A16, A17), in its field names. All are below
 * `/v1/facilities/{facility_id}/reports/`.
 */

const about = { about: ReportAbout };
const amount = z.number();

/** `GET dashboard`: the present, and the present day at the facility. */
export const DashboardSummary = z.object({
  ...about,
  day,
  total_slots: count,
  occupied_slots: count,
  /** Known to be free; neither those whose state is unknown nor those out of service. */
  available_slots: count,
  unknown_slots: count,
  out_of_service_slots: count,
  /** Occupied share of the spaces in service. */
  occupancy_rate: percent,
  /** Vehicles inside. */
  active_sessions: count,
  /** Sessions that ended today. */
  completed_sessions: count,
  entries_today: count,
  /** The most vehicles inside at the end of any minute today. */
  peak_inside_today: count,
  /** Taken today, before what went back. */
  revenue_today: amount,
  revenue_today_minor: minor,
  /** What went back today: refunds, reversals and lost disputes. */
  given_back_today_minor: minor,
  /** Different plates that came in today. */
  users_today: count,
  violations_today: count,
  alerts_today: count,
  opens: Opens,
});
export type DashboardSummary = z.infer<typeof DashboardSummary>;

/** `GET zones` */
export const ZoneOccupancy = z.object({
  ...about,
  zones: z.array(
    z.object({
      ...ZoneNamed,
      zone_id: z.string(),
      level: z.string(),
      total_slots: count,
      occupied_slots: count,
      available_slots: count,
      occupancy_rate: percent,
      /**
       * `lanes`: vehicles inside that came in by lanes which lead to this zone alone. `spaces`: vehicles that stand
       * in its spaces, where lanes lead to several zones.
       */
      active_sessions: count,
      active_sessions_basis: z.enum(["lanes", "spaces"]),
    }),
  ),
});
export type ZoneOccupancy = z.infer<typeof ZoneOccupancy>;

const MethodRevenue = z.object({
  payment_method: z.string(),
  amount,
  amount_minor: minor,
  count,
});

/**
 * `GET revenue?from=&to=`: takings for stays, penalties and renewals. Loading stored value is no revenue until it is
 * parked away, and what nobody pays (`nil`) is none at all: both stand in `not_revenue`.
 */
export const RevenueReport = z.object({
  ...about,
  period: Period,
  total_revenue: amount,
  total_revenue_minor: minor,
  /** Revenue less all that was given back on these days. */
  net_revenue_minor: signedMinor,
  given_back: z.object({
    refunds: count,
    refunded_minor: minor,
    reversals: count,
    reversed_minor: minor,
    charge_backs: count,
    charged_back_minor: minor,
  }),
  by_payment_method: z.array(MethodRevenue),
  not_revenue: z.array(MethodRevenue.extend({ purpose: z.string() })),
  /**
   * `measured_minor` was paid by vehicles that stood in this zone's spaces, or, where no line told that, came in by a
   * lane which leads to this zone alone; the rest is shared out (`shared_minor`) by the time that the zones' spaces
   * were occupied. The zones sum to the total.
   */
  by_zone: z.array(
    z.object({
      ...ZoneNamed,
      revenue: amount,
      revenue_minor: minor,
      measured_minor: minor,
      shared_minor: minor,
    }),
  ),
  by_day: z.array(
    z.object({
      day,
      revenue_minor: minor,
      transaction_count: count,
      given_back_minor: minor,
    }),
  ),
  transaction_count: count,
  opens: Opens,
});
export type RevenueReport = z.infer<typeof RevenueReport>;

const hourOfDay = z.number().int().min(0).max(23);

const EntriesHour = z.object({
  hour: hourOfDay,
  entries: count,
  /** Entries a day, over the hours of this name in the period: a day of 23 hours lacks one, one of 25 has two. */
  average_entries: z.number().nonnegative(),
});

/** `GET peak-hours?days=30`: when vehicles come in (requirements A9); days that are over. */
export const PeakHours = z.object({
  ...about,
  basis: z.literal("entries"),
  period: Period,
  period_days: count,
  hourly_breakdown: z.array(EntriesHour).length(24),
  /** The most first; the earlier hour first where they are equal. */
  peak_hours: z.array(EntriesHour).max(5),
});
export type PeakHours = z.infer<typeof PeakHours>;

const OccupancyHour = z.object({
  hour: hourOfDay,
  /** Occupied share of the spaces' time. */
  avg_occupancy: share,
  /** The most vehicles inside at the end of a minute. */
  max_inside: count,
  /** Hours that the facility told. */
  hours_observed: count,
});

/** `GET peak-occupancy?days=7`: when spaces are full (requirements T21); days that are over. */
export const PeakOccupancy = z.object({
  ...about,
  basis: z.literal("occupancy"),
  period: Period,
  period_days: count,
  hourly_breakdown: z.array(OccupancyHour).length(24),
  /** The fullest first. */
  peak_hours: z.array(OccupancyHour).max(5),
});
export type PeakOccupancy = z.infer<typeof PeakOccupancy>;

/** A session as lists show it. */
export const SessionRow = z.object({
  session_id: z.string(),
  state: z.string(),
  vehicle_number: z.string().nullable(),
  vehicle_class: z.string().nullable(),
  entry_time: instant.nullable(),
  exit_time: instant.nullable(),
  entry_lane: z.string().nullable(),
  exit_lane: z.string().nullable(),
  /** Where its vehicle stood last, as far as somebody knows. */
  space_id: z.string().nullable(),
  /** Of that space, or the one to which its entry lane alone leads. */
  zone_name: z.string().nullable(),
  duration_seconds: count.nullable(),
  duration_hours: z.number().nonnegative().nullable(),
  permit_id: z.string().nullable(),
  /** Whom the permit belongs to, where head office was told; null for everybody else. */
  owner: z.string().nullable(),
  total_amount: amount.nullable(),
  total_amount_minor: minor.nullable(),
  paid_minor: minor.nullable(),
  payment_status: z.enum(["paid", "unpaid", "part-paid", "free", "not-yet"]),
  flags: z.array(z.string()),
});
export type SessionRow = z.infer<typeof SessionRow>;

/**
 * `GET sessions?…&cursor=`: the sessions that a number counts; `next_cursor` null: these were the last.
 * `GET sessions/completed?limit=100`: those that ended, the newest first.
 */
export const SessionPage = z.object({
  ...about,
  sessions: z.array(SessionRow),
  next_cursor: z.string().nullable(),
});
export type SessionPage = z.infer<typeof SessionPage>;

/** `GET sessions/active`: the vehicles inside, the longest first. */
export const ActiveSessions = SessionPage.extend({ active_sessions: count });
export type ActiveSessions = z.infer<typeof ActiveSessions>;

/** `GET vehicle?plate=` */
export const VehicleAnalytics = z.object({
  ...about,
  vehicle_number: z.string(),
  total_visits: count,
  total_expense: amount,
  total_expense_minor: minor,
  average_cost: amount,
  average_duration_seconds: count.nullable(),
  first_visit: instant.nullable(),
  last_visit: instant.nullable(),
  /** Where most of its visits came in by a lane that leads to one zone alone; null where none did. */
  preferred_zone: z.string().nullable(),
  payment_methods: z.array(MethodRevenue),
  opens: Opens,
});
export type VehicleAnalytics = z.infer<typeof VehicleAnalytics>;

export const PaymentRow = z.object({
  payment_id: z.string(),
  session_id: z.string().nullable(),
  status: z.string(),
  payment_method: z.string().nullable(),
  purpose: z.string(),
  amount: amount.nullable(),
  amount_minor: minor.nullable(),
  refunded_minor: minor,
  started_at: instant.nullable(),
  processed_at: instant.nullable(),
  terminal_id: z.string().nullable(),
  card_last_four: z.string().nullable(),
});
export type PaymentRow = z.infer<typeof PaymentRow>;

/** `GET payment-list?…&cursor=`: the payments that a number counts. */
export const PaymentPage = z.object({
  ...about,
  payments: z.array(PaymentRow),
  next_cursor: z.string().nullable(),
});
export type PaymentPage = z.infer<typeof PaymentPage>;

/** `GET payments?from=&to=` */
export const PaymentAnalytics = z.object({
  ...about,
  period: Period,
  total_revenue: amount,
  total_revenue_minor: minor,
  average_payment: amount,
  average_payment_minor: minor,
  by_payment_method: z.array(MethodRevenue),
  /** Of the payments that began on these days. */
  by_status: z.array(z.object({ status: z.string(), count, amount_minor: minor })),
  recent_payments: z.array(PaymentRow).max(10),
  opens: Opens,
});
export type PaymentAnalytics = z.infer<typeof PaymentAnalytics>;

/** `GET slots?from=&to=`: the space with the most stays first. */
export const SlotUsage = z.object({
  ...about,
  period: Period,
  /** A vehicle pays for its stay between the gates: the revenue is shared out by the time that spaces were occupied. */
  revenue_basis: z.literal("share of occupied time"),
  slots: z.array(
    z.object({
      rank: count,
      slot_id: z.string(),
      slot_number: z.string(),
      ...ZoneNamed,
      slot_type: z.string(),
      /** Stays that ended on these days. */
      total_sessions: count,
      average_duration_seconds: count.nullable(),
      occupied_seconds: count,
      utilization_rate: share,
      revenue: amount,
      revenue_minor: minor,
      current_status: z.string(),
    }),
  ),
});
export type SlotUsage = z.infer<typeof SlotUsage>;
