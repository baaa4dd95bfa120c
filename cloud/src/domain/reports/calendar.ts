import type { Period } from "@gatehouse/shared/contracts/reports/report";

/** A report that the calendar asks for. */
export interface DueReport {
  readonly type: "daily" | "weekly" | "monthly";
  readonly period: Period;
}

const dayMs = 86_400_000;
const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * What is due on a day: yesterday every day, the week from Monday to Sunday that ended last, and the calendar month
 * that ended last.
 *
 * @param today a day at the facility, as `2026-11-20`
 */
export function dueReports(today: string): DueReport[] {
  const at = Date.parse(today);
  const yesterday = dayText(at - dayMs);
  // Monday is 0.
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  const sunday = at - (weekday + 1) * dayMs;
  const [year = 0, month = 1] = today.split("-").map(Number);
  const monthEnd = Date.UTC(year, month - 1, 1) - dayMs;
  return [
    { type: "daily", period: { from: yesterday, to: yesterday } },
    { type: "weekly", period: { from: dayText(sunday - 6 * dayMs), to: dayText(sunday) } },
    {
      type: "monthly",
      period: { from: `${dayText(monthEnd).slice(0, 8)}01`, to: dayText(monthEnd) },
    },
  ];
}
