import { currencyDigits } from "../currency.ts";
import type { SpaceType } from "../contracts/facility.ts";
import type { Tariff } from "../contracts/tariff.ts";
import type { Activity, Tier } from "../contracts/tariff-rates.ts";
import { type Amount, decimalOf, minuteOf, spanMs, weekdays } from "../contracts/tariff-values.ts";
import type { VehicleClass } from "../vehicle.ts";
import { compileWindow, edgesOf, type Window } from "./windows.ts";

/**
 * A tariff as numbers, for one class and kind of space. Amounts are whole multiples of a fraction of a minor unit so
 * small that every price of the tariff for a millisecond is one: nothing is rounded before the sum is.
 */
export interface Plan {
  /** So many units are one minor unit. */
  readonly scale: bigint;
  readonly rates: readonly RatePlan[];
  readonly changes: readonly PriceChange[];
  readonly caps: readonly CapPlan[];
  /** Times of day at which anything may change, ascending. */
  readonly edges: readonly number[];
  /** Moments at which an event begins or ends, ascending. */
  readonly moments: readonly number[];
  readonly stepRule: "once" | "each" | "run_on";
  readonly timeRounding: "up" | "down" | "nearest";
}

export interface RatePlan {
  readonly rule: string;
  readonly activity: Activity;
  readonly window: Window | undefined;
  readonly event: EventSpan | undefined;
  readonly cost: Cost;
  /** The most that one block of it costs, in units. */
  readonly cap: bigint | undefined;
  readonly taxPercent: string;
  /** As written, for the explanation. */
  readonly words: Readonly<Record<string, string>>;
}

/** What time costs, in units. */
export type Cost =
  | { readonly kind: "free" }
  | { readonly kind: "time"; readonly perMs: bigint; readonly step: number }
  | { readonly kind: "tiers"; readonly tiers: readonly TierPlan[] };

export interface TierPlan {
  readonly begins: number;
  readonly ends: number;
  readonly amount: bigint;
  /** `total`: the block has come to the amount; `once`: it is added; a number: added for each started so many ms. */
  readonly by: "total" | "once" | number;
}

export interface EventSpan {
  readonly from: number;
  readonly until: number;
  readonly enteringOnly: boolean;
}

export interface PriceChange extends EventSpan {
  readonly percent: bigint;
}

export interface CapPlan {
  readonly amount: bigint;
  readonly text: string;
  /** Milliseconds from the entry, or days of the wall clock from a time of day. */
  readonly per:
    | { readonly span: number }
    | { readonly days: number; readonly reset: number; readonly firstDay: number };
  readonly restarts: boolean;
}

/** Makes the plan of a tariff, once for each class and kind of space. */
export function planFor(tariff: Tariff, vehicleClass: VehicleClass, space: SpaceType): Plan {
  let plans = known.get(tariff);
  if (plans === undefined) known.set(tariff, (plans = new Map()));
  const key = `${vehicleClass} ${space}`;
  let plan = plans.get(key);
  if (plan === undefined) plans.set(key, (plan = compile(tariff, vehicleClass, space)));
  return plan;
}

const known = new WeakMap<Tariff, Map<string, Plan>>();

interface Choosing {
  readonly classes?: readonly VehicleClass[] | undefined;
  readonly spaces?: readonly SpaceType[] | undefined;
}

/** Whether a part of a tariff is for a class and kind of space. */
export const isFor = (
  { classes, spaces }: Choosing,
  vehicleClass: VehicleClass,
  space: SpaceType,
): boolean =>
  (classes === undefined || classes.includes(vehicleClass)) &&
  (spaces === undefined || spaces.includes(space));

interface Priced {
  readonly price?: Amount | undefined;
  readonly prices?: Readonly<Partial<Record<VehicleClass, Amount | undefined>>> | undefined;
}

