import { z } from "zod";
import { DwellReport, FlowReport } from "./analytics.ts";
import { Figure } from "./figures.ts";
import { count, day, instant, minor, Period, ReportAbout } from "./report.ts";
import { PeakHours, RevenueReport } from "./services.ts";

export const reportTypes = ["daily", "weekly", "monthly", "custom"] as const;
export type ReportType = (typeof reportTypes)[number];

/** What a stored report says, as it was when it was made. */
export const StoredReportData = z.object({
  period: Period,
  revenue: RevenueReport,
  flow: FlowReport,
  dwell: DwellReport,
  peak_hours: PeakHours.shape.hourly_breakdown,
  figures: z.array(Figure),
});
export type StoredReportData = z.infer<typeof StoredReportData>;

/** A stored report without what it says (requirements A3). */
export const StoredReportHead = z.object({
  id: z.string(),
  report_type: z.enum(reportTypes),
  title: z.string(),
  period: Period,
  /** A user's id, `office-token` for head office's first token, `calendar` for one that nobody asked for. */
  generated_by: z.string(),
  /** What the user is called; null for the others, and for one who is no longer known. */
  generated_by_name: z.string().nullable(),
  scheduled: z.boolean(),
  created_at: instant,
  /** One sentence of what it says, in English. */
  summary: z.string(),
  /** The same for other languages. */
  totals: z.object({ revenue_minor: minor, payments: count, entries: count, exits: count }),
});
export type StoredReportHead = z.infer<typeof StoredReportHead>;

/** `GET stored/{id}` */
export const StoredReport = StoredReportHead.extend({
  about: ReportAbout,
  data: StoredReportData,
});
export type StoredReport = z.infer<typeof StoredReport>;

/** `GET stored?search=&type=&by=&from=&to=&cursor=`, the newest first. `from` and `to`: when it was made. */
export const StoredReportPage = z.object({
  about: ReportAbout,
  reports: z.array(StoredReportHead),
  /** Of all that are kept, whatever was asked: who made them, the most first. */
  authors: z.array(
    z.object({ generated_by: z.string(), name: z.string().nullable(), reports: count }),
  ),
  /** The months in which they were made, the newest first. */
  months: z.array(z.object({ month: z.string().regex(/^\d{4}-\d\d$/), reports: count })),
  next_cursor: z.string().nullable(),
});
export type StoredReportPage = z.infer<typeof StoredReportPage>;

export const titleMax = 200;

/**
 * `POST stored`. `daily` is the day `from` (left out: yesterday), `weekly` the seven and `monthly` the thirty days up
 * to `to` (left out: yesterday), `custom` from `from` to `to`. The same `request_id` again gives the same report.
 */
export const StoredReportOrder = z.strictObject({
  request_id: z.uuid(),
  report_type: z.enum(reportTypes),
  title: z.string().trim().min(1).max(titleMax).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type StoredReportOrder = z.infer<typeof StoredReportOrder>;

/** How a facility stood at a moment (requirements A4). */
export const SystemMetricsRow = z.object({
  timestamp: instant,
  total_slots: count,
  occupied_slots: count,
  available_slots: count,
  daily_revenue: z.number(),
  daily_revenue_minor: minor,
  active_sessions: count,
});
export type SystemMetricsRow = z.infer<typeof SystemMetricsRow>;

/** `GET metrics?from=&to=`: in their order; at most 400 days. */
export const SystemMetricsPage = z.object({
  about: ReportAbout,
  metrics: z.array(SystemMetricsRow),
});
export type SystemMetricsPage = z.infer<typeof SystemMetricsPage>;
