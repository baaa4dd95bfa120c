import { type Minor, minorUnits, type Rounding } from "../money.ts";
import type { Instant } from "../time.ts";
import type { PriceLine } from "./tax.ts";

/** A line before its fractions are rounded. */
export interface DraftLine {
  readonly rule: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly units: bigint;
  readonly uncapped: bigint;
  readonly taxPercent: string;
  readonly explain: Readonly<Record<string, string | number>>;
}

/**
 * Makes lines whole. The sum is rounded and not each line: line by line the rounded sum so far grows, so the lines
 * sum to what one rounding of the exact sum gives, and none is negative.
 *
 * @param scale so many units are one minor unit
 * @param quantum the smallest amount, in minor units
 */
export function wholeLines(
  drafts: readonly DraftLine[],
  scale: bigint,
  quantum: number,
  rounding: Rounding,
): PriceLine[] {
  const size = scale * BigInt(quantum);
  let exact = 0n;
  let whole = 0;
  return drafts.map(({ units, uncapped, explain, ...line }) => {
    exact += units;
    const sum = roundUnits(exact, size, rounding) * quantum;
    const minor: Minor = minorUnits(sum - whole);
    whole = sum;
    const lost =
      uncapped === units ? {} : { uncapped_minor: roundUnits(uncapped, scale, rounding) };
    return { ...line, minor, explain: { ...explain, ...lost } };
  });
}

/** The exact fraction `units / size` as a whole number. @param units not negative */
export function roundUnits(units: bigint, size: bigint, rounding: Rounding): number {
  const whole = units / size;
  const rest = units - whole * size;
  const twice = rest * 2n;
  const isUp =
    (rounding === "up" && rest > 0n) ||
    (rounding === "half-up" && twice >= size) ||
    (rounding === "half-even" && (twice > size || (twice === size && whole % 2n === 1n)));
  return Number(isUp ? whole + 1n : whole);
}
