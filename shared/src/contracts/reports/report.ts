import { z } from "zod";

/*
 * What all reports have. Amounts come twice: in whole minor units (`…_minor`), and as the decimal number that the
 * analytics backend had under its own name. Rates of occupancy are per cent, 0 to 100.
 */

export const instant = z.iso.datetime();
export const day = z.iso.date();
export const count = z.number().int().nonnegative();
export const minor = z.number().int().nonnegative();
export const signedMinor = z.number().int();
/** 0 to 100. */
export const percent = z.number().min(0).max(100);
/** 0 to 1. */
export const share = z.number().min(0).max(1);

/** How fresh the numbers are: everything counts as far as the facility's ledger is held. */
export const ReportAbout = z.object({
  facility_id: z.string(),
  facility_name: z.string(),
  timezone: z.string(),
  currency: z.string(),
  /** When it was computed. */
  as_of: instant,
  /** The moment of the newest ledger line that is held. */
  facts_until: instant.nullable(),
  heard_at: instant.nullable(),
  /** Lines that the facility has written and head office does not hold; null when it does not tell. */
  lines_to_come: count.nullable(),
  /** Lines that were not understood: what they say is missing here. */
  set_aside: count,
  /** How old the newest facts may be; null when the facility was never heard. */
  lag_s: count.nullable(),
});
export type ReportAbout = z.infer<typeof ReportAbout>;

/** Days at the facility, both inclusive. */
export const Period = z.object({ from: day, to: day });
export type Period = z.infer<typeof Period>;

/** By the name of a number: the address that lists the sessions or payments it counts. */
export const Opens = z.record(z.string(), z.string());

/** A zone under the name that people use, and under the analytics backend's key. */
export const ZoneNamed = {
  /** Null: the part that no zone can be named for. */
  zone_id: z.string().nullable(),
  zone_name: z.string(),
  slot__zone__name: z.string(),
};
