import { type Tier, tierOf } from "@gatehouse/shared/contracts/alerts/tiers";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { type QuietHours, quietUntil } from "./quiet-hours.ts";

/** An alert, as far as rules ask. */
export interface AlertFacts {
  readonly type: string;
  readonly severity: string;
}

export interface NoticeRule {
  readonly tiers: readonly string[];
  readonly types: readonly string[];
  readonly quiet: QuietHours | undefined;
  readonly criticalBreaksQuiet: boolean;
}

/** Whether a rule tells of an alert: by its tier, or by its type. */
export const isTold = ({ tiers, types }: NoticeRule, { type, severity }: AlertFacts): boolean =>
  types.includes(type) || tiers.includes(tierOf(type, severity) satisfies Tier);

/** When it may be told: at once, or when the quiet hours are over. */
export function tellAt(
  rule: NoticeRule,
  { type, severity }: AlertFacts,
  now: Instant,
  timezone: string,
): Instant {
  const isLoud = rule.criticalBreaksQuiet && tierOf(type, severity) === "critical";
  if (rule.quiet === undefined || isLoud) return now;
  return quietUntil(now, rule.quiet, timezone) ?? now;
}

/** When the next ones are told, counted from when the first were. */
export const escalateAt = (toldAt: Instant, afterMin: number): Instant =>
  later(toldAt, minutes(afterMin));
