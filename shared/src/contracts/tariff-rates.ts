import { z } from "zod";
import { vehicleClasses } from "../vehicle.ts";
import { spaceTypes } from "./facility.ts";
import {
  Amount,
  AmountsByClass,
  ClockEnd,
  ClockTime,
  DateOfSeason,
  Day,
  Percent,
  SomeSpan,
  Span,
  spanMs,
  strict,
  weekdays,
} from "./tariff-values.ts";

/** What a vehicle does in a part of its stay; a part for which a tariff has no rate of its own is parking. */
export const activities = ["parking", "charging", "reservation", "no_show"] as const;
export type Activity = (typeof activities)[number];

/** One price, or one by class. */
const prices = { price: Amount.optional(), prices: AmountsByClass.optional() };
interface Priced {
  readonly price?: unknown;
  readonly prices?: unknown;
}
const hasOnePrice = ({ price, prices: byClass }: Priced): boolean =>
  (price === undefined) !== (byClass === undefined);
const onePrice = {
  error: "write either price, or prices by vehicle class",
  path: ["price"],
};

/** Whom it is for; left out: everybody. */
const forWhom = {
  classes: z.array(z.enum(vehicleClasses)).min(1).optional(),
  spaces: z.array(z.enum(spaceTypes)).min(1).optional(),
};

/**
 * Hours on the facility's own wall clock, from `from` until just before `until`. A window that ends before it begins,
 * or as it begins, runs into the next day and belongs to the day on which it began. What is left out limits nothing.
 */
export const When = strict({
  days: z.array(Day).min(1).optional(),
  from: ClockTime.optional(),
  until: ClockEnd.optional(),
  /** Seasons, first and last day included; one that ends before it begins runs over the new year. */
  dates: z
    .array(strict({ from: DateOfSeason, until: DateOfSeason }))
    .min(1)
    .optional(),
}).superRefine(({ days, from, until, dates }, ctx) => {
  const say = (path: PropertyKey[], message: string): void =>
    ctx.addIssue({ code: "custom", path, message });
  if (days === undefined && from === undefined && until === undefined && dates === undefined)
    say([], "limits nothing; write days, from and until, or dates, or leave it out");
  if (from === undefined && until !== undefined) say(["from"], "write from beside until");
  if (from !== undefined && until === undefined) say(["until"], "write until beside from");
  for (const [index, season] of (dates ?? []).entries()) {
    if (season.from.length !== season.until.length)
      say(["dates", index], "write both dates with a year, or both without");
    else if (season.from.length === 10 && season.from > season.until)
      say(["dates", index, "until"], "is before from");
  }
});
export type When = z.infer<typeof When>;

/**
 * A tier of a rate, counted from the beginning of the block (the stay, the occurrence of its window, or the period of
 * a cap): `total` is what the block costs up to its end, `price` is added when it begins, `price` and `per` are
 * added for each started `per` within it.
 */
export const Tier = strict({
  up_to: SomeSpan.optional(),
  ...prices,
  total: Amount.optional(),
  totals: AmountsByClass.optional(),
  per: SomeSpan.optional(),
}).superRefine(({ price, prices: byClass, total, totals, per }, ctx) => {
  const count = [price, byClass, total, totals].filter((each) => each !== undefined).length;
  if (count !== 1) {
    const message = "write one of price, prices, total or totals";
    ctx.addIssue({ code: "custom", path: ["price"], message });
  }
  if (per !== undefined && (total !== undefined || totals !== undefined)) {
    const message = "a total is reached at once; leave per out, or write price";
    ctx.addIssue({ code: "custom", path: ["per"], message });
  }
});
export type Tier = z.infer<typeof Tier>;

