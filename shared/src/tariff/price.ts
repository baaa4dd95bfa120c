import type { SpaceType } from "../contracts/facility.ts";
import type { Tariff } from "../contracts/tariff.ts";
import { spanMs } from "../contracts/tariff-values.ts";
import { check } from "../check.ts";
import { type Minor, minorUnits } from "../money.ts";
import { type Duration, elapsed, type Instant, later, milliseconds } from "../time.ts";
import type { VehicleClass } from "../vehicle.ts";
import type { SiteCalendar } from "../site-calendar.ts";
import { feeLines } from "./fees.ts";
import { type DraftLine, wholeLines } from "./lines.ts";
import { type Charge, chargeTime } from "./meter.ts";
import { amountFor, isFor, minorOf, type Plan, planAfterGrace, planFor } from "./plan.ts";
import { specialLine } from "./specials.ts";
import type { Scene } from "./scene.ts";
import { type PriceLine, taxed, type TaxShare } from "./tax.ts";
import type { StayPart } from "./timeline.ts";
import { compileWindow, Site } from "./windows.ts";

/** What is to be priced. */
export interface StayToPrice {
  readonly tariff: Tariff;
  readonly zone: SiteCalendar;
  readonly vehicleClass: VehicleClass;
  /** Left out: an ordinary space. */
  readonly spaceType?: SpaceType;
  readonly entry: Instant;
  /** The entry and the steady length of the stay: no step of the wall clock changes a price. */
  readonly exit: Instant;
  /** What the vehicle did, in the order of time and without gaps; left out: it parked. */
  readonly parts?: readonly StayPart[];
  /** Earlier stays of the same vehicle, in any order; they matter where the tariff has rules for coming back. */
  readonly history?: readonly EarlierStay[];
  /** It was paid, and might leave until then; matters where the tariff has a price for what comes after the grace. */
  readonly settled?: Settlement;
}

/** A stay of the same vehicle that has ended. */
export interface EarlierStay {
  readonly entry: Instant;
  readonly exit: Instant;
  /** What the driver has paid for it, tax and all. */
  readonly paid: Minor;
}

export interface Settlement {
  readonly at: Instant;
  readonly graceUntil: Instant;
  readonly paid: Minor;
}

/**
 * What a stay costs and how it came about. The lines sum to the total, which is what the driver pays: with prices
 * before tax each tax is a line of its own.
 */
export interface Price {
  readonly kind: "price";
  readonly lines: readonly PriceLine[];
  readonly total: Minor;
  readonly net: Minor;
  readonly tax: Minor;
  /** By percentage; they sum to net and tax. */
  readonly taxes: readonly TaxShare[];
}

export interface PriceRefusal {
  readonly kind: "refused";
  readonly reason: "ends-before-it-begins" | "too-long";
  readonly sentence: string;
}

/** Longer than any stay; what is longer is a clock gone wrong. */
const longestStay = 100 * 366 * 86_400_000;

/**
 * Prices a stay by a tariff: pure, exact, and the same for a quote and an invoice. Never negative; with one tariff
 * never less for a longer stay, except where the tariff's own words say so (a special or a fee that depends on when
 * the vehicle leaves).
 */
export function priceStay(stay: StayToPrice): Price | PriceRefusal {
  const { tariff, zone, vehicleClass, spaceType = "standard", entry, exit, settled } = stay;
  if (exit < entry && tariff.negative_stay !== "free") {
    const sentence = "The stay ends before it begins.";
    return { kind: "refused", reason: "ends-before-it-begins", sentence };
  }
  if (exit - entry > longestStay) {
    return { kind: "refused", reason: "too-long", sentence: "Nobody stays a hundred years." };
  }
  const site = siteOf(zone, tariff);
  const scene: Scene = {
    tariff,
    site,
    vehicleClass,
    spaceType,
    entry,
    exit: exit < entry ? entry : exit,
    parts: stay.parts ?? [{ activity: "parking", from: entry, to: exit }],
    minor: (amount) => minorOf(amount, tariff.currency),
  };
  if (settled !== undefined && tariff.after_grace !== undefined)
    return finish(tariff, afterGraceLines(scene, settled, tariff.after_grace.from));
  return finish(tariff, linesWithHistory(scene, stay.history ?? []));
}

