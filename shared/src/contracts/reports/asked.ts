import { z } from "zod";

const day = z.iso.date("write a day, for example 2026-11-20");
const dayMs = 86_400_000;
/** So many days at most in one question. */
export const reportDaysMax = 400;
const most = `ask for at most ${reportDaysMax} days`;

const wholeNumber = (least: number, highest: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, "write a whole number, for example 30")
    .transform(Number)
    .refine((value) => value >= least && value <= highest, {
      message: `write a number from ${least} to ${highest}`,
    });

/** Days at the facility, both inclusive; both or neither (then the last 30 that are over). */
const days = { from: day.optional(), to: day.optional() };

const lengthOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }): number =>
  from === undefined || to === undefined ? 1 : (Date.parse(to) - Date.parse(from)) / dayMs + 1;

const inOrder = <T extends z.ZodType<{ from?: string | undefined; to?: string | undefined }>>(
  asked: T,
) =>
  asked
    .refine(({ from, to }) => (from === undefined) === (to === undefined), {
      path: ["to"],
      error: "write from and to, each a day, for example from=2026-11-01&to=2026-11-30",
    })
    .refine((value) => !(lengthOf(value) < 1), {
      path: ["to"],
      error: "write a day that is not before from",
    })
    .refine((value) => !(lengthOf(value) > reportDaysMax), { path: ["from"], error: most });

/** `?from=&to=` */
export const PeriodAsked = inOrder(z.object(days));
export type PeriodAsked = z.infer<typeof PeriodAsked>;

/** `?days=30`: days that are over. */
export const DaysOverAsked = z.object({ days: wholeNumber(1, reportDaysMax).optional() });

/** `?days=7`: days to come, 7, 14 or 28. */
export const ForecastAsked = z.object({
  days: z.enum(["7", "14", "28"], { error: "write 7, 14 or 28" }).transform(Number).optional(),
});

/** `?date=2026-11-20`: left out, today. */
export const DateAsked = z.object({ date: day.optional() });

const text = z.string().max(200);
const page = {
  /** The next page's `next_cursor`. */
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(1, 500).optional(),
};

/** Which sessions: `by` says whether the days are those of the entry or of the exit. */
export const SessionsAsked = inOrder(
  z.object({
    ...days,
    ...page,
    by: z.enum(["entry", "exit"]).optional(),
    /** The hour of the day on clocks there, of the entry or the exit. */
    hour: wholeNumber(0, 23).optional(),
    lane: text.optional(),
    vehicle_class: text.optional(),
    /** As it is written on the vehicle; spaces and dashes do not matter. */
    plate: text.optional(),
    /** Where its vehicle stands, or stood last. */
    space: text.optional(),
    state: text.optional(),
    permit: z.enum(["yes", "no"]).optional(),
  }),
);
export type SessionsAsked = z.infer<typeof SessionsAsked>;

/** Which payments: `by` says what happened on the days. */
export const PaymentsAsked = inOrder(
  z.object({
    ...days,
    ...page,
    by: z.enum(["captured", "reversed", "charged-back", "refunded", "started"]).optional(),
    method: text.optional(),
    purpose: text.optional(),
    lane: text.optional(),
    state: text.optional(),
    session_id: text.optional(),
  }),
);
export type PaymentsAsked = z.infer<typeof PaymentsAsked>;

/** `?plate=`: as it is written on the vehicle; spaces and dashes do not matter. */
export const VehicleAsked = z.object({ plate: z.string().min(1, "write the plate").max(50) });

/** `?cursor=&limit=` */
export const PageAsked = z.object(page);
export type PageAsked = z.infer<typeof PageAsked>;
