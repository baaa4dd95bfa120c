import { reportDaysMax } from "@gatehouse/shared/contracts/reports/asked";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { Question } from "./address.ts";

/** What can be chosen by one press. Seven, thirty and ninety days are days that are over. */
export const periodNames = ["today", "7", "30", "90", "month", "custom"] as const;
export type PeriodName = (typeof periodNames)[number];

const usual: PeriodName = "30";
const dayMs = 86_400_000;

/** The days that a page's question asks for, at its facility. */
export interface ChosenPeriod extends Period {
  readonly name: PeriodName;
}

/**
 * Reads `period=`, or `from=` and `to=` of a question; what makes no sense is the last thirty days.
 *
 * @param today the present day at the facility, `2026-11-20`
 */
export function periodOf(question: Question, today: string): ChosenPeriod {
  const { from = "", to = "" } = question;
  if (isDay(from) && isDay(to) && daysWrong(from, to) === undefined)
    return { name: "custom", from, to };
  const name = periodNames.find((each) => each === question["period"]) ?? usual;
  return { name: name === "custom" ? usual : name, ...daysOf(name, today) };
}

function daysOf(name: PeriodName, today: string): Period {
  switch (name) {
    case "today":
      return { from: today, to: today };
    case "month":
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case "custom":
      return daysOf(usual, today);
    default:
      return { from: shiftDay(today, -Number(name)), to: shiftDay(today, -1) };
  }
}

/** Why two days are no period; undefined where they are one. */
export function daysWrong(from: string, to: string): "backwards" | "too-many" | undefined {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (!(days >= 1)) return "backwards";
  return days > reportDaysMax ? "too-many" : undefined;
}

/** The calendar has it: not the 30th of February. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

/** The calendar day so many days later. */
export const shiftDay = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * dayMs).toISOString().slice(0, 10);