/** Prices a stay by its entry and its steady length, which is never negative: such a stay always has a price. */
export function priceLength({
  stay,
  ...scene
}: Omit<StayToPrice, "exit"> & { readonly stay: Duration }): Price {
  const length = milliseconds(Math.min(stay, longestStay));
  const price = priceStay({ ...scene, exit: later(scene.entry, length) });
  check(price.kind === "price", "a stay of some length has a price");
  return price;
}

function finish(tariff: Tariff, lines: readonly PriceLine[]): Price {
  return { kind: "price", ...taxed(lines, tariff) };
}

/** A vehicle that is back soon: the stay goes on, or begins anew without what a new stay gets or pays. */
function linesWithHistory(scene: Scene, history: readonly EarlierStay[]): PriceLine[] {
  const { reentry } = scene.tariff;
  if (reentry === undefined) return stayLines(scene, { hasFree: true, hasFees: true });
  const within = spanMs(reentry.within);
  const [last] = history
    .filter(({ exit }) => exit <= scene.entry && scene.entry - exit <= within)
    .toSorted((a, b) => b.exit - a.exit);
  if (last === undefined) return stayLines(scene, { hasFree: true, hasFees: true });
  if (reentry.stay !== "continues") {
    const { free_again: hasFree = false, fees_again: hasFees = false } = reentry;
    return stayLines(scene, { hasFree, hasFees });
  }
  const chain = chainOf(last, history, within);
  const entry = Math.min(...chain.map((stay) => stay.entry)) as Instant;
  const gone: StayPart = { activity: "parking", from: entry, to: scene.entry };
  const lines = stayLines(
    { ...scene, entry, parts: [gone, ...scene.parts] },
    { hasFree: true, hasFees: true },
  );
  const paid = chain.reduce((sum, stay) => sum + stay.paid, 0);
  const whole = taxed(lines, scene.tariff).total;
  const off = Math.min(paid, whole);
  if (off === 0) return lines;
  const line = { rule: "paid-earlier", from: entry, to: last.exit, explain: {}, isGross: true };
  return [...lines, { ...line, minor: minorUnits(-off), taxPercent: usualTax(scene.tariff) }];
}

/** The earlier stays that go on in one another up to the last. */
function chainOf(
  last: EarlierStay,
  history: readonly EarlierStay[],
  within: number,
): EarlierStay[] {
  const chain = [last];
  for (const stay of history.toSorted((a, b) => b.exit - a.exit)) {
    const first = chain.at(-1) ?? last;
    if (stay !== last && stay.exit <= first.entry && first.entry - stay.exit <= within)
      chain.push(stay);
  }
  return chain;
}

function stayLines(
  scene: Scene,
  { hasFree, hasFees }: { hasFree: boolean; hasFees: boolean },
): PriceLine[] {
  const { tariff, vehicleClass, spaceType, entry, exit } = scene;
  const stay = elapsed(entry, exit);
  const free = hasFree ? freeTimeOf(scene) : undefined;
  const freeMs = free === undefined ? 0 : spanMs(free.time);
  if (stay === 0 || (free !== undefined && stay <= freeMs)) return [];
  const from = free?.mode === "subtract" ? later(entry, milliseconds(freeMs)) : entry;
  const parts = scene.parts
    .map((part) => ({ ...part, from: Math.max(part.from, from) as Instant }))
    .filter((part) => part.to > part.from);
  const plan = planFor(tariff, vehicleClass, spaceType);
  const time = timeLines(chargeTime(plan, scene.site, parts, entry), plan, tariff);
  const special = specialLine(scene, sumMinor(time));
  const fees = hasFees ? feeLines(scene) : [];
  return bounded(scene, [...(special === undefined ? time : [special]), ...fees]);
}

