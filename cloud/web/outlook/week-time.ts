import { locale } from "../frame/language.ts";

const dayMs = 86_400_000;
/** Some Monday. */
const monday = Date.UTC(2026, 0, 5);
const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

const hourText = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** An hour of the week, 0 is Monday's first: "Fri 17:00". */
export const slotText = (slot: number): string =>
  `${weekday.format(monday + Math.floor(slot / 24) * dayMs)} ${hourText(slot % 24)}`;

/** An hour of a day: "Fri, 20 Nov, 17:00". @param day `2026-11-20` */
export const dayHourText = (day: string, hour: number): string =>
  `${shortDay.format(Date.parse(day))}, ${hourText(hour)}`;

const weekdayDay = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  day: "numeric",
  timeZone: "UTC",
});

/** A day where many stand beside each other: "Fri 20". */
export const weekdayText = (day: string): string => weekdayDay.format(Date.parse(day));