const Tiers = z
  .array(Tier)
  .min(1)
  .superRefine((tiers, ctx) => {
    let before = 0;
    for (const [index, { up_to: upTo }] of tiers.entries()) {
      const isLast = index === tiers.length - 1;
      const say = (message: string): void =>
        ctx.addIssue({ code: "custom", path: [index, "up_to"], message });
      if (upTo === undefined) {
        if (!isLast) say("only the last tier goes on for ever; write up_to");
      } else {
        if (isLast) say("the last tier goes on for ever; leave up_to out");
        if (spanMs(upTo) <= before) say("must be longer than the tier before");
        before = spanMs(upTo);
      }
    }
  });

/** How time costs: by time, by tiers, or once. */
const pricing = {
  ...prices,
  /** The time that `price` is for; left out: `price` is for the whole block, however long. */
  per: SomeSpan.optional(),
  /** Time is counted in steps; left out: as long as `per`. */
  step: SomeSpan.optional(),
  tiers: Tiers.optional(),
};
interface Pricing extends Priced {
  readonly per?: unknown;
  readonly step?: unknown;
  readonly tiers?: unknown;
}

function checkPricing(
  { price, prices: byClass, per, step, tiers }: Pricing,
  say: (path: PropertyKey[], message: string) => void,
): void {
  const count = [price, byClass, tiers].filter((each) => each !== undefined).length;
  if (count !== 1) say(["price"], "write one of price, prices by vehicle class, or tiers");
  if (tiers !== undefined && per !== undefined) say(["per"], "each tier has its own; leave it out");
  if (step !== undefined && per === undefined)
    say(["step"], "a price without per is for the whole block; write per, or leave step out");
}

/** What time costs. Of several rates the first that fits a moment counts. */
export const Rate = strict({
  /** Names it on the invoice. */
  name: z.string().min(1).max(60).optional(),
  when: When.optional(),
  ...forWhom,
  activity: z.enum(activities).optional(),
  ...pricing,
  /** The most that one block of it costs: a night, an evening. */
  cap: strict(prices).refine(hasOnePrice, onePrice).optional(),
  tax_percent: Percent.optional(),
}).superRefine((rate, ctx) =>
  checkPricing(rate, (path, message) => ctx.addIssue({ code: "custom", path, message })),
);
export type Rate = z.infer<typeof Rate>;

const moment = z.iso.datetime({
  offset: true,
  error: "write a moment with its offset, for example 2026-05-30T20:00:00+02:00",
});

/** Something that changes prices while it is on: with its own rate, or by a percentage of the ordinary ones. */
export const TariffEvent = strict({
  name: z.string().min(1).max(60),
  starts: moment,
  ends: moment,
  /** So long before it starts, and after it ends, its price counts already or still. */
  before: Span.optional(),
  after: Span.optional(),
  /** `present`: everybody's time during the event; `entering`: only those who come in during it. */
  applies_to: z.enum(["present", "entering"]).optional(),
  ...forWhom,
  ...pricing,
  /** 50: half as much again; -20: a fifth less. */
  change_percent: z.number().int().min(-100).max(1000).optional(),
  tax_percent: Percent.optional(),
}).superRefine((event, ctx) => {
  const say = (path: PropertyKey[], message: string): void =>
    ctx.addIssue({ code: "custom", path, message });
  const { change_percent: change, ...own } = event;
  if (change === undefined) checkPricing(own, say);
  else if (own.price !== undefined || own.prices !== undefined || own.tiers !== undefined)
    say(["change_percent"], "write either a price of its own or change_percent");
  if (Date.parse(event.ends) <= Date.parse(event.starts)) say(["ends"], "is not after starts");
});
export type TariffEvent = z.infer<typeof TariffEvent>;

/** An amount that does not grow with time. */
export const Fee = strict({
  name: z.string().min(1).max(60),
  ...prices,
  ...forWhom,
  activity: z.enum(activities).optional(),
  /** Only then; left out: once a stay. */
  when: When.optional(),
  /**
   * With `when`. `entering` or `leaving` in the window, or `staying`: once for each occurrence of the window that the
   * stay touches (left out: this).
   */
  charged: z.enum(["entering", "leaving", "staying"]).optional(),
  tax_percent: Percent.optional(),
})
  .refine(hasOnePrice, onePrice)
  .refine(({ when, charged }) => when !== undefined || charged === undefined, {
    error: "says when in a window it is charged; write when beside it",
    path: ["charged"],
  });
