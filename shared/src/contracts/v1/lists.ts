import { z } from "zod";

const limitMax = 500;

/** What every list of the API may be asked. */
export const listPage = {
  /** The `next_cursor` of the page before. */
  cursor: z.string().max(300).optional(),
  /** Rows on a page. */
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "write a whole number, for example 100")
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= limitMax, `write a number from 1 to ${limitMax}`)
    .optional(),
};

/** Rows on a page where nobody says how many. */
export const usualLimit = 100;
