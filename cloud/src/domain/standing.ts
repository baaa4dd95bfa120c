import {
  type FacilitySummary,
  type StandingLevel,
  standingLevels,
  type StandingReason,
} from "@gatehouse/shared/contracts/office";
import { elapsed, hours, type Instant, isoOf, minutes, seconds } from "@gatehouse/shared/time";

/** An edge speaks every few seconds, also when it has nothing to say. */
const quietAfter = minutes(2);
const silentAfter = minutes(15);
/** A batch that was refused is sent again and again until someone acts. */
const refusedWithin = hours(1);
const skewMax = seconds(30);
/** So many lines behind: more than what one pause and one batch explain. */
const backlogMax = 2_000;

type Facts = Pick<FacilitySummary, "ledger" | "alerts_open" | "directives"> & {
  readonly now: Instant;
  readonly heardAt: Instant | undefined;
  readonly refusedAt: Instant | undefined;
  readonly skewMs: number | undefined;
};

export interface Standing {
  readonly level: StandingLevel;
  readonly reasons: StandingReason[];
}

/** What is wrong at a facility, the worst first. */
export function standingOf(facts: Facts): Standing {
  const reasons = [...contact(facts), ...trouble(facts)].toSorted(
    (a, b) => rank(a.level) - rank(b.level),
  );
  return { level: reasons[0]?.level ?? "ok", reasons };
}

/** The order of the list: the worst first, then by name. */
export const byProblem = (a: FacilitySummary, b: FacilitySummary): number =>
  rank(a.level) - rank(b.level) || a.name.localeCompare(b.name);

const rank = (level: StandingLevel): number => standingLevels.indexOf(level);

function contact({ now, heardAt }: Facts): StandingReason[] {
  if (heardAt === undefined) return [{ code: "never-heard", level: "unknown" }];
  const silence = elapsed(heardAt, now);
  if (silence < quietAfter) return [];
  const level = silence < silentAfter ? "attention" : "fault";
  return [{ code: "silent", level, since: isoOf(heardAt) }];
}

function trouble({
  now,
  refusedAt,
  skewMs,
  ledger,
  alerts_open,
  directives,
}: Facts): StandingReason[] {
  const reasons: StandingReason[] = [];
  const { critical, warning } = alerts_open;
  if (refusedAt !== undefined && elapsed(refusedAt, now) < refusedWithin) {
    const since = isoOf(refusedAt);
    reasons.push({ code: "batches-refused", level: "fault", since });
  }
  if (critical > 0) reasons.push({ code: "critical-alerts", level: "fault", count: critical });
  if (warning > 0) reasons.push({ code: "warning-alerts", level: "attention", count: warning });
  const backlog = (ledger.written ?? ledger.acked) - ledger.acked;
  if (backlog > backlogMax) reasons.push({ code: "backlog", level: "attention", count: backlog });
  if (skewMs !== undefined && Math.abs(skewMs) > skewMax)
    reasons.push({ code: "clock-skew", level: "attention", skew_ms: skewMs });
  const waiting = directives.latest - directives.applied;
  if (waiting > 0) reasons.push({ code: "directives-waiting", level: "ok", count: waiting });
  return reasons;
}
