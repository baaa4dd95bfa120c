import { currencyDigits } from "./currency.ts";

declare const minor: unique symbol;

/** An amount in the smallest unit of the facility's currency (1250 = 12.50 EUR); a whole number. */
export type Minor = number & { readonly [minor]: true };

/**
 * Makes an amount from a count of minor units.
 *
 * @throws RangeError when `units` is not a safe whole number: money never rounds by accident.
 */
export function minorUnits(units: number): Minor {
  if (!Number.isSafeInteger(units)) throw new RangeError(`not whole minor units: ${units}`);
  return units as Minor;
}

export const sumOf = (amounts: readonly Minor[]): Minor =>
  minorUnits(amounts.reduce((total: number, amount) => total + amount, 0));

/** How a fraction of a minor unit becomes a whole one; a field of every tariff. */
export type Rounding = "half-up" | "half-even" | "up" | "down";

/** The amount as people of `locale` read it, with the currency's own number of digits. */
export function formatMinor(amount: Minor, currency: string, locale = "en"): string {
  const digits = currencyDigits(currency);
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, ...shown });
  return format.format(amount / 10 ** digits);
}

/** Makes amounts decimal numbers (625 → 6.25), for interfaces that have no other; nothing is computed with them. */
export function decimalsOf(currency: string): (amount: Minor) => number {
  const scale = 10 ** currencyDigits(currency);
  return (amount) => amount / scale;
}
