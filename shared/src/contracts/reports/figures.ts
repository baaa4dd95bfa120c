import { z } from "zod";
import { Period, ReportAbout } from "./report.ts";

/** How a figure is read: `percent` is 0–100, `minor` whole minor units of the facility's currency. */
export const units = ["percent", "seconds", "minor", "count", "per-day", "ms", "factor"] as const;

/** One figure with what it means; what cannot be known here is null and says why. */
export const Figure = z.object({
  name: z.string(),
  group: z.string(),
  title: z.string(),
  value: z.number().nullable(),
  unit: z.enum(units),
  definition: z.string(),
  why_none: z.string().nullable(),
  /** What it should be at least or at most, where the requirements name it. */
  target: z.object({ least: z.number().nullable(), most: z.number().nullable() }).nullable(),
});
export type Figure = z.infer<typeof Figure>;

/** `GET kpis?from=&to=` (requirements P76) and `GET success?from=&to=` (P21–P25). */
export const FigureReport = z.object({
  about: ReportAbout,
  period: Period,
  figures: z.array(Figure),
});
export type FigureReport = z.infer<typeof FigureReport>;

const cell = z.union([z.string(), z.number(), z.null()]);

/** A business outcome (requirements T41): what it is, how it is found, and its evidence as a table. */
export const Outcome = z.object({
  name: z.string(),
  title: z.string(),
  definition: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
});
export type Outcome = z.infer<typeof Outcome>;

/** `GET outcomes?from=&to=` */
export const OutcomeReport = z.object({
  about: ReportAbout,
  period: Period,
  outcomes: z.array(Outcome),
});
export type OutcomeReport = z.infer<typeof OutcomeReport>;
