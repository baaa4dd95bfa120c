import type { PenaltyStatus } from "@gatehouse/shared/contracts/money-terms";
import type { EscalationStep, ViolationRule } from "@gatehouse/shared/contracts/violation-config";
import type { Instant } from "@gatehouse/shared/time";
import { endOfDay } from "./calendar.ts";

/** What a violation costs over time, as the rule was when it was found. */
export type ViolationTerms = Omit<ViolationRule, "enabled">;

const moves: Readonly<Record<PenaltyStatus, readonly PenaltyStatus[]>> = {
  detected: ["review", "issued"],
  review: ["issued", "waived"],
  issued: ["due", "paid", "waived", "disputed"],
  due: ["escalated", "paid", "waived", "disputed"],
  escalated: ["escalated", "paid", "waived", "disputed"],
  disputed: ["due", "paid", "waived"],
  // A payment can be taken back.
  paid: ["due"],
  waived: [],
};

/**
 * Whether a violation may go from one status to another (requirements D, Violation). `issued`: the time of its
 * discount runs; `due`: it costs its full price; `escalated`: steps for lateness were added; `disputed`: its days
 * stand still until somebody has decided.
 */
export const violationMayBecome = (from: PenaltyStatus, to: PenaltyStatus): boolean =>
  moves[from].includes(to);

/** Something is owed for it, and its days run. */
export const isRunning = (status: PenaltyStatus): boolean =>
  status === "issued" || status === "due" || status === "escalated";

/** Percent of an amount in whole minor units, half up. */
const percentOf = (minor: number, percent: number): number =>
  Math.floor((minor * percent + 50) / 100);

/** What is let off when it is paid in time; never more than the penalty. */
export const discountOf = ({ penalty_minor, discount_percent, discount_days }: ViolationTerms) =>
  discount_days === 0 ? 0 : percentOf(penalty_minor, discount_percent);

/** The days of a penalty, each the end of a civil day of the facility. @param from when they began to run */
export function violationDates(
  terms: ViolationTerms,
  from: Instant,
  timezone: string,
): { readonly discountUntil: Instant | undefined; readonly dueAt: Instant } {
  const hasDiscount = discountOf(terms) > 0;
  return {
    discountUntil: hasDiscount ? endOfDay(from, terms.discount_days, timezone) : undefined,
    dueAt: endOfDay(from, terms.due_days, timezone),
  };
}

/** What happens next to a violation that nobody pays, and when. */
export interface NextChange {
  readonly to: "due" | "escalated";
  readonly at: Instant;
  /** What lateness adds. */
  readonly step?: EscalationStep;
}

/**
 * @param from when its days began to run: the issue, or when a dispute was turned down
 * @param taken steps of escalation that were taken
 * @returns undefined when nothing happens by itself any more
 */
export function nextChange(
  status: PenaltyStatus,
  terms: ViolationTerms,
  from: Instant,
  taken: number,
  timezone: string,
): NextChange | undefined {
  if (status === "issued")
    return { to: "due", at: violationDates(terms, from, timezone).discountUntil ?? from };
  const step = terms.escalation[taken];
  if (step === undefined || (status !== "due" && status !== "escalated")) return undefined;
  return { to: "escalated", at: endOfDay(from, step.after_days, timezone), step };
}

/**
 * What a step of escalation adds, in whole minor units.
 *
 * @param owed what is still owed before it
 */
export function surchargeOf(terms: ViolationTerms, taken: number, owed: number): number {
  const step = terms.escalation[taken];
  if (step === undefined) return 0;
  if (step.of === "balance") return percentOf(Math.max(0, owed), step.percent);
  const before = terms.escalation
    .slice(0, taken)
    .filter(({ of }) => of === "penalty")
    .reduce((most, { percent }) => Math.max(most, percent), 0);
  const added = percentOf(terms.penalty_minor, Math.max(before, step.percent));
  return added - percentOf(terms.penalty_minor, before);
}
