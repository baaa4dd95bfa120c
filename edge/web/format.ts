import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { zoneTimes } from "../../shared/web/zone-times.ts";
import { locale } from "./words.ts";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

const precise = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });

export const countText = (count: number): string => whole.format(count);

/** @param fraction 0–1 */
export const percentText = (fraction: number): string => share.format(fraction);

/** To a tenth of a percent. @param fraction 0–1 */
export const preciseText = (fraction: number): string => precise.format(fraction);

export const moneyText = (amountMinor: number, currency: string): string =>
  formatMinor(minorUnits(amountMinor), currency, locale);

/** The facility's own times, of milliseconds since 1970. */
export const { timeText, momentText } = zoneTimes(locale);

const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

/** @param day a civil day as "2026-03-04" */
export function dayText(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : days.format(at);
}
