import { decimalsOf, formatMinor, minorUnits } from "@gatehouse/shared/money";
import { durationText } from "../../shared/web/duration.ts";
import { zoneTimes } from "../../shared/web/zone-times.ts";
import { locale } from "./frame/language.ts";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

/** What is not known is "–", never 0. */
export const unknown = "–";

export const countText = (count: number | null): string =>
  count === null ? unknown : whole.format(count);

/** Without a currency the amount has no meaning yet. */
export const moneyText = (amountMinor: number, currency: string | null): string =>
  currency === null ? unknown : formatMinor(minorUnits(amountMinor), currency, locale);

/** The same, short: without the digits of a whole amount, "€1,400", for axes and estimates. */
export const shortMoneyText = (amountMinor: number, currency: string | null): string =>
  currency === null
    ? unknown
    : new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        trailingZeroDisplay: "stripIfInteger",
      }).format(decimalsOf(currency)(minorUnits(amountMinor)));

/** An estimate of an amount, in three digits; more would promise too much. */
export const roughMoneyText = (amountMinor: number, currency: string | null): string =>
  shortMoneyText(Math.round(Number(amountMinor.toPrecision(3))), currency);

const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 });

/** A tax rate in parts per million: 190000 is "19 %". */
export const rateText = (ratePpm: number): string => percent.format(ratePpm / 1_000_000);

const civilDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

/** A day as the facility's calendar has it, `2026-11-20`. */
export const dayText = (day: string): string => civilDay.format(Date.parse(day));

/** How long before `now` something was. */
export const ageText = (at: string, now: string): string =>
  durationText(Date.parse(now) - Date.parse(at));

const times = zoneTimes(locale);

/** The time of day in the facility's own zone. */
export const timeText = (at: string, timezone: string): string =>
  times.timeText(Date.parse(at), timezone);

const minutes = zoneTimes(locale, "short");

/** The same to the minute, where no second matters. */
export const minuteText = (at: string, timezone: string): string =>
  minutes.momentText(Date.parse(at), timezone);

/** Day and time in the facility's own zone, for what is hovered and for what is not of today. */
export const momentText = (at: string, timezone: string): string =>
  times.momentText(Date.parse(at), timezone);

/** Enough of a hash to compare by eye. */
export const shortHash = (hash: string | null): string => hash?.slice(0, 10) ?? unknown;

const shortPercent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });

/** A share for reading: 81.25 is "81.3 %". @param percent 0 to 100; null: not known */
export const percentText = (value: number | null): string =>
  value === null ? unknown : shortPercent.format(value / 100);

const oneDecimal = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A mean of small numbers, as it stands in a column: "3.4", "8.0". */
export const decimalText = (value: number): string => oneDecimal.format(value);

const signedPercent = new Intl.NumberFormat(locale, {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

/** By how much something differs: "+3.5 %". @param percent a hundredth is 1 */
export const signedPercentText = (value: number): string => signedPercent.format(value / 100);
