import { z } from "zod";
import { paymentMethods } from "./money-terms.ts";

const instant = z.iso.datetime();
const day = z.iso.date();
const count = z.number().int().nonnegative();
const minor = z.number().int().nonnegative();
const signed = z.number().int();

/** What was taken by one way to pay, and what of such payments went back (refunds and reversals) in the same days. */
const MethodTakings = z.object({
  /** Null where the beginning of the payment never reached head office. */
  method: z.enum(paymentMethods).nullable(),
  count,
  taken_minor: minor,
  given_back_minor: minor,
});

/** Revenue of one tax rate less what was given back, as the books have it; below zero where more went back. */
const RateRevenue = z.object({
  /** Parts per million; null where postings name none. */
  rate_ppm: z.number().int().nullable(),
  net_minor: signed,
  tax_minor: signed,
});

/** One facility's money today, at the facility's own day, in its currency. */
export const FacilityMoney = z.object({
  day,
  methods: z.array(MethodTakings),
  rates: z.array(RateRevenue),
  /** What drivers still owe by their notes, of all days. */
  debts: z.object({ open: count, owed_minor: minor }),
  /** The last closed shift of each drawer. */
  shifts: z.array(
    z.object({
      drawer_id: z.string(),
      operator: z.string(),
      z_number: count,
      closed_at: instant,
      counted_minor: minor,
      /** Counted less expected. */
      difference_minor: signed,
    }),
  ),
});
export type FacilityMoney = z.infer<typeof FacilityMoney>;

/** So many days at most in one question. */
export const bookDaysMax = 400;

/**
 * `GET /api/facilities/{id}/books?from=2026-11-01&to=2026-11-30`: days at the facility, both inclusive; left out, today.
 * Everything is as far as the ledger is held: `facts_until` and `to_come` say how far that is.
 */
export const FacilityBooks = z.object({
  as_of: instant,
  from: day,
  to: day,
  /** The moment of the newest ledger line that is held. */
  facts_until: instant.nullable(),
  /** Lines that the facility has written and head office does not hold; null when it does not tell. */
  to_come: count.nullable(),
  /** Lines that were not understood: there may be money in them. */
  set_aside: count,
  /** Every account at the end of `to`, debits less credits. */
  balances: z.array(z.object({ account: z.string(), currency: z.string(), minor: signed })),
  /** The balances of each currency sum to nothing. */
  is_balanced: z.boolean(),
  revenue: z.array(RateRevenue.extend({ day })),
  methods: z.array(MethodTakings),
});
export type FacilityBooks = z.infer<typeof FacilityBooks>;
