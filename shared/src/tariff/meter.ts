import { check } from "../check.ts";
import type { Activity } from "../contracts/tariff-rates.ts";
import type { Instant } from "../time.ts";
import { CapRoom } from "./cap-room.ts";
import type { Plan, RatePlan, TierPlan } from "./plan.ts";
import { type StayPart, type Stretch, stretchesOf } from "./timeline.ts";
import type { Site } from "./windows.ts";

/** What a block of time came to, in units of the plan. */
export interface Charge {
  readonly rate: RatePlan;
  readonly from: Instant;
  readonly to: Instant;
  readonly units: bigint;
  /** Time that was charged, with what rounding added to it. */
  readonly chargedMs: number;
  /** What it would have come to without the caps. */
  readonly uncapped: bigint;
  readonly cappedBy: string | undefined;
  readonly percent: bigint;
}

/**
 * Charges the time of a stay.
 *
 * The stay is cut wherever another rate, event or period of a cap begins. Time that costs by the hour is counted
 * exactly and rounded once, by the step and at the price of the last rate (OCPI 2.2, mod_tariffs, step_size); the caps
 * then take off what is too much, in the order of time. Somebody who stays longer never pays less: where a dear rate's
 * rounded step came to more than the time that followed it, what was reached stays. Only from one activity to the next
 * it may fall, as OCPI drops the step that was begun.
 *
 * @param parts in the order of time, without gaps
 * @param entry spans of caps count from here
 */
export function chargeTime(
  plan: Plan,
  site: Site,
  parts: readonly StayPart[],
  entry: Instant,
): readonly Charge[] {
  const meter = new Meter(plan);
  for (const stretch of stretchesOf(plan, site, parts, entry)) meter.add(stretch);
  return meter.end();
}

/** Time by the hour that has been counted exactly and not been rounded yet. */
interface Chain {
  ms: number;
  step: number;
  perMs: bigint;
  /** The last stretch of it, and its charge. */
  stretch: Stretch;
  at: number;
}

/** The charges as they would be if the stay had ended at a change of rate: the first `count`, two of them changed. */
interface Reached {
  readonly total: bigint;
  readonly count: number;
  readonly changed: readonly (readonly [at: number, charge: Charge])[];
}

