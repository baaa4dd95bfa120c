import { z } from "zod";
import { takes, v1Route } from "./route.ts";

const count = z.number().int().nonnegative();

/** How requests went, by route; those of all processes, the last minute perhaps missing. */
export const RequestsTold = z.object({
  as_of: z.iso.datetime(),
  /** The first hour of the clock that counts. */
  from: z.iso.datetime(),
  routes: z.array(
    z.object({
      route: z.string(),
      requests: count,
      /** Answered with 4xx, and with 5xx. */
      refused: count,
      failed: count,
      mean_ms: z.number().nonnegative(),
      /** How many were answered within so many milliseconds. */
      within_50_ms: count,
      within_100_ms: count,
      within_300_ms: count,
      within_1000_ms: count,
      within_3000_ms: count,
    }),
  ),
});
export type RequestsTold = z.infer<typeof RequestsTold>;

export const getRequests = v1Route({
  id: "getRequests",
  method: "GET",
  path: "/v1/requests",
  area: "API",
  summary: "How fast head office answered in the last hours, by route.",
  access: takes("see-audit"),
  query: z.object({
    hours: z
      .string()
      .regex(/^\d{1,3}$/, "write a whole number, for example 24")
      .transform(Number)
      .refine((hours) => hours >= 1 && hours <= 720, "write a number from 1 to 720")
      .optional(),
  }),
  answer: RequestsTold,
});
