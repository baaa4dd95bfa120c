import type { Activity } from "../contracts/tariff-rates.ts";
import type { Instant } from "../time.ts";
import type { CapPlan, Plan, RatePlan } from "./plan.ts";
import type { LocalMoment, Site } from "./windows.ts";

/** A part of a stay in which a vehicle did one thing. */
export interface StayPart {
  readonly activity: Activity;
  readonly from: Instant;
  readonly to: Instant;
}

/** A piece of a stay in which nothing changes: neither the rate, nor an event, nor the period of a cap. */
export interface Stretch {
  readonly activity: Activity;
  readonly rate: RatePlan;
  /** Stretches of one block are one occurrence of the rate: its tiers and its cap go on. */
  readonly block: number;
  readonly from: Instant;
  readonly to: Instant;
  /** Of each cap of the plan, which of its periods this is. */
  readonly periods: readonly number[];
  /** A period of a cap began that starts steps and tiers anew. */
  readonly restarts: boolean;
  /** Of the ordinary price; 100 but during some events. */
  readonly percent: bigint;
}

/** Cuts a stay into stretches. @param entry spans of caps count from here */
export function* stretchesOf(
  plan: Plan,
  site: Site,
  parts: readonly StayPart[],
  entry: Instant,
): Generator<Stretch> {
  const isLocal = plan.edges.length > 0;
  let block = 0;
  let occurrence: number | undefined;
  let before: Stretch | undefined;
  let gridFrom = entry;
  for (const { activity, from, to } of parts) {
    const rates = plan.rates.filter((rate) => rate.activity === activity);
    const here = rates.some(({ event }) => event === undefined)
      ? rates
      : plan.rates.filter((rate) => rate.activity === "parking");
    let at = from;
    let isNew = true;
    while (at < to) {
      const local = isLocal ? site.momentOf(at) : noMoment;
      let until = Math.min(to, isLocal ? site.nextEdge(at, plan.edges) : to);
      for (const moment of plan.moments) if (moment > at) until = Math.min(until, moment);
      let chosen = choose(here, site, at, local, entry);
      const finish = unfinished(plan, before, at, gridFrom);
      if (!isNew && finish > at && before !== undefined && chosen.rate !== before.rate) {
        chosen = { rate: before.rate, occurrence: occurrence ?? 0 };
        until = Math.min(until, finish);
      }
      const periods = plan.caps.map((cap) => periodOf(cap, at, entry, local));
      for (const cap of plan.caps) until = Math.min(until, endOfPeriod(cap, at, entry));
      if (isNew || chosen.rate !== before?.rate || chosen.occurrence !== occurrence) {
        block += 1;
        gridFrom = at;
      }
      const last = before?.periods;
      const restarts =
        last !== undefined &&
        plan.caps.some((cap, index) => cap.restarts && periods[index] !== last[index]);
      if (restarts) gridFrom = at;
      occurrence = chosen.occurrence;
      before = {
        activity,
        rate: chosen.rate,
        block,
        from: at,
        to: until as Instant,
        periods,
        restarts,
        percent: percentAt(plan, at, entry),
      };
      yield before;
      isNew = false;
      at = until as Instant;
    }
  }
}

const noMoment: LocalMoment = { day: 0, ms: 0 };

interface Chosen {
  readonly rate: RatePlan;
  readonly occurrence: number;
}

function choose(
  rates: readonly RatePlan[],
  site: Site,
  at: Instant,
  local: LocalMoment,
  entry: Instant,
): Chosen {
  for (const rate of rates) {
    if (rate.event !== undefined && !isDuring(rate.event, at, entry)) continue;
    if (rate.window === undefined) return { rate, occurrence: 0 };
    const occurrence = site.occurrence(rate.window, local);
    if (occurrence !== undefined) return { rate, occurrence };
  }
  return { rate: nothing, occurrence: 0 };
}

/** Of an activity whose rates leave hours out: only parking must have a price at any time. */
const nothing: RatePlan = {
  rule: "free",
  activity: "parking",
  window: undefined,
  event: undefined,
  cost: { kind: "free" },
  cap: undefined,
  taxPercent: "0",
  words: {},
};

const isDuring = (
  { from, until, enteringOnly }: { from: number; until: number; enteringOnly: boolean },
  at: Instant,
  entry: Instant,
): boolean => at >= from && at < until && (!enteringOnly || (entry >= from && entry < until));

function percentAt({ changes }: Plan, at: Instant, entry: Instant): bigint {
  let percent = 100n;
  for (const change of changes) if (isDuring(change, at, entry)) percent += change.percent;
  return percent < 0n ? 0n : percent;
}

/** With steps that run on: when the step that has begun ends. */
function unfinished(
  { stepRule }: Plan,
  before: Stretch | undefined,
  at: Instant,
  gridFrom: Instant,
): number {
  if (stepRule !== "run_on" || before === undefined || before.rate.cost.kind !== "time") return at;
  const { step } = before.rate.cost;
  const begun = (at - gridFrom) % step;
  return begun === 0 ? at : at + step - begun;
}

function periodOf({ per }: CapPlan, at: Instant, entry: Instant, { day, ms }: LocalMoment): number {
  if ("span" in per) return Math.floor((at - entry) / per.span);
  const since = ms >= per.reset ? day : day - 1;
  return per.days === 1 ? since : Math.floor((since - per.firstDay) / per.days);
}

function endOfPeriod({ per }: CapPlan, at: Instant, entry: Instant): number {
  // A period of the calendar ends at one of the plan's times of day.
  if (!("span" in per)) return Number.POSITIVE_INFINITY;
  return entry + (Math.floor((at - entry) / per.span) + 1) * per.span;
}