class Meter {
  readonly #plan: Plan;
  readonly #room: CapRoom;
  readonly #charges: Charge[] = [];
  readonly #chains = new Map<Activity, Chain>();
  #chain: Chain | undefined;
  #total = 0n;
  #dearest: Reached | undefined;
  #blockMs = 0;
  #before: Stretch | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#room = new CapRoom(plan.caps);
  }

  add(stretch: Stretch): void {
    const before = this.#before;
    if (before !== undefined && before.activity === stretch.activity) this.#reach();
    // A step of one activity ends with it, unfinished: what it would have come to counts no more (OCPI).
    else this.#dearest = undefined;
    const { rate, restarts, block } = stretch;
    const isNewBlock = restarts || block !== before?.block;
    if (restarts || rate.cost.kind === "tiers" || (isNewBlock && this.#plan.stepRule !== "once"))
      this.#settle();
    if (isNewBlock) this.#blockMs = 0;
    if (isNewBlock || !isSamePrice(stretch, before)) this.#open(stretch);
    this.#before = stretch;
    if (rate.cost.kind === "time") this.#countTime(stretch, rate.cost);
    else if (rate.cost.kind === "tiers") this.#countTiers(stretch, rate.cost.tiers);
    this.#extend(stretch.to);
  }

  end(): readonly Charge[] {
    this.#settle();
    const dearest = this.#dearest;
    if (dearest === undefined || dearest.total <= this.#total) return this.#charges;
    const charges = this.#charges.slice(0, dearest.count);
    for (const [at, charge] of dearest.changed) charges[at] = charge;
    return charges;
  }

  #open({ rate, from, percent }: Stretch): void {
    this.#charges.push({
      rate,
      from,
      to: from,
      units: 0n,
      chargedMs: 0,
      uncapped: 0n,
      cappedBy: undefined,
      percent,
    });
  }

  #countTime(stretch: Stretch, { perMs, step }: { perMs: bigint; step: number }): void {
    const at = this.#charges.length - 1;
    const ms = stretch.to - stretch.from;
    const cost = (perMs * stretch.percent) / 100n;
    const { activity } = stretch;
    const chain = this.#chains.get(activity);
    const made = { ms: (chain?.ms ?? 0) + ms, step, perMs: cost, stretch, at };
    this.#chains.set(activity, made);
    this.#chain = made;
    this.#charge(at, stretch, BigInt(ms) * cost, ms);
  }

  #countTiers(stretch: Stretch, tiers: readonly TierPlan[]): void {
    const ms = stretch.to - stretch.from;
    const already = this.#blockMs;
    this.#blockMs += ms;
    const amount = tiersCost(tiers, this.#blockMs) - tiersCost(tiers, already);
    this.#charge(this.#charges.length - 1, stretch, (amount * stretch.percent) / 100n, ms);
  }

  #charge(at: number, stretch: Stretch, amount: bigint, ms: number): void {
    const { granted, by } = this.#room.fit(amount, stretch);
    this.#room.take(granted, stretch);
    this.#total += granted;
    this.#charges[at] = charged(this.#chargeAt(at), { amount, granted, by, ms });
  }

  #extend(to: Instant): void {
    const at = this.#charges.length - 1;
    this.#charges[at] = { ...this.#chargeAt(at), to };
  }

  /** Rounds the time that has been counted exactly; then a new step begins. */
  #settle(): void {
    const chain = this.#chain;
    if (chain !== undefined) {
      const { charge, granted } = this.#rounded(chain);
      this.#room.take(granted, chain.stretch);
      this.#total += granted;
      this.#charges[chain.at] = charge;
    }
    this.#chain = undefined;
    this.#chains.clear();
  }

  /** Remembers what the stay comes to if it ends here, should it ever come to less. */
  #reach(): void {
    const chain = this.#chain;
    if (chain === undefined) return;
    const { charge, granted } = this.#rounded(chain);
    const total = this.#total + granted;
    if (this.#dearest !== undefined && total <= this.#dearest.total) return;
    const last = this.#charges.length - 1;
    this.#dearest = {
      total,
      count: last + 1,
      changed: [
        [last, this.#chargeAt(last)],
        [chain.at, charge],
      ],
    };
  }

  /** The charge of a chain's last stretch with the whole chain rounded to its step. */
  #rounded({ ms, step, perMs, stretch, at }: Chain): { charge: Charge; granted: bigint } {
    const more = roundedTime(ms, step, this.#plan.timeRounding) - ms;
    const charge = this.#chargeAt(at);
    const amount = BigInt(more) * perMs;
    if (more >= 0) {
      const { granted, by } = this.#room.fit(amount, stretch);
      return { charge: charged(charge, { amount, granted, by, ms: more }), granted };
    }
    const uncapped = charge.uncapped + amount < 0n ? 0n : charge.uncapped + amount;
    const units = uncapped < charge.units ? uncapped : charge.units;
    const chargedMs = Math.max(0, charge.chargedMs + more);
    return { charge: { ...charge, uncapped, units, chargedMs }, granted: units - charge.units };
  }

  #chargeAt(at: number): Charge {
    const charge = this.#charges[at];
    check(charge !== undefined, "every stretch has its charge");
    return charge;
  }
}

/** What a block costs by tiers after so long. */
export function tiersCost(tiers: readonly TierPlan[], ms: number): bigint {
  let sum = 0n;
  for (const { begins, ends, amount, by } of tiers) {
    if (ms <= begins) break;
    if (by === "total") sum = amount > sum ? amount : sum;
    else if (by === "once") sum += amount;
    else sum += BigInt(Math.ceil((Math.min(ms, ends) - begins) / by)) * amount;
  }
  return sum;
}

function roundedTime(ms: number, step: number, rounding: Plan["timeRounding"]): number {
  if (rounding === "up") return Math.ceil(ms / step) * step;
  return Math.floor(ms / step + (rounding === "nearest" ? 0.5 : 0)) * step;
}

const charged = (
  charge: Charge,
  more: { amount: bigint; granted: bigint; by: string | undefined; ms: number },
): Charge => ({
  ...charge,
  units: charge.units + more.granted,
  uncapped: charge.uncapped + more.amount,
  chargedMs: charge.chargedMs + more.ms,
  cappedBy: more.by ?? charge.cappedBy,
});

const isSamePrice = ({ periods, percent }: Stretch, before: Stretch | undefined): boolean =>
  before !== undefined &&
  before.percent === percent &&
  periods.every((period, index) => period === before.periods[index]);