/** The price of a class; one that is not named pays as a car. */
export const amountFor = (
  { price, prices }: Priced,
  vehicleClass: VehicleClass,
): Amount | undefined => price ?? prices?.[vehicleClass] ?? prices?.car;

/** Whole minor units of an amount that has no smaller part (the contract sees to that). */
export function minorOf(amount: Amount, currency: string): number {
  const { units, digits } = decimalOf(amount);
  const missing = currencyDigits(currency) - digits;
  return Number(missing >= 0 ? units * 10n ** BigInt(missing) : units / 10n ** BigInt(-missing));
}

function compile(tariff: Tariff, vehicleClass: VehicleClass, space: SpaceType): Plan {
  const mine = <Part extends Choosing>(parts: readonly Part[] | undefined): Part[] =>
    (parts ?? []).filter((part) => isFor(part, vehicleClass, space));
  const rates = mine(tariff.rates);
  const events = mine(tariff.events);
  const periods = [...rates, ...events, tariff.after_grace ?? {}].flatMap(({ per }) =>
    per === undefined ? [] : [spanMs(per)],
  );
  const perMs = periods.map(BigInt).reduce(leastCommonMultiple, 1n);
  const precision = 10n ** BigInt(deepest(tariff, vehicleClass) + 2);
  const scale = perMs * precision;
  const digits = currencyDigits(tariff.currency);
  const units = (amount: Amount): bigint => {
    const { units: decimal, digits: written } = decimalOf(amount);
    return (decimal * 10n ** BigInt(digits) * scale) / 10n ** BigInt(written);
  };
  const by: Compiling = { vehicleClass, units, tax: String(tariff.tax?.percent ?? 0) };

  const eventRates = events
    .filter(({ change_percent: change }) => change === undefined)
    .flatMap((event) =>
      // An event's price is for every activity that a stay has in it.
      (["parking", "charging", "reservation", "no_show"] as const).map((activity) =>
        compileRate({ ...event, activity }, by, spanOf(event)),
      ),
    );
  const changes = events.flatMap((event): PriceChange[] =>
    event.change_percent === undefined
      ? []
      : [{ ...spanOf(event), percent: BigInt(event.change_percent) }],
  );
  const ordinary = rates.map((rate) => compileRate(rate, by));
  const caps = mine(tariff.caps).map((cap): CapPlan => {
    const amount = units(amountFor(cap, vehicleClass) ?? 0);
    const isCalendar = cap.per === "calendar_day" || cap.per === "calendar_week";
    const reset = minuteOf(cap.reset ?? "00:00") * 60_000;
    const days = cap.per === "calendar_week" ? 7 : 1;
    const firstDay = weekdays.indexOf(cap.reset_day ?? "mon") - 3;
    return {
      amount,
      text: cap.per,
      per: isCalendar ? { days, reset, firstDay } : { span: spanMs(cap.per) },
      restarts: cap.restarts ?? !isCalendar,
    };
  });
  const edges = [
    ...ordinary.flatMap(({ window }) => (window === undefined ? [] : edgesOf(window))),
    ...caps.flatMap(({ per }) => ("reset" in per ? [per.reset] : [])),
  ];
  const moments = events.map(spanOf).flatMap(({ from, until }) => [from, until]);
  return {
    scale,
    rates: [...eventRates, ...ordinary],
    changes,
    caps,
    edges: ascending(edges),
    moments: ascending(moments),
    stepRule: tariff.step_rule ?? "once",
    timeRounding: tariff.time_rounding ?? "up",
  };
}

interface Compiling {
  readonly vehicleClass: VehicleClass;
  readonly units: (amount: Amount) => bigint;
  readonly tax: string;
}

type RateParts = Partial<Omit<Tariff["rates"][number], "classes" | "spaces">>;

