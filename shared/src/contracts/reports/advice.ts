import { z } from "zod";
import { count, Period, ReportAbout } from "./report.ts";

/* What head office advises, each with its evidence. Nothing is done by itself: a person decides. */

export const adviceKinds = [
  "price-up",
  "price-down",
  "promote-off-peak",
  "staff",
  "bottleneck",
  "dead-spaces",
  "unbalanced-zones",
  "entrance-use",
] as const;
export type AdviceKind = (typeof adviceKinds)[number];

const cell = z.union([z.string(), z.number(), z.null()]);

/** Times of a week that belong together: `working` Monday to Friday or `weekend`, from an hour up to another. */
export const TimeBand = z.object({
  days: z.enum(["working", "weekend"]),
  from: z.number().int().min(0).max(23),
  to: z.number().int().min(1).max(24),
});
export type TimeBand = z.infer<typeof TimeBand>;

export const Advice = z.object({
  /** The same advice has the same one, as long as it is given. */
  id: z.string(),
  kind: z.enum(adviceKinds),
  /** In English; a page makes its own of `facts`. */
  sentence: z.string(),
  /** What the sentence is made of: names, and shares from 0 to 1. */
  facts: z.record(z.string(), cell),
  band: TimeBand.nullable(),
  /** What it is found from; `opens` leads from a row to the sessions it counts, where it counts sessions. */
  evidence: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.object({ cells: z.array(cell), opens: z.string().nullable() })),
  }),
  /** What the tariff editor needs to prepare a draft, as the question of its address; null where no price is meant. */
  draft: z.string().nullable(),
});
export type Advice = z.infer<typeof Advice>;

/** `GET advice?days=28`: of days that are over. */
export const AdviceReport = z.object({
  about: ReportAbout,
  period: Period,
  /** How much of the period the facility told of. */
  known: z.object({ days: count, share: z.number().min(0).max(1) }),
  /** `too-little`: nothing is advised. */
  confidence: z.enum(["high", "medium", "low", "too-little"]),
  advice: z.array(Advice),
});
export type AdviceReport = z.infer<typeof AdviceReport>;
