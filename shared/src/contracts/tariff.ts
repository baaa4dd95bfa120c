import { z } from "zod";
import { isCurrency } from "../currency.ts";
import { type Complaint, pathText } from "./problem.ts";
import { crossChecksOf } from "./tariff-checks.ts";
import { upgradeTariff } from "./tariff-legacy.ts";
import {
  AfterGrace,
  Cap,
  Fee,
  FreeTime,
  LostTicket,
  Rate,
  Special,
  TariffEvent,
} from "./tariff-rates.ts";
import {
  Amount,
  AmountsByClass,
  Percent,
  SomeSpan,
  Span,
  strict,
  unknownFieldsBetween,
} from "./tariff-values.ts";

const moment = z.iso.datetime({
  offset: true,
  error: "write a moment with its offset, for example 2026-01-01T00:00:00+01:00",
});

/** A least or a most of a whole stay. */
const Bound = strict({ price: Amount.optional(), prices: AmountsByClass.optional() }).refine(
  ({ price, prices }) => (price === undefined) !== (prices === undefined),
  { error: "write either price, or prices by vehicle class", path: ["price"] },
);

const fields = {
  tariff_id: z
    .string({ error: "name the tariff: letters, digits and dashes" })
    .regex(/^[A-Za-z0-9][\w.-]{0,62}$/, "write letters, digits and dashes, at most 63"),
  /** A version never changes; a change is a new version. */
  version: z.number({ error: "write a whole number from 1" }).int().positive(),
  name: z.string({ error: "write the tariff's name" }).min(1).max(100),
  currency: z
    .string({ error: "use the three letters of ISO 4217, for example EUR" })
    .regex(/^[A-Z]{3}$/, "use the three letters of ISO 4217, for example EUR")
    .refine((code) => !/^[A-Z]{3}$/.test(code) || isCurrency(code), {
      error: ({ input }) => `ISO 4217 knows no ${String(input)}; write for example EUR`,
    }),
  /** IANA; for commands without a facility. At a facility its own zone counts. */
  time_zone: z
    .string()
    .refine(isTimeZone, "use an IANA zone, for example Europe/Berlin")
    .optional(),
  /** Stays that begin from then on. */
  valid_from: moment,
  /** Stays that begin before then. */
  valid_to: moment.optional(),
  supersedes: strict({
    tariff_id: z.string().min(1),
    version: z.number().int().positive(),
  }).optional(),
  jurisdiction: strict({
    /** The law there wants every minute charged, and none that was not parked (Spain). */
    per_minute_billing: z.boolean().optional(),
  }).optional(),
  /** Public holidays beside the facility's own; ISO dates. */
  holidays: z.array(z.iso.date("write a date, for example 2026-12-25")).max(1000).optional(),

  /** How a fraction of the smallest amount becomes a whole one; once, of the sum. */
  rounding: z.enum(["half-up", "half-even", "up", "down"]).optional(),
  /** The smallest amount; left out: one minor unit. */
  round_to: Amount.optional(),
  /** How a part of a step counts; left out: `up`, as a whole one. */
  time_rounding: z.enum(["up", "down", "nearest"]).optional(),
  /**
   * What becomes of a step when another rate begins. `once` (left out: this): time is counted exactly, and the sum
   * rounded by the last rate's step at its price. `each`: a new step begins. `run_on`: the step is finished first.
   */
  step_rule: z.enum(["once", "each", "run_on"]).optional(),
  /** What a stay is that ends before it begins; left out: `refuse`. */
  negative_stay: z.enum(["refuse", "free"]).optional(),

  rates: z
    .array(Rate, { error: "write at least one rate" })
    .min(1, "write at least one rate")
    .max(100),
  /** The first that fits counts. */
  free: z.array(FreeTime).max(20).optional(),
  fees: z.array(Fee).max(20).optional(),
  caps: z.array(Cap).max(10).optional(),
  minimum: Bound.optional(),
  maximum: Bound.optional(),
  specials: z.array(Special).max(20).optional(),
  events: z.array(TariffEvent).max(500).optional(),
  /** A vehicle that comes back soon. */
  reentry: strict({
    within: SomeSpan,
    /** `continues`: as if it had never left, less what was paid; `new` (left out: this): another stay. */
    stay: z.enum(["continues", "new"]).optional(),
    /** Whether a new stay has its free time again; left out: it has not. */
    free_again: z.boolean().optional(),
    /** Whether a new stay pays the fees of an entry again; left out: it does not. */
    fees_again: z.boolean().optional(),
  }).optional(),
  /** How long a driver may take from paying to leaving; left out: 15 min. */
  exit_grace: Span.optional(),
  /** So long a quote that a driver was given is honoured, whatever the price becomes meanwhile; left out: 5 min. */
  quote_hold: Span.optional(),
  /** What is charged after the grace; left out: the price of the whole stay, less what was paid. */
  after_grace: AfterGrace.optional(),
  /** Left out: the attendant must find out when the vehicle came. */
  lost_ticket: LostTicket.optional(),
  tax: strict({
    percent: Percent,
    prices: z.enum(["inclusive", "exclusive"], { error: "write inclusive or exclusive" }),
  }).optional(),
};

const Whole = strict(fields).superRefine((tariff, ctx) => {
  for (const { path, message } of crossChecksOf(tariff))
    ctx.addIssue({ code: "custom", path: [...path], message });
});

/**
 * A tariff as it is written, travels and is kept: versioned, immutable, data. Amounts are decimals in major units as
 * on the sign, lengths of time are words (`15 min`). One of the first shape (`hourly_minor`) is read as what it says.
 */
export const Tariff = z.preprocess(upgradeTariff, Whole);
export type Tariff = z.infer<typeof Whole>;

/** The tariff of a facility that has been given none (requirements T14–T17). */
export const defaultTariff: Tariff = {
  tariff_id: "default",
  version: 1,
  name: "Standard",
  currency: "EUR",
  valid_from: "1970-01-01T00:00:00Z",
  rounding: "half-up",
  rates: [
    {
      name: "hourly",
      prices: { car: "2.50", motorcycle: "1.00", truck: "5.00", bus: "10.00" },
      per: "1 h",
      step: "15 min",
    },
  ],
  exit_grace: "15 min",
};

/** Everything that is wrong with a tariff at once, each with its path and what to write. */
export function checkTariff(
  value: unknown,
): { readonly tariff: Tariff } | { readonly complaints: readonly Complaint[] } {
  const upgraded = upgradeTariff(value);
  const parsed = Whole.safeParse(upgraded);
  if (parsed.success) return { tariff: parsed.data };
  const complaints = parsed.error.issues.flatMap(complaintsOfIssue);
  const said = new Set(complaints.map(({ path }) => path));
  const across = crossChecksOf(upgraded)
    .map(({ path, message }) => ({ path: pathText(path), message }))
    .filter(({ path }) => !said.has(path));
  return { complaints: [...complaints, ...across] };
}

/** Each unknown field is a complaint of its own, with its own path. */
function complaintsOfIssue(issue: z.core.$ZodIssue): Complaint[] {
  if (issue.code !== "unrecognized_keys")
    return [{ path: pathText(issue.path), message: issue.message }];
  const messages = issue.message.split(unknownFieldsBetween);
  return issue.keys.map((key, index) => ({
    path: pathText([...issue.path, key]),
    message: messages[index] ?? issue.message,
  }));
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