/** What is charged after the grace, as a plan of its own. */
export function planAfterGrace(tariff: Tariff, vehicleClass: VehicleClass, space: SpaceType): Plan {
  const { after_grace: rate, caps: _caps, events: _events, specials: _specials, ...rest } = tariff;
  if (rate === undefined) return planFor(tariff, vehicleClass, space);
  const { from: _from, ...pricing } = rate;
  return compile({ ...rest, rates: [{ name: "after-grace", ...pricing }] }, vehicleClass, space);
}

function compileRate(rate: RateParts, by: Compiling, event?: EventSpan): RatePlan {
  const { vehicleClass, units, tax } = by;
  const { name, when, activity = "parking", per, step, tiers, prices } = rate;
  const amount = amountFor(rate, vehicleClass);
  const cap = rate.cap === undefined ? undefined : amountFor(rate.cap, vehicleClass);
  const base = name ?? (activity === "parking" ? "parking" : activity.replace("_", "-"));
  const words = {
    ...(amount === undefined ? {} : { price: String(amount) }),
    ...(per === undefined ? {} : { per }),
    ...(step === undefined ? {} : { step }),
  };
  return {
    rule:
      prices === undefined
        ? base
        : `${base}:${prices[vehicleClass] === undefined ? "car" : vehicleClass}`,
    activity,
    window: when === undefined ? undefined : compileWindow(when),
    event,
    cost: costOf(),
    cap: cap === undefined ? undefined : units(cap),
    taxPercent: String(rate.tax_percent ?? tax),
    words,
  };

  function costOf(): Cost {
    if (tiers !== undefined) return { kind: "tiers", tiers: compileTiers(tiers, by) };
    const price = units(amount ?? 0);
    if (price === 0n) return { kind: "free" };
    if (per === undefined) {
      const whole = {
        begins: 0,
        ends: Number.POSITIVE_INFINITY,
        amount: price,
        by: "once",
      } as const;
      return { kind: "tiers", tiers: [whole] };
    }
    return { kind: "time", perMs: price / BigInt(spanMs(per)), step: spanMs(step ?? per) };
  }
}

function compileTiers(tiers: readonly Tier[], { vehicleClass, units }: Compiling): TierPlan[] {
  let begins = 0;
  return tiers.map((tier) => {
    const { up_to: upTo, total, totals, per } = tier;
    const ends = upTo === undefined ? Number.POSITIVE_INFINITY : spanMs(upTo);
    const isTotal = total !== undefined || totals !== undefined;
    const amount = isTotal
      ? amountFor({ price: total, prices: totals }, vehicleClass)
      : amountFor(tier, vehicleClass);
    const made: TierPlan = {
      begins,
      ends,
      amount: units(amount ?? 0),
      by: isTotal ? "total" : per === undefined ? "once" : spanMs(per),
    };
    begins = ends;
    return made;
  });
}

function spanOf(event: NonNullable<Tariff["events"]>[number]): EventSpan {
  return {
    from: Date.parse(event.starts) - spanMs(event.before ?? "0 s"),
    until: Date.parse(event.ends) + spanMs(event.after ?? "0 s"),
    enteringOnly: event.applies_to === "entering",
  };
}

/** The most digits after the point that any amount of a tariff has. */
function deepest(tariff: Tariff, vehicleClass: VehicleClass): number {
  let most = 0;
  const look = (part: Priced | undefined): void => {
    const amount = part === undefined ? undefined : amountFor(part, vehicleClass);
    if (amount !== undefined) most = Math.max(most, decimalOf(amount).digits);
  };
  for (const part of [...tariff.rates, ...(tariff.events ?? []), tariff.after_grace]) {
    look(part);
    look(part !== undefined && "cap" in part ? part.cap : undefined);
    for (const tier of part?.tiers ?? []) {
      look(tier);
      look({ price: tier.total, prices: tier.totals });
    }
  }
  for (const cap of tariff.caps ?? []) look(cap);
  return most;
}

const ascending = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)].toSorted((a, b) => a - b);

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low > 0n) [high, low] = [low, high % low];
  return (a / high) * b;
}
