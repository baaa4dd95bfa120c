import { type Minor, minorUnits } from "@gatehouse/shared/money";

/** Smaller sums are no news. */
const least = 1_000;

/**
 * The largest round sum (1, 2 or 5 thousand, ten thousand…) that an amount has reached; undefined below a thousand.
 *
 * @param unitMinor minor units in one unit of the currency
 */
export function milestoneOf(amount: Minor, unitMinor: number): Minor | undefined {
  const units = Math.floor(amount / unitMinor);
  if (units < least) return undefined;
  const power = 10 ** Math.floor(Math.log10(units));
  const lead = [5, 2, 1].find((each) => each * power <= units) ?? 1;
  return minorUnits(lead * power * unitMinor);
}
