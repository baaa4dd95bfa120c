import type { RetentionSettings } from "@gatehouse/shared/contracts/retention";

/** How long something stays: so many days, as the facility has set, or whole calendar years. */
export type Term =
  | { readonly kind: "days"; readonly days: number }
  | { readonly kind: "setting"; readonly name: "raw_days" | "plate_days" | "staff_days" }
  /** The year in which it ended, and as many whole ones as the facility has set after it. */
  | { readonly kind: "money-years" };

const dayMs = 86_400_000;

/** Before which day something may go, as `2026-11-20`; what happened on that day still stays. */
export function cutoffDay(term: Term, settings: RetentionSettings, today: string): string {
  if (term.kind === "money-years")
    return `${Number(today.slice(0, 4)) - settings.money_years}-01-01`;
  const days = term.kind === "days" ? term.days : settings[term.name];
  return new Date(Date.parse(today) - days * dayMs).toISOString().slice(0, 10);
}

/** What a facility has where nobody has set anything. */
export const usualRetention: RetentionSettings = {
  raw_days: 90,
  plate_days: 90,
  staff_days: 1095,
  money_years: 10,
};
