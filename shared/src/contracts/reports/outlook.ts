import { z } from "zod";
import { count, day, instant, ReportAbout } from "./report.ts";

/* What is coming: the forecast, and the holidays and events that it knows of. */

const value = z.number().nonnegative();

/** How wrong a way of forecasting was on the past, in the unit of what is forecast. */
export const ForecastAccuracy = z.object({
  /** Mean absolute error. */
  mae: value,
  /** All absolute errors of all that came, as per cent; null where nothing came. */
  wape_percent: value.nullable(),
});

/** The model and the same hour last week on the very same past hours, so many days ahead. */
export const TestedHorizon = z.object({
  from_day: count,
  to_day: count,
  hours: count,
  model: ForecastAccuracy,
  naive: ForecastAccuracy,
});
export type TestedHorizon = z.infer<typeof TestedHorizon>;

export const ForecastHour = z.object({
  start: instant,
  day,
  /** As clocks show it there, 0–23. */
  hour: z.number().int().min(0).max(23),
  expected: value,
  /** Four in five past hours lay between them; null where that could not be tried. */
  low: value.nullable(),
  high: value.nullable(),
});
export type ForecastHour = z.infer<typeof ForecastHour>;

const told = z.object({
  kind: z.literal("forecast"),
  /** `model`: it was better on the past; `naive`: the same hour last week, because the model was not. */
  method: z.enum(["model", "naive"]),
  known_days: count,
  hours: z.array(ForecastHour),
  /** Null: too little is known to try. */
  backtest: z
    .object({ origins: count, all: TestedHorizon, by_horizon: z.array(TestedHorizon) })
    .nullable(),
});

/** A forecast of one thing, or why there is none. */
export const ForecastTold = z.discriminatedUnion("kind", [
  told,
  z.object({ kind: z.literal("too-little"), known_days: count, needed_days: count }),
]);
export type ForecastTold = z.infer<typeof ForecastTold>;

/** A day that is a public holiday at the facility; `kept` here, or named by the tariff sent last. */
export const HolidayTold = z.object({ day, name: z.string(), from: z.enum(["kept", "tariff"]) });
export type HolidayTold = z.infer<typeof HolidayTold>;

export const EventTold = z.object({
  event_id: z.string(),
  name: z.string(),
  begins_at: instant,
  ends_at: instant,
  /** Null: as earlier events of this name did. */
  expected_percent: z.number().int().nullable(),
});
export type EventTold = z.infer<typeof EventTold>;

/** `GET forecast?days=7|14|28` */
export const ForecastReport = z.object({
  about: ReportAbout,
  days: count,
  /** What is counted: spaces occupied on average in an hour, or where no sensors tell it vehicles inside. */
  occupancy_of: z.enum(["spaces", "vehicles"]),
  capacity: count.nullable(),
  occupancy: ForecastTold,
  /** In whole minor units, taken in the hour. */
  revenue: ForecastTold,
  holidays: z.array(HolidayTold),
  events: z.array(EventTold),
});
export type ForecastReport = z.infer<typeof ForecastReport>;

const requestId = z.string().min(1).max(100);
const name = z.string().trim().min(1, "write its name").max(100);

/** `POST …/holidays`: keeps a day as a public holiday; a day that is kept already takes the new name. */
export const HolidayOrder = z.strictObject({ request_id: requestId, day, name });
export type HolidayOrder = z.infer<typeof HolidayOrder>;

/** Longer ones are seasons, which the forecast finds by itself. */
const longestEventDays = 31;

/** `POST …/events`: an event to come, or one of the past from which the next is learnt. */
export const EventOrder = z
  .strictObject({
    request_id: requestId,
    name,
    begins_at: instant,
    ends_at: instant,
    expected_percent: z
      .number()
      .int()
      .min(-100, "it cannot be fewer than none: write -100 or more")
      .max(900, "write at most 900 per cent more")
      .nullable(),
  })
  .refine(({ begins_at, ends_at }) => begins_at < ends_at, {
    path: ["ends_at"],
    error: "write a moment after begins_at",
  })
  .refine(
    ({ begins_at, ends_at }) =>
      Date.parse(ends_at) - Date.parse(begins_at) <= longestEventDays * 86_400_000,
    { path: ["ends_at"], error: `an event lasts at most ${longestEventDays} days` },
  );
export type EventOrder = z.infer<typeof EventOrder>;

/** `GET …/calendar`: everything that is kept. */
export const CalendarKept = z.object({
  about: ReportAbout,
  holidays: z.array(HolidayTold),
  events: z.array(EventTold),
});
export type CalendarKept = z.infer<typeof CalendarKept>;
