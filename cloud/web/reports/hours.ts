import { locale } from "../frame/language.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time at which an hour begins at the facility, "14:00"; the hour that comes twice has one name. */
export function hourText(start: string, timezone: string): string {
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: timezone });
  formats.set(timezone, format);
  return format.format(Date.parse(start));
}
