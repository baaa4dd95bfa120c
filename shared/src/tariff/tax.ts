import type { Tariff } from "../contracts/tariff.ts";
import { decimalOf } from "../contracts/tariff-values.ts";
import { type Minor, minorUnits, type Rounding } from "../money.ts";
import type { Instant } from "../time.ts";
import { roundUnits } from "./lines.ts";

/** One line of a price. */
export interface PriceLine {
  /** The tariff's name for what is charged, or one of ours: `minimum`, `maximum`, `paid-earlier`, `tax:19`. */
  readonly rule: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly minor: Minor;
  /** As the tariff writes it: `19`, `8.875`. */
  readonly taxPercent: string;
  /** What else explains it, by word. */
  readonly explain: Readonly<Record<string, string | number>>;
  /** The amount has its tax within it, whatever the tariff says of its prices. */
  readonly isGross?: boolean;
}

/** What one tax rate takes part in a price: net and tax sum to what the driver pays. */
export interface TaxShare {
  /** Parts per million: 190000 is 19 %. */
  readonly ratePpm: number;
  readonly net: number;
  readonly tax: number;
}

interface Taxed {
  readonly lines: readonly PriceLine[];
  readonly total: Minor;
  readonly net: Minor;
  readonly tax: Minor;
  readonly taxes: readonly TaxShare[];
}

/**
 * Adds the taxes to lines: within their amounts, or on top of them as lines of their own.
 *
 * The tax is rounded once, of the sum, and shared among the rates so that the shares sum to it: a rate's share may be
 * one minor unit off its own rounding, the sum never is.
 */
export function taxed(lines: readonly PriceLine[], { tax, rounding = "half-up" }: Tariff): Taxed {
  const isExclusive = tax?.prices === "exclusive";
  const usual = String(tax?.percent ?? 0);
  const written = lines.length === 0 ? [usual] : lines.map(({ taxPercent }) => taxPercent);
  const percents = [...new Set(written)].map(fractionOf);
  // One denominator for all rates, so that their taxes are summed exactly.
  const common = percents.reduce((product, { on, within }) => product * on * within, 1n);
  const added = growing(common, rounding);
  const included = growing(common, rounding);
  const all: PriceLine[] = [...lines];
  const taxes = percents.map(({ text, percent, on, within }): TaxShare => {
    const own = lines.filter(({ taxPercent }) => taxPercent === text);
    const gross = sumOfLines(own.filter(({ isGross = !isExclusive }) => isGross));
    const before = sumOfLines(own) - gross;
    const onTop = added((BigInt(before) * percent * common) / on);
    const inside = included((BigInt(gross) * percent * common) / within);
    if (onTop !== 0) all.push(taxLine(text, onTop, lines));
    const ratePpm = Math.round(Number(text) * 10_000);
    return { ratePpm, net: before + gross - inside, tax: onTop + inside };
  });
  const total = sumOfLines(all);
  const sum = taxes.reduce((known, share) => known + share.tax, 0);
  return {
    lines: all,
    total: minorUnits(total),
    net: minorUnits(total - sum),
    tax: minorUnits(sum),
    taxes,
  };
}

/** Rounds a sum that grows: gives what each addition adds to it. */
function growing(size: bigint, rounding: Rounding): (exact: bigint) => number {
  let sum = 0n;
  let whole = 0;
  return (exact) => {
    sum += exact;
    const next = roundUnits(sum < 0n ? 0n : sum, size, rounding);
    const share = next - whole;
    whole = next;
    return share;
  };
}

function taxLine(percent: string, amount: number, lines: readonly PriceLine[]): PriceLine {
  const from = Math.min(...lines.map((line) => line.from)) as Instant;
  const to = Math.max(...lines.map((line) => line.to)) as Instant;
  const rule = `tax:${percent}`;
  return { rule, from, to, minor: minorUnits(amount), taxPercent: percent, explain: {} };
}

/** A percentage as a fraction: of an amount before tax (`on`), of one with its tax (`within`). */
function fractionOf(text: string) {
  const { units: percent, digits } = decimalOf(text);
  const on = 100n * 10n ** BigInt(digits);
  return { text, percent, on, within: on + percent };
}

const sumOfLines = (lines: readonly PriceLine[]): number =>
  lines.reduce((sum, { minor }) => sum + minor, 0);