export type Fee = z.infer<typeof Fee>;

const capPeriod = "write a span from the entry (24 h, 7 d), calendar_day or calendar_week";

/** The most that time costs in a period. */
export const Cap = strict({
  ...prices,
  ...forWhom,
  /** A span counts from the entry (24 h are 24 elapsed hours); the others are days and weeks of the wall clock. */
  per: z
    .string({ error: capPeriod })
    .refine((text) => /^calendar_(day|week)$/.test(text) || SomeSpan.safeParse(text).success, {
      error: capPeriod,
    }),
  /** When a calendar day or week begins; left out: at midnight, on Monday. */
  reset: ClockTime.optional(),
  reset_day: z.enum(weekdays).optional(),
  /** Whether steps and tiers begin anew with each period; left out: they do with spans and not with the calendar. */
  restarts: z.boolean().optional(),
})
  .refine(hasOnePrice, onePrice)
  .superRefine(({ per, reset, reset_day: resetDay }, ctx) => {
    const isCalendar = per.startsWith("calendar");
    if (!isCalendar && reset !== undefined) {
      const message = "a span counts from the entry; leave reset out, or write per: calendar_day";
      ctx.addIssue({ code: "custom", path: ["reset"], message });
    }
    if (per !== "calendar_week" && resetDay !== undefined) {
      const message = "only a calendar_week begins on a day; leave it out";
      ctx.addIssue({ code: "custom", path: ["reset_day"], message });
    }
  });
export type Cap = z.infer<typeof Cap>;

/** Time that costs nothing at the beginning of a stay. */
export const FreeTime = strict({
  time: SomeSpan,
  /** `subtract`: only what is longer is charged; `threshold`: a longer stay is charged from its start. */
  mode: z.enum(["subtract", "threshold"], { error: "write subtract or threshold" }),
  ...forWhom,
  /** Of stays that begin then. */
  when: When.optional(),
});
export type FreeTime = z.infer<typeof FreeTime>;

/** One price for a stay that begins in one window and ends in another: early bird, evening, weekend. */
export const Special = strict({
  name: z.string().min(1).max(60),
  entry: When,
  exit: When.optional(),
  /** Longer stays do not get it; left out: 24 h. */
  longest: SomeSpan.optional(),
  ...prices,
  ...forWhom,
  /** Also where the ordinary price would be lower. */
  even_if_dearer: z.boolean().optional(),
}).refine(hasOnePrice, onePrice);
export type Special = z.infer<typeof Special>;

/** What a driver pays whose time after paying and its grace is over. */
export const AfterGrace = strict({
  /** From when on; left out: from the end of the grace. */
  from: z.enum(["payment", "grace_end"]).optional(),
  name: z.string().min(1).max(60).optional(),
  ...pricing,
}).superRefine((rate, ctx) =>
  checkPricing(rate, (path, message) => ctx.addIssue({ code: "custom", path, message })),
);

/** What is owed where nobody knows how long the stay was. */
export const LostTicket = z
  .discriminatedUnion(
    "charge",
    [
      strict({ charge: z.literal("flat"), ...prices }),
      /** The first cap of 24 h or a calendar day, whole. */
      strict({ charge: z.literal("daily_max"), ...prices }),
      /** As if the vehicle had come when the facility opened last. */
      strict({ charge: z.literal("from_opening"), opens: ClockTime, ...prices }),
    ],
    { error: "write charge: flat, daily_max or from_opening" },
  )
  .superRefine((lost, ctx) => {
    const isPriced = lost.price !== undefined || lost.prices !== undefined;
    if ((lost.charge === "flat" || isPriced) && !hasOnePrice(lost))
      ctx.addIssue({ code: "custom", path: ["price"], message: onePrice.error });
  });
