import { z } from "zod";
import { ListEntry, Notice, Permit, Pool, Reservation, Visitor, WorkOrder } from "./directive.ts";
import { FacilityMoney } from "./office-money.ts";
import { Tariff } from "./tariff.ts";

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

/**
 * How a facility stands, the worst first: `fault` needs someone now, `attention` today, `unknown` has never been heard
 * of, `ok` needs nobody.
 */
export const standingLevels = ["fault", "attention", "unknown", "ok"] as const;
export type StandingLevel = (typeof standingLevels)[number];

/** Why it stands so; the worst first. */
export const StandingReason = z.object({
  code: z.enum([
    "never-heard",
    "silent",
    "batches-refused",
    "critical-alerts",
    "warning-alerts",
    "backlog",
    "clock-skew",
    "directives-waiting",
  ]),
  level: z.enum(standingLevels),
  /** How many alerts, lines or directives. */
  count: count.optional(),
  /** Since when it is silent or refused. */
  since: instant.optional(),
  /** By how much the clocks differ, positive when the facility's runs ahead. */
  skew_ms: z.number().int().optional(),
});
export type StandingReason = z.infer<typeof StandingReason>;

const SpaceCounts = z.object({
  free: count,
  occupied: count,
  unknown: count,
  out_of_service: count,
});
export type SpaceCounts = z.infer<typeof SpaceCounts>;

/** One facility as the list shows it. A null is "not known", never zero. */
export const FacilitySummary = z.object({
  facility_id: z.string(),
  name: z.string(),
  timezone: z.string(),
  currency: z.string().nullable(),
  locale: z.string(),
  version: z.string().nullable(),
  level: z.enum(standingLevels),
  reasons: z.array(StandingReason),
  /** When the last batch came, by head office's clock. */
  heard_at: instant.nullable(),
  /** The moment of the newest ledger line that is held. */
  facts_until: instant.nullable(),
  ledger: z.object({
    epoch: count,
    /** What the edge has written; null when it does not tell. */
    written: count.nullable(),
    acked: count,
    last_hash: z.string().nullable(),
    set_aside: count,
  }),
  spaces: SpaceCounts,
  sessions_open: count,
  /** The present day at the facility. */
  today: z.object({
    day: z.string(),
    captured_minor: count,
    payments: count,
    entries: count,
    exits: count,
  }),
  alerts_open: z.object({ critical: count, warning: count, info: count }),
  directives: z.object({ latest: count, applied: count }),
});
export type FacilitySummary = z.infer<typeof FacilitySummary>;

/** An overview holds so many facilities; the rest is found by searching. */
export const overviewMax = 200;

/** `GET /api/overview?search=TEXT`: the facilities whose name or id holds the text, the ones with problems first. */
export const Overview = z.object({
  as_of: instant,
  /** How many facilities there are of each standing, found or not. */
  counts: z.object({ fault: count, attention: count, unknown: count, ok: count }),
  /** How many the search finds; `facilities` holds the first of them. */
  found: count,
  facilities: z.array(FacilitySummary).max(overviewMax),
});
export type Overview = z.infer<typeof Overview>;

/** `GET /api/facilities/{id}`: one facility closely. */
export const FacilityDetail = z.object({
  as_of: instant,
  summary: FacilitySummary,
  zones: z.array(
    z.object({
      zone_id: z.string(),
      /** Its id where the facility has told no name. */
      name: z.string(),
      level: z.string(),
      spaces: SpaceCounts,
    }),
  ),
  alerts: z.array(
    z.object({
      alert_id: z.string(),
      source: z.enum(["edge", "head-office"]),
      alert_type: z.string(),
      subject: z.string(),
      severity: z.string(),
      raised_at: instant.nullable(),
    }),
  ),
  money: FacilityMoney,
  /** The newest first. `subject` is the lane, space or device it is about. */
  lines: z.array(
    z.object({
      epoch: count,
      seq: count,
      type: z.string().nullable(),
      at: instant.nullable(),
      subject: z.string().nullable(),
      hash: z.string(),
    }),
  ),
  set_aside: z.array(
    z.object({
      epoch: count,
      seq: count,
      reason: z.string(),
      detail: z.string(),
      set_aside_at: instant,
    }),
  ),
  directives: z.array(
    z.object({
      number: count,
      kind: z.string(),
      issued_at: instant,
      result: z.string().nullable(),
      result_at: instant.nullable(),
    }),
  ),
  batches: z.object({
    accepted: count,
    lines_stored: count,
    lines_repeated: count,
    with_hole: count,
    refused: count,
    last_refusal: z.string().nullable(),
    last_refusal_at: instant.nullable(),
  }),
});
export type FacilityDetail = z.infer<typeof FacilityDetail>;

/** `GET /api/live`, event `change`: the facilities where something is new; an empty id says that any may be. */
export const ChangeTold = z.object({ facility_ids: z.array(z.string()) });

const expiry = { expires_at: z.iso.datetime({ offset: true }).optional() };

/** `POST /api/facilities/{id}/directives`: a directive before it has its number. */
export const DirectiveOrder = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...expiry, kind: z.literal("tariff"), body: Tariff }),
    z.strictObject({ ...expiry, kind: z.literal("permit"), body: Permit }),
    z.strictObject({ ...expiry, kind: z.literal("pool"), body: Pool }),
    z.strictObject({ ...expiry, kind: z.literal("list-entry"), body: ListEntry }),
    z.strictObject({ ...expiry, kind: z.literal("visitor"), body: Visitor }),
    z.strictObject({ ...expiry, kind: z.literal("reservation"), body: Reservation }),
    z.strictObject({ ...expiry, kind: z.literal("notice"), body: Notice }),
    z.strictObject({ ...expiry, kind: z.literal("work-order"), body: WorkOrder }),
  ],
  {
    error:
      "write kind: tariff, permit, pool, list-entry, visitor, reservation, notice or work-order",
  },
);
export type DirectiveOrder = z.infer<typeof DirectiveOrder>;

/** Its answer. */
export const DirectiveIssued = z.object({ number: z.number().int().positive() });
export type DirectiveIssued = z.infer<typeof DirectiveIssued>;
