import { z } from "zod";
import { vehicleClasses } from "../../vehicle.ts";
import { spaceTypes } from "../facility.ts";

/*
 * A facility's tariffs at head office: versions that were sent there, drafts, and what a draft would charge. A tariff
 * itself is in `contracts/tariff.ts`.
 */

const instant = z.iso.datetime();
const minor = z.number().int();
const count = z.number().int().nonnegative();

/** So many days before it is in force a tariff is published, where a facility says nothing else. */
export const noticeDaysUsual = 14;
const noticeDays = z.number().int().min(0).max(365);

/** `withdrawn`: another version took its place before it was in force; the others as of any rule. */
export const tariffStates = ["sent", "applied", "refused", "withdrawn"] as const;
export type TariffState = (typeof tariffStates)[number];

/** Where a version stands in time: `never` of one that no stay gets. */
export const tariffPlaces = ["past", "in-force", "planned", "never"] as const;
export type TariffPlace = (typeof tariffPlaces)[number];

/** One version, without what it says. */
export const TariffVersion = z.object({
  tariff_id: z.string(),
  version: z.number().int().positive(),
  name: z.string(),
  currency: z.string(),
  valid_from: instant,
  valid_to: instant.nullable(),
  state: z.enum(tariffStates),
  place: z.enum(tariffPlaces),
  /** What the facility said of it, where it refused it. */
  detail: z.string().nullable(),
  directive_number: z.number().int().positive(),
  published_at: instant,
  published_by: z.string().nullable(),
  why: z.string().nullable(),
});
export type TariffVersion = z.infer<typeof TariffVersion>;

/** A draft in a list; `complaints` is how many things are wrong with it. */
export const TariffDraftHead = z.object({
  draft_id: z.string(),
  name: z.string(),
  version: z.number().int().positive(),
  complaints: count,
  changed_at: instant,
  changed_by: z.string().nullable(),
});
export type TariffDraftHead = z.infer<typeof TariffDraftHead>;

/** `GET /v1/facilities/{id}/tariffs`: versions, the newest first, drafts, and which version holds when. */
export const TariffsTold = z.object({
  facility_id: z.string(),
  timezone: z.string(),
  currency: z.string().nullable(),
  as_of: instant,
  notice_days: noticeDays,
  /** A tariff in force from then on needs no reason. */
  earliest: instant,
  /** What the vehicle that came in last pays by, as the facility tells; head office may not hold it. */
  in_use: z.object({ tariff_id: z.string(), version: z.number().int() }).nullable(),
  versions: z.array(TariffVersion),
  drafts: z.array(TariffDraftHead),
  /** In the order of time, without overlap; what no version of head office's covers is left out. */
  timeline: z.array(
    z.object({
      tariff_id: z.string(),
      version: z.number().int().positive(),
      from: instant,
      /** Null: until something else is decided. */
      until: instant.nullable(),
    }),
  ),
});
export type TariffsTold = z.infer<typeof TariffsTold>;

/** `GET /v1/facilities/{id}/tariffs/{tariff_id}/{version}` */
export const TariffWhole = TariffVersion.extend({ body: z.record(z.string(), z.unknown()) });
export type TariffWhole = z.infer<typeof TariffWhole>;

/** `GET /v1/facilities/{id}/tariff-drafts/{draft_id}`; its `ETag` is its version. */
export const TariffDraft = TariffDraftHead.extend({ body: z.record(z.string(), z.unknown()) });
export type TariffDraft = z.infer<typeof TariffDraft>;

/** A tariff as somebody writes it: it may be wrong anywhere. */
const written = z.record(z.string(), z.unknown());
const asking = {
  request_id: z.string().min(1).max(100),
  why: z.string().trim().min(1).max(200).optional(),
};

/** `PUT /v1/facilities/{id}/tariff-drafts/{draft_id}`: `version` is the one that was seen, 0 of a new one. */
export const DraftOrder = z.strictObject({
  ...asking,
  version: count.optional(),
  tariff: written,
});

/**
 * `POST /v1/facilities/{id}/tariffs`: sends a tariff to the facility. `why` is needed where it comes sooner than the
 * notice period. The draft that it was, if any, is gone with it.
 */
export const TariffOrder = z.strictObject({
  ...asking,
  tariff: written,
  draft_id: z.string().max(100).optional(),
});

/** Its answer, and that of a withdrawal: the version that was sent. */
export const TariffSent = z.object({
  tariff_id: z.string(),
  version: z.number().int().positive(),
  number: z.number().int().positive(),
});
export type TariffSent = z.infer<typeof TariffSent>;

/** `POST /v1/facilities/{id}/tariffs/{tariff_id}/{version}/withdraw` */
export const WithdrawOrder = z.strictObject({
  request_id: asking.request_id,
  why: z.string().trim().min(1).max(200),
});

