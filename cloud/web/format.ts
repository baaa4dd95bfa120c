import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { locale } from "./words.ts";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

/** What is not known is "–", never 0. */
export const unknown = "–";

export const countText = (count: number | null): string =>
  count === null ? unknown : whole.format(count);

/** Without a currency the amount has no meaning yet. */
export const moneyText = (amountMinor: number, currency: string | null): string =>
  currency === null ? unknown : formatMinor(minorUnits(amountMinor), currency, locale);

/** How long, in one unit or two: "40 s", "12 min", "2 h 30", "3 d". */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(hours / 24)} d`;
}

/** How long before `now` something was. */
export const ageText = (at: string, now: string): string =>
  durationText(Date.parse(now) - Date.parse(at));

/** Formatters are dear to make; a browser knows some 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string, style: "time" | "moment"): Intl.DateTimeFormat {
  const key = `${style} ${timezone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const shape =
    style === "time"
      ? ({ timeStyle: "medium" } as const)
      : ({ dateStyle: "medium", timeStyle: "medium" } as const);
  const format = new Intl.DateTimeFormat(locale, { ...shape, timeZone: timezone });
  formats.set(key, format);
  return format;
}

/** The time of day in the facility's own zone. */
export const timeText = (at: string, timezone: string): string =>
  formatOf(timezone, "time").format(Date.parse(at));

/** Day and time in the facility's own zone, for what is hovered and for what is not of today. */
export const momentText = (at: string, timezone: string): string =>
  formatOf(timezone, "moment").format(Date.parse(at));

/** Enough of a hash to compare by eye. */
export const shortHash = (hash: string | null): string => hash?.slice(0, 10) ?? unknown;
