import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { locale } from "./words.ts";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

export const countText = (count: number): string => whole.format(count);

/** @param fraction 0–1 */
export const percentText = (fraction: number): string => share.format(fraction);

export const moneyText = (amountMinor: number, currency: string): string =>
  formatMinor(minorUnits(amountMinor), currency, locale);

/** How long, in one unit or two: "40 s", "12 min", "2 h 30". */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(hours / 24)} d`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day in the facility's own zone. */
export function timeText(at: number, timezone: string): string {
  let clock = clocks.get(timezone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone: timezone });
    clocks.set(timezone, clock);
  }
  return clock.format(at);
}

/** Day and time in the facility's own zone, for what is hovered and what stands in tables. */
export const momentText = (at: number, timezone: string): string =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: timezone,
  }).format(at);

const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

/** @param day a civil day as "2026-03-04" */
export function dayText(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : days.format(at);
}
