import type { TaxShare } from "@gatehouse/shared/tariff/tax";

const million = 1_000_000;

/** The tax inside a gross amount, rounded half up: `gross × rate ÷ (1 + rate)`. */
export function taxInside(gross: number, ratePpm: number): TaxShare {
  const sign = gross < 0 ? -1 : 1;
  const numerator = BigInt(Math.abs(gross)) * BigInt(ratePpm) * 2n + BigInt(million + ratePpm);
  const tax = Number(numerator / (2n * BigInt(million + ratePpm)));
  return { ratePpm, net: gross - sign * tax, tax: sign * tax };
}

/**
 * Cuts a price's shares down (or up) to another total in the same proportions: the gross of each rate by the
 * largest remainder, then the tax inside it, so that the sum is exactly `total`.
 *
 * @param shares of at least one rate, unless `total` is 0
 */
export function sharesOf(shares: readonly TaxShare[], total: number): readonly TaxShare[] {
  const whole = shares.reduce((sum, { net, tax }) => sum + net + tax, 0);
  if (whole === total) return shares;
  const first = shares[0];
  if (first === undefined) return total === 0 ? [] : [taxInside(total, 0)];
  if (whole === 0) return [taxInside(total, first.ratePpm)];
  const parts = shares.map(({ ratePpm, net, tax }) => {
    const product = BigInt(net + tax) * BigInt(total);
    const floor = product / BigInt(whole) - (product % BigInt(whole) < 0n ? 1n : 0n);
    return { ratePpm, gross: Number(floor), rest: Number(product - floor * BigInt(whole)) };
  });
  let missing = total - parts.reduce((sum, { gross }) => sum + gross, 0);
  for (const part of [...parts].sort((a, b) => b.rest - a.rest)) {
    if (missing <= 0) break;
    part.gross += 1;
    missing -= 1;
  }
  return parts.map(({ gross, ratePpm }) => taxInside(gross, ratePpm));
}

/** What has to be charged so that `before` becomes `after`, by rate; shares that do not change are left out. */
export function shareChange(
  before: readonly TaxShare[],
  after: readonly TaxShare[],
): readonly TaxShare[] {
  const rates = new Set([...before, ...after].map(({ ratePpm }) => ratePpm));
  const of = (shares: readonly TaxShare[], rate: number): TaxShare =>
    shares.find(({ ratePpm }) => ratePpm === rate) ?? { ratePpm: rate, net: 0, tax: 0 };
  return [...rates]
    .map((ratePpm) => ({
      ratePpm,
      net: of(after, ratePpm).net - of(before, ratePpm).net,
      tax: of(after, ratePpm).tax - of(before, ratePpm).tax,
    }))
    .filter(({ net, tax }) => net !== 0 || tax !== 0);
}