/** `PUT /v1/facilities/{id}/tariff-notice` */
export const NoticeOrder = z.strictObject({ ...asking, notice_days: noticeDays });

/** How it is kept. */
export const NoticeSettings = z.object({ notice_days: noticeDays });

const Complaints = z.array(z.object({ path: z.string(), message: z.string() }));

/** `POST /v1/facilities/{id}/tariffs/check` */
export const TariffCheck = z.strictObject({ tariff: written });
export const TariffChecked = z.object({ complaints: Complaints });
export type TariffChecked = z.infer<typeof TariffChecked>;

const moment = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?$/,
    "write a moment, for example 2026-06-01T08:30",
  );

/** A stay that nobody had. Moments without an offset are the facility's wall clock. */
export const TestStay = z.strictObject({
  vehicle_class: z.enum(vehicleClasses),
  space_type: z.enum(spaceTypes).optional(),
  entry: moment,
  exit: moment,
  /** The driver pays then, and leaves at `exit`. */
  paid_at: moment.optional(),
  /** Nobody knows when it came in. */
  lost_ticket: z.boolean().optional(),
});
export type TestStay = z.infer<typeof TestStay>;

/** `POST /v1/facilities/{id}/tariffs/test-stays` */
export const TestStays = z.strictObject({ tariff: written, stays: z.array(TestStay).max(50) });

/** One line of a price, as the engine explains it. */
export const PricedLine = z.object({
  rule: z.string(),
  from: instant,
  to: instant,
  minor,
  tax_percent: z.string(),
  explain: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type PricedLine = z.infer<typeof PricedLine>;

export const PricedStay = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("price"),
    lines: z.array(PricedLine),
    total_minor: minor,
    net_minor: minor,
    tax_minor: minor,
  }),
  z.object({ kind: z.literal("refused"), sentence: z.string() }),
]);
export type PricedStay = z.infer<typeof PricedStay>;

/** With complaints nothing is priced. */
export const StaysTested = z.object({
  currency: z.string().nullable(),
  complaints: Complaints,
  stays: z.array(PricedStay),
});
export type StaysTested = z.infer<typeof StaysTested>;

const day = z.iso.date("write a day, for example 2026-11-20");
/** So many days of stays at most. */
export const replayDaysMax = 92;

/** `POST /v1/facilities/{id}/tariffs/replay`: without days the last 30 that are over. */
export const ReplayOrder = z
  .strictObject({ tariff: written, from: day.optional(), to: day.optional() })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ["to"],
    error: "write from and to, or neither",
  })
  .refine(({ from = "", to = "" }) => from <= to, {
    path: ["to"],
    error: "write a day that is not before from",
  })
  .refine(
    ({ from = "", to = "" }) => !(Date.parse(to) - Date.parse(from) >= replayDaysMax * 86_400_000),
    { path: ["from"], error: `ask for at most ${replayDaysMax} days` },
  );

const Sums = z.object({ stays: count, charged_minor: minor, draft_minor: minor });
export type ReplaySums = z.infer<typeof Sums>;

/** Why a stay has no price under a draft: it is in neither sum. */
export const leftOutReasons = ["no-entry-seen", "exit-assumed", "no-price-told"] as const;
/** Why a stay costs under a draft what it cost: it is in both sums alike. */
export const keptReasons = ["permit", "lost-ticket"] as const;

/** What real stays would have cost; amounts in whole minor units. */
export const ReplayTold = Sums.extend({
  tariff_id: z.string(),
  version: z.number().int(),
  currency: z.string(),
  timezone: z.string(),
  period: z.object({ from: day, to: day }),
  /** Those that would have paid more, and how much more together. */
  more: z.object({ stays: count, minor }),
  less: z.object({ stays: count, minor }),
  same: count,
  by_class: z.array(Sums.extend({ vehicle_class: z.string() })),
  /** By the day at the facility on which they ended. */
  by_day: z.array(Sums.extend({ day })),
  /** The largest differences of both signs. */
  largest: z.array(
    z.object({
      session_id: z.string(),
      vehicle_number: z.string().nullable(),
      vehicle_class: z.string(),
      entry_time: instant,
      exit_time: instant,
      charged_minor: minor,
      draft_minor: minor,
    }),
  ),
  kept: z.array(z.object({ reason: z.enum(keptReasons), stays: count })),
  left_out: z.array(z.object({ reason: z.enum(leftOutReasons), stays: count })),
  /**
   * How far the stays are known well enough: of the first 5,000 whose own tariff head office holds (`stays`), so many
   * cost there what they were charged (`matched`).
   */
  reproduced: z.object({ stays: count, matched: count }),
  /** Holidays in the period that head office knows of. */
  holidays: count,
});
export type ReplayTold = z.infer<typeof ReplayTold>;
