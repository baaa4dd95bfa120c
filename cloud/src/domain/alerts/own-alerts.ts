import { minorUnits } from "@gatehouse/shared/money";
import { elapsed, type Instant, isoOf, minutes, seconds } from "@gatehouse/shared/time";
import type { HeadOfficeAlert } from "../ledger-alerts.ts";
import { milestoneOf } from "./milestone.ts";

/** An edge speaks every few seconds; so long a silence is more than a restart. */
const silentAfter = minutes(15);
const skewMax = seconds(30);
/** So many lines behind: more than what one pause and one batch explain. */
const backlogMax = 2_000;
/** Nearly full from here on, until it is below the second. */
const fullFrom = 0.95;
const fullUntil = 0.9;
/** With fewer spaces a single car makes all the difference. */
const spacesMin = 10;
/** The last week against the four before it: a change of so much is a trend. */
const trendFrom = 0.25;
const trendEntriesMin = 200;
/** A usual week is one of two at least. */
const trendDaysMin = 14;

/** How a facility stands, as far as head office's own alerts go. */
export interface FacilityFacts {
  readonly now: Instant;
  /** Undefined: never heard. */
  readonly heardAt: Instant | undefined;
  readonly skewMs: number | undefined;
  /** Lines that are written there and not here. */
  readonly backlog: number;
  readonly occupied: number;
  readonly free: number;
  /** Whether it is told as nearly full already. */
  readonly isToldFull: boolean;
  /** Of the present month, in whole minor units. */
  readonly takenMinor: number;
  /** Minor units in one unit of the currency: 100 for euros. */
  readonly unitMinor: number;
  /** The present month there, as `2026-11`. */
  readonly month: string;
  /** Entries of the last seven whole days, and of the 28 before them. */
  readonly entriesWeek: number;
  readonly entriesBefore: number;
  /** How many of those 28 days are known: fewer where the facility has not told for so long. */
  readonly daysBefore: number;
  /** Why what is past its term could not be archived or deleted in the last round; undefined: it could. */
  readonly archiveTrouble: string | undefined;
  /** Work that should have been done by now. */
  readonly overdue: readonly { readonly equipmentId: string; readonly since: Instant }[];
}

/** The types that `ownAlerts` decides about: one that it no longer names is over. */
export const ownTypes: readonly string[] = [
  "facility-silent",
  "sync-lag",
  "clock-skew",
  "archive-stopped",
  "high-occupancy",
  "maintenance-due",
  "revenue-milestone",
  "usage-trend",
];

/** What head office itself has to say about a facility now: at most one alert for each type and subject. */
export function ownAlerts(facts: FacilityFacts): HeadOfficeAlert[] {
  return [
    ...silence(facts),
    ...lag(facts),
    ...skew(facts),
    ...archive(facts),
    ...fullness(facts),
    ...overdueWork(facts),
    ...milestone(facts),
    ...trend(facts),
  ];
}

const alert = (
  { now }: FacilityFacts,
  type: string,
  subject: string,
  severity: HeadOfficeAlert["severity"],
  details: HeadOfficeAlert["details"],
): HeadOfficeAlert => ({
  alert_id: subject === "" ? type : `${type}-${subject}`,
  alert_type: type,
  subject,
  severity,
  details,
  at: isoOf(now),
});

function silence(facts: FacilityFacts): HeadOfficeAlert[] {
  const { heardAt, now } = facts;
  if (heardAt === undefined || elapsed(heardAt, now) < silentAfter) return [];
  return [alert(facts, "facility-silent", "", "critical", { since: isoOf(heardAt) })];
}

function lag(facts: FacilityFacts): HeadOfficeAlert[] {
  if (facts.backlog <= backlogMax) return [];
  return [alert(facts, "sync-lag", "", "warning", { lines: facts.backlog })];
}

function skew(facts: FacilityFacts): HeadOfficeAlert[] {
  const { skewMs } = facts;
  if (skewMs === undefined || Math.abs(skewMs) <= skewMax) return [];
  return [alert(facts, "clock-skew", "", "warning", { skew_ms: skewMs })];
}

function archive(facts: FacilityFacts): HeadOfficeAlert[] {
  const { archiveTrouble: reason } = facts;
  if (reason === undefined) return [];
  return [alert(facts, "archive-stopped", "", "warning", { reason })];
}

function fullness(facts: FacilityFacts): HeadOfficeAlert[] {
  const { occupied, free, isToldFull } = facts;
  const known = occupied + free;
  if (known < spacesMin || occupied / known < (isToldFull ? fullUntil : fullFrom)) return [];
  return [alert(facts, "high-occupancy", "", "warning", { occupied, free })];
}

const overdueWork = (facts: FacilityFacts): HeadOfficeAlert[] =>
  facts.overdue.map(({ equipmentId, since }) =>
    alert(facts, "maintenance-due", equipmentId, "warning", { due_at: isoOf(since) }),
  );

function milestone(facts: FacilityFacts): HeadOfficeAlert[] {
  const { takenMinor, unitMinor, month } = facts;
  const reached = milestoneOf(minorUnits(takenMinor), unitMinor);
  if (reached === undefined) return [];
  const subject = `${month}-${reached / unitMinor}`;
  return [alert(facts, "revenue-milestone", subject, "info", { reached_minor: reached, month })];
}

function trend(facts: FacilityFacts): HeadOfficeAlert[] {
  const { entriesWeek, entriesBefore, daysBefore } = facts;
  if (daysBefore < trendDaysMin) return [];
  const usual = (entriesBefore / daysBefore) * 7;
  if (entriesBefore < trendEntriesMin || Math.abs(entriesWeek / usual - 1) < trendFrom) return [];
  const percent = Math.round((entriesWeek / usual - 1) * 100);
  const details = { entries: entriesWeek, usual: Math.round(usual), percent };
  return [alert(facts, "usage-trend", "", "info", details)];
}
