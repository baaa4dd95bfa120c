import { z } from "zod";
import { vehicleClasses } from "../vehicle.ts";
import { nearMiss } from "./near-miss.ts";

/*
 * The small words of a tariff: amounts, spans, clock times, days. A tariff is kept as it was written; what reads
 * these words (`decimalOf`, `spanMs`, …) stands beside them.
 */

/**
 * Money as on the sign: major units in decimals, 2.50 or "2.50"; up to eight digits after the point, because some
 * countries' minutes cost fractions of a cent.
 */
export const Amount = z
  .union([z.number(), z.string()], { error: "write an amount, for example 2.50" })
  .refine((value) => /^\d{1,12}(\.\d{1,8})?$/.test(String(value)), {
    error: "write an amount of money, not negative, for example 2.50",
  });
export type Amount = z.infer<typeof Amount>;

/** A percentage: 19 or "8.875"; at most four digits after the point. */
export const Percent = z
  .union([z.number(), z.string()], { error: "write a percentage, for example 19" })
  .refine((value) => /^\d{1,3}(\.\d{1,4})?$/.test(String(value)), {
    error: "write a percentage from 0 to 999, for example 19 or 8.875",
  });

/** Days count as 24 hours. */
const spanUnits = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1000 } as const;
const spanText = /^\d{1,6} ?(d|h|min|s)( \d{1,6} ?(d|h|min|s))*$/;

/** A length of time: `15 min`, `1 h 30 min`, `24 h`, `7 d`, `90 s`. */
export const Span = z
  .string({ error: "write a length of time, for example 15 min, 1 h or 7 d" })
  .refine((text) => spanText.test(text), {
    error: "write a length of time, for example 15 min, 1 h 30 min or 7 d",
  });

/** A length of time that is not nothing. */
export const SomeSpan = Span.refine((text) => !spanText.test(text) || spanMs(text) > 0, {
  error: "must be longer than nothing",
});

/** The length of a `Span` in milliseconds. */
export function spanMs(text: string): number {
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+) ?(d|h|min|s)/g))
    sum += Number(count) * spanUnits[unit as keyof typeof spanUnits];
  return sum;
}

/** A decimal number as a whole one: 2.50 is `units` 25 (or 250) over ten to the power of `digits`. */
export function decimalOf(value: number | string): { readonly units: bigint; digits: number } {
  const [whole = "0", fraction = ""] = String(value).split(".");
  return { units: BigInt(whole + fraction), digits: fraction.length };
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A time on the wall clock. */
export const ClockTime = z
  .string({ error: "write HH:MM, 00:00 to 23:59" })
  .regex(clock, "write HH:MM, 00:00 to 23:59");

/** `24:00` is the end of the day. */
export const ClockEnd = z
  .string({ error: "write HH:MM, 00:00 to 24:00" })
  .refine((text) => text === "24:00" || clock.test(text), "write HH:MM, 00:00 to 24:00");

/** Minutes since midnight of a clock time. */
export const minuteOf = (text: string): number =>
  Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const dayWords: readonly string[] = [...weekdays, "holiday", "day_before_holiday"];

/** Days: `mon`, `mon-fri`, `fri-mon`, `holiday`, `day_before_holiday`. A holiday is no day of the week. */
export const Day = z
  .string({ error: `write one of ${dayWords.join(", ")}, or a range such as mon-fri` })
  .refine((text) => daysIn(text).length > 0, {
    error: ({ input }) =>
      `there is no day "${String(input)}"${nearMiss(String(input), dayWords)}; write one of ${dayWords.join(", ")}, or a range such as mon-fri`,
  });

/** The days that a word names, in the order of the week. @returns none of a word that names no day */
export function daysIn(text: string): string[] {
  if (dayWords.includes(text)) return [text];
  const [first, last, ...more] = text.split("-");
  const from = weekdays.indexOf(first as (typeof weekdays)[number]);
  const to = weekdays.indexOf(last as (typeof weekdays)[number]);
  if (from < 0 || to < 0 || more.length > 0) return [];
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => weekdays[(from + index) % 7] ?? "");
}

/** A day of every year (`05-01`) or of one (`2026-05-01`). */
export const DateOfSeason = z
  .string({ error: "write a date: 05-01 of every year, or 2026-05-01" })
  .refine((text) => isDate(text.length === 5 ? `2024-${text}` : text), {
    error: "write a date that there is: 05-01 of every year, or 2026-05-01",
  });

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Amounts by vehicle class; a class that is not named pays as `car`. */
export const AmountsByClass = z
  .strictObject(
    Object.fromEntries(vehicleClasses.map((name) => [name, Amount.optional()])) as Record<
      (typeof vehicleClasses)[number],
      z.ZodOptional<typeof Amount>
    >,
    { error: unknownField(vehicleClasses) },
  )
  .refine(({ car }) => car !== undefined, {
    error: "name the price of class car: every class without its own pays it",
    path: ["car"],
  });

/** Stands between the messages of several unknown fields of one object. */
export const unknownFieldsBetween = "; and ";

/** The message for a field that nothing knows, with the word that may have been meant. */
export function unknownField(
  known: readonly string[],
): (issue: {
  readonly code?: string;
  readonly keys?: readonly PropertyKey[];
}) => string | undefined {
  return ({ code, keys = [] }) =>
    code === "unrecognized_keys"
      ? keys
          .map((key) => `there is no field ${String(key)} here${nearMiss(String(key), known)}`)
          .join(unknownFieldsBetween)
      : undefined;
}

/** A strict object whose unknown fields are answered with the nearest known one. */
export const strict = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: unknownField(Object.keys(shape)) });