/** A tariff's least and most of a whole stay, each as a line. */
function bounded(
  { tariff, vehicleClass, entry, exit, minor }: Scene,
  lines: PriceLine[],
): PriceLine[] {
  const { minimum, maximum } = tariff;
  const least = minimum && amountFor(minimum, vehicleClass);
  const most = maximum && amountFor(maximum, vehicleClass);
  const sum = sumMinor(lines);
  const tax = lines[0]?.taxPercent ?? usualTax(tariff);
  const line = (rule: string, amount: number): PriceLine => ({
    rule,
    from: entry,
    to: exit,
    minor: minorUnits(amount),
    taxPercent: tax,
    explain: {},
  });
  if (least !== undefined && sum < minor(least))
    return [...lines, line("minimum", minor(least) - sum)];
  if (most !== undefined && sum > minor(most))
    return [...lines, line("maximum", minor(most) - sum)];
  return lines;
}

function freeTimeOf({ tariff, site, vehicleClass, spaceType, entry }: Scene) {
  return (tariff.free ?? []).find(
    (free) =>
      isFor(free, vehicleClass, spaceType) &&
      (free.when === undefined ||
        site.occurrence(compileWindow(free.when), site.momentOf(entry)) !== undefined),
  );
}

/** What was paid, and since then what the tariff asks of those who did not leave. */
function afterGraceLines(
  scene: Scene,
  { at, graceUntil, paid }: Settlement,
  from: "payment" | "grace_end" = "grace_end",
): PriceLine[] {
  const { tariff, vehicleClass, spaceType, entry, exit, site } = scene;
  const line = { rule: "paid", from: entry, to: at, minor: paid, explain: {}, isGross: true };
  const settled: PriceLine = { ...line, taxPercent: usualTax(tariff) };
  if (exit <= graceUntil) return [settled];
  const since = from === "payment" ? at : graceUntil;
  const plan = planAfterGrace(tariff, vehicleClass, spaceType);
  const part: StayPart = { activity: "parking", from: since, to: exit };
  return [settled, ...timeLines(chargeTime(plan, site, [part], since), plan, tariff)];
}

function timeLines(charges: readonly Charge[], plan: Plan, tariff: Tariff): PriceLine[] {
  const quantum = tariff.round_to === undefined ? 1 : minorOf(tariff.round_to, tariff.currency);
  return wholeLines(charges.map(draftOf), plan.scale, quantum, tariff.rounding ?? "half-up");
}

function draftOf({
  rate,
  from,
  to,
  units,
  chargedMs,
  uncapped,
  cappedBy,
  percent,
}: Charge): DraftLine {
  return {
    rule: rate.rule,
    from,
    to,
    units,
    uncapped,
    taxPercent: rate.taxPercent,
    explain: {
      ...rate.words,
      charged_s: Math.round(chargedMs / 1000),
      ...(cappedBy === undefined ? {} : { cap: cappedBy }),
      ...(percent === 100n ? {} : { percent: Number(percent) }),
    },
  };
}

const usualTax = ({ tax }: Tariff): string => String(tax?.percent ?? 0);

const sumMinor = (lines: readonly PriceLine[]): number =>
  lines.reduce((sum, { minor }) => sum + minor, 0);

/** A facility's calendar with a tariff's own holidays; made once. */
export function siteOf(zone: SiteCalendar, tariff: Tariff): Site {
  let bySite = sites.get(zone.holidays);
  if (bySite === undefined) sites.set(zone.holidays, (bySite = new WeakMap()));
  const known = bySite.get(tariff);
  if (known !== undefined && known.timezone === zone.timezone) return known.site;
  const site = new Site(zone, tariff.holidays);
  bySite.set(tariff, { timezone: zone.timezone, site });
  return site;
}

const sites = new WeakMap<
  readonly string[],
  WeakMap<Tariff, { readonly timezone: string; readonly site: Site }>
>();
