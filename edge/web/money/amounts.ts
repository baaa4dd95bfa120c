import { currencyDigits } from "@gatehouse/shared/currency";
import { moneyText } from "../format.ts";
import { facility } from "../model.ts";

/** What the contracts allow, in minor units. */
const mostMinor = 100_000_000;

export const currency = (): string => facility.value?.currency ?? "EUR";

/** An amount in the facility's currency. @param minor whole minor units */
export const amountText = (minor: number): string => moneyText(minor, currency());

/**
 * What somebody typed as an amount: "5", "5.20", "5,20".
 *
 * @returns whole minor units; undefined where it is no amount, or has more digits than the currency
 */
export function minorOf(text: string, of = currency()): number | undefined {
  const digits = currencyDigits(of);
  const [, whole, rest = ""] = /^(\d{1,9})(?:[.,](\d{0,4}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || rest.length > digits) return undefined;
  const minor = Number(whole) * 10 ** digits + Number(rest.padEnd(digits, "0"));
  return minor <= mostMinor ? minor : undefined;
}

/** An amount as a field holds it: no sign of the currency, a point before the minor units. */
export function fieldText(minor: number, of = currency()): string {
  const digits = currencyDigits(of);
  return (minor / 10 ** digits).toFixed(digits);
}
