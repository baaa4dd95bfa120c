import { type Duration, hours, type Instant } from "@gatehouse/shared/time";
import { addPeriod } from "../calendar.ts";

export type RenewalPeriod = "week" | "month" | "year";

/** After each refusal the next try is so many days later; then it is tried at the last distance until the grace ends. */
const backOffDays = [1, 2, 3] as const;
const day: Duration = hours(24);

/** How far a permit is paid after one more period; a month ends on the same day of the next, or on its last. */
export const paidAfter = (paidUntil: Instant, period: RenewalPeriod, timezone: string): Instant =>
  addPeriod(paidUntil, period, timezone);

/** When it is asked for again after so many refusals in a row. @param tries at least 1 */
export const nextTryAfter = (now: Instant, tries: number): Instant =>
  (now + (backOffDays[Math.min(tries, backOffDays.length) - 1] ?? 1) * day) as Instant;

/** Until when the permit holds although its next period is not paid. */
export const holdsUntil = (paidUntil: Instant, graceDays: number): Instant =>
  (paidUntil + graceDays * day) as Instant;
