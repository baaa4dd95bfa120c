import { z } from "zod";
import { count, Period, ReportAbout } from "./report.ts";

/** What stands behind the usual assumptions; whoever sets others names their own source. */
export const usualSources = {
  search:
    "Shoup, Cruising for parking, Transport Policy 13 (2006): studies of kerbs found 3.5 to 14 minutes; its lower end. A car park differs: measure yours.",
  carbon:
    "UK Government GHG conversion factors for company reporting 2023, average car of unknown fuel; at walking pace an engine emits more",
} as const;

/* What a shorter search saves. Every figure rests on assumptions, which are told with it and can be set. */

const seconds = z.number().int().min(0).max(3600);
const source = z.string().trim().min(1, "write where it is from").max(300);

/** What is assumed. */
export const SearchTimeSettings = z
  .strictObject({
    /** How long a driver would look for a space without guidance: the least, the likely, and the most. */
    baseline_low_s: seconds,
    baseline_s: seconds,
    baseline_high_s: seconds,
    baseline_source: source,
    /** While looking. */
    speed_kmh: z.number().min(1).max(50),
    co2_g_per_km: z.number().min(0).max(1000),
    co2_source: source,
  })
  .refine((s) => s.baseline_low_s <= s.baseline_s && s.baseline_s <= s.baseline_high_s, {
    path: ["baseline_s"],
    error: "write the least, the likely and the most in this order",
  });
export type SearchTimeSettings = z.infer<typeof SearchTimeSettings>;

/** `POST …/search-time` */
export const SearchTimeOrder = z.strictObject({
  request_id: z.string().min(1).max(100),
  settings: SearchTimeSettings,
});
export type SearchTimeOrder = z.infer<typeof SearchTimeOrder>;

const Range = z.object({
  low: z.number().nonnegative(),
  likely: z.number().nonnegative(),
  high: z.number().nonnegative(),
});
export type SavedRange = z.infer<typeof Range>;

/** `GET sustainability?from=&to=` */
export const SustainabilityReport = z.object({
  about: ReportAbout,
  period: Period,
  settings: SearchTimeSettings,
  /** Vehicles that came in. */
  vehicles: count,
  /** The way in and out together: average stay between the gates less average stay in a space; null: not measured. */
  way_seconds: count.nullable(),
  /** Why nothing can be said. */
  why_none: z.enum(["no-stays", "no-sensors"]).nullable(),
  saved: z
    .object({
      /** Of each vehicle. */
      seconds_each: Range,
      hours: Range,
      km: Range,
      co2_kg: Range,
    })
    .nullable(),
});
export type SustainabilityReport = z.infer<typeof SustainabilityReport>;
